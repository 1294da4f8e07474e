package dev.shiplog;

import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.record.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows people what has members as records have it, in JSON: what an object's own text would tell,
 * its members' names may hide. Safe for any thread.
 */
final class ObjectsForPeople implements Function<Object, @Nullable String> {
  private static final int MAX_BYTES = 16 << 10;

  private final ValueWriter.Options options;

  ObjectsForPeople(ValueWriter.Options options) {
    this.options = options;
  }

  /** The object in JSON, or null if records have a plain text for it. */
  @Override
  public @Nullable String apply(Object value) {
    RecordWriter to = new JsonWriter();
    to.limit(MAX_BYTES);
    to.begin(0, 0);
    to.name("value");
    int start = to.position();
    new ValueWriter(options).write(value, to);
    byte first = to.buffer()[start];
    return first == '{' || first == '['
        ? new String(to.buffer(), start, to.position() - start, StandardCharsets.UTF_8)
        : null;
  }
}
