package dev.shiplog.testkit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as the endpoint read it.
 *
 * <p>Integers are {@link Long} (or {@link java.math.BigInteger} where that is too small), floats
 * {@link Double}, strings {@link String}, binaries {@code byte[]}, arrays {@link java.util.List},
 * maps {@link Map}, nil {@code null}; an EventTime inside a record is an {@link Instant}.
 *
 * @param tag the tag of the frame that carried it
 * @param time the event's time, to the nanosecond when it was sent as an EventTime
 * @param fields the record, in the order in which its fields were sent; unmodifiable
 * @param chunk the id of the chunk that carried it, or null when it was sent without one
 */
public record ReceivedEvent(
    String tag, Instant time, Map<String, @Nullable Object> fields, @Nullable String chunk) {

  /**
   * The value of a field, or null when there is none. A dotted name finds the field of that very
   * name first, then the one that is nested under its parts.
   */
  public @Nullable Object field(String name) {
    return find(fields, name);
  }

  private static @Nullable Object find(Map<?, ?> map, String name) {
    if (map.containsKey(name)) {
      return map.get(name);
    }
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      if (map.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
        Object value = find(inner, name.substring(dot + 1));
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }
}
