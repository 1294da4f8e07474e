package dev.shiplog.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field that every record gets.
 *
 * @param value a {@link String}, {@link Long}, {@link Double} or {@link Boolean}
 */
public record StaticField(String name, Object value) {
  private static final Pattern SYNTAX =
      Pattern.compile("([^=]+)=(.*?)(?::(string|long|double|boolean))?", Pattern.DOTALL);

  static final Type<StaticField> TYPE =
      new Type<>(
          "field",
          "must be name=value or name=value:type with string, long, double or boolean as the type",
          StaticField::parse);

  private static @Nullable StaticField parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Object value = typed(matcher.group(2), matcher.group(3));
    return value == null ? null : new StaticField(matcher.group(1).strip(), value);
  }

  private static @Nullable Object typed(String text, @Nullable String type) {
    if (type == null) {
      return text;
    }
    try {
      return switch (type) {
        case "long" -> Long.valueOf(text);
        case "double" -> Double.valueOf(text);
        case "boolean" -> Types.BOOLEAN.parser().parse(text);
        default -> text;
      };
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
