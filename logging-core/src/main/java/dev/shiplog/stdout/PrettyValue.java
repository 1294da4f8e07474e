package dev.shiplog.stdout;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The text of a user's value, whatever it is and does: secrets in maps and objects are hidden at
 * any depth, one that throws is named by what it threw, one without end is cut.
 */
final class PrettyValue {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_CHARS = 8_192;

  private final Predicate<String> secret;
  private final String replacement;
  private final UnaryOperator<String> mask;
  private final Function<Object, @Nullable String> objects;

  PrettyValue(
      Predicate<String> secret,
      String replacement,
      UnaryOperator<String> mask,
      Function<Object, @Nullable String> objects) {
    this.secret = secret;
    this.replacement = replacement;
    this.mask = mask;
    this.objects = objects;
  }

  /** The text of {@code value} under {@code key}, which is shown as {@code name}. */
  String text(String key, String name, @Nullable Object value) {
    if (value != null && (secret.test(key) || secret.test(name))) {
      return replacement;
    }
    if (value instanceof String string) {
      return string;
    }
    StringBuilder text = new StringBuilder();
    try {
      append(value, text, 0);
    } catch (Throwable e) { // a user's code: StackOverflowError, sneaky exceptions, anything
      return Unrepresentable.text(e);
    }
    return text.toString();
  }

  private void append(@Nullable Object value, StringBuilder text, int depth) {
    if (text.length() > MAX_CHARS || depth > MAX_DEPTH) {
      text.append("...");
    } else if (value instanceof Map<?, ?> map) {
      appendMap(map, text, depth);
    } else if (value instanceof Collection<?> collection) {
      text.append('[');
      String separator = "";
      for (Object element : collection) {
        text.append(separator);
        append(element, text, depth + 1);
        separator = ", ";
        if (text.length() > MAX_CHARS) {
          break;
        }
      }
      text.append(']');
    } else if (value != null && value.getClass().isArray()) {
      text.append('[');
      for (int i = 0; i < Array.getLength(value) && text.length() <= MAX_CHARS; i++) {
        text.append(i == 0 ? "" : ", ");
        append(Array.get(value, i), text, depth + 1);
      }
      text.append(']');
    } else {
      String shown = isPlain(value) ? null : objects.apply(value);
      text.append(shown == null ? mask.apply(String.valueOf(value)) : shown);
    }
  }

  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>;
  }

  private void appendMap(Map<?, ?> map, StringBuilder text, int depth) {
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      text.append(separator).append(key).append('=');
      if (key != null && secret.test(key)) {
        text.append(replacement);
      } else {
        append(entry.getValue(), text, depth + 1);
      }
      separator = ", ";
      if (text.length() > MAX_CHARS) {
        break;
      }
    }
    text.append('}');
  }
}
