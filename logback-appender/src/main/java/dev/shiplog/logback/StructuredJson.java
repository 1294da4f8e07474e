package dev.shiplog.logback;

import java.util.Map;

/**
 * Lets a StructuredArgument or Marker of logstash-logback-encoder's write, and reads again what it
 * wrote: it knows a generator of the Jackson that its version was made for, and nothing else. Safe
 * for any thread.
 */
interface StructuredJson {
  /**
   * The fields that {@code source} writes.
   *
   * @throws Exception whatever it throws, or if what it wrote is no JSON
   */
  Map<String, Object> fieldsOf(Object source) throws Exception;
}
