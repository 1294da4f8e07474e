package dev.shiplog.metadata;

import java.util.Map;

/**
 * What the ECS metadata endpoint answered.
 *
 * @param container the document about this container; empty if there was none
 * @param task the document about its task; empty if there was none
 */
record EcsDocuments(Map<String, Object> container, Map<String, Object> task) {
  static final EcsDocuments NONE = new EcsDocuments(Map.of(), Map.of());

  boolean isComplete() {
    return !container.isEmpty() && !task.isEmpty();
  }
}
