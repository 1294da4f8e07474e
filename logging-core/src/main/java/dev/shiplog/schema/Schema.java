package dev.shiplog.schema;

/**
 * Says which fields a record has, by name and in order, and where their values come from.
 *
 * <p>A schema is asked when an appender starts, and again when more is known of the container; it
 * never sees bytes. To make your own, implement this with a public constructor without parameters
 * and name the class in the key {@code schema}:
 *
 * <pre>{@code
 * public final class TeamSchema implements Schema {
 *   public void describe(Fields fields) {
 *     fields
 *         .timestamp("time")
 *         .severity("level", Severity::name)
 *         .message("msg")
 *         .fact("app", "service.name")
 *         .context()
 *         .keyValues()
 *         .stackTrace("trace");
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Schema {
  /** Declares the fields in the order in which they are written. */
  void describe(Fields fields);
}
