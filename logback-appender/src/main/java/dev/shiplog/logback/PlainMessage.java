package dev.shiplog.logback;

import dev.shiplog.event.TextPieces;
import org.jspecify.annotations.Nullable;

/**
 * Fills arguments in where SLF4J's {@code {}} stand, without making a String of it first.
 *
 * <p>Does so for Strings, boxed primitives and nulls alone, which read the same whenever they are
 * looked at and run no code of the application's. The text is what SLF4J's own formatter makes of
 * them: {@code \{}} is a brace, {@code \\{}} a backslash and an argument.
 */
final class PlainMessage {
  private static final String PLACE = "{}";

  private PlainMessage() {}

  /** Whether all arguments are of those kinds. */
  static boolean isPlain(Object[] arguments) {
    for (Object argument : arguments) {
      if (!isPlain(argument)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(@Nullable Object argument) {
    return argument instanceof String
        || argument instanceof Integer
        || argument instanceof Long
        || argument == null
        || argument instanceof Boolean
        || argument instanceof Double
        || argument instanceof Float
        || argument instanceof Short
        || argument instanceof Byte
        || argument instanceof Character;
  }

  /** Writes the message, whose arguments are plain. */
  static void write(String pattern, Object[] arguments, TextPieces to) {
    to.begin();
    int from = 0;
    int next = 0;
    while (next < arguments.length) {
      int place = pattern.indexOf(PLACE, from);
      if (place < 0) {
        break;
      }
      if (place == 0 || pattern.charAt(place - 1) != '\\') {
        to.append(pattern, from, place);
      } else if (place > 1 && pattern.charAt(place - 2) == '\\') {
        to.append(pattern, from, place - 1);
      } else {
        to.append(pattern, from, place - 1);
        to.append(PLACE, 0, 1);
        from = place + 1;
        continue;
      }
      append(arguments[next++], to);
      from = place + PLACE.length();
    }
    to.append(pattern, from, pattern.length());
  }

  private static void append(@Nullable Object argument, TextPieces to) {
    if (argument instanceof Integer number) {
      to.append(number.longValue());
    } else if (argument instanceof Long number) {
      to.append(number.longValue());
    } else {
      String text = String.valueOf(argument);
      to.append(text, 0, text.length());
    }
  }
}
