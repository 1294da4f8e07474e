package dev.shiplog.event;

import org.jspecify.annotations.Nullable;

/** Receives the name and value of each MDC entry or key-value of an event, in order. */
@FunctionalInterface
public interface FieldVisitor {
  /**
   * Visits one field. Must not keep {@code value} after it returns.
   *
   * @param name the key as the user wrote it; null where a hostile caller passed null
   * @param value the user's own object, not yet converted
   */
  void field(@Nullable String name, @Nullable Object value);
}
