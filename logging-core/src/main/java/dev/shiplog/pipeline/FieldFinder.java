package dev.shiplog.pipeline;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.record.ValueWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds one user field of an event by its key, as text; empty where there is none, or where the
 * value may have parts, as an object has: records hide some of those by their names, which a text
 * of the whole would show.
 */
final class FieldFinder implements FieldVisitor {
  private final String key;
  private String found = "";

  private FieldFinder(String key) {
    this.key = key;
  }

  static String inContext(LogEvent event, String key) {
    FieldFinder finder = new FieldFinder(key);
    event.context(finder);
    return finder.found;
  }

  static String inKeyValues(LogEvent event, String key) {
    FieldFinder finder = new FieldFinder(key);
    event.keyValues(finder);
    return finder.found;
  }

  @Override
  public void field(@Nullable String name, @Nullable Object value) {
    if (key.equals(name) && value != null && found.isEmpty()) {
      found = text(value);
    }
  }

  /** A value that fails costs its place in the tag, not the event. */
  private static String text(Object value) {
    boolean scalar =
        value instanceof CharSequence
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof Enum
            || value instanceof UUID;
    if (!scalar) {
      return "";
    }
    try {
      String text = value.toString();
      return text == null ? "" : text;
    } catch (Throwable failure) {
      if (failure instanceof Error error && ValueWriter.mustPass(error)) {
        throw error;
      }
      return "";
    }
  }
}
