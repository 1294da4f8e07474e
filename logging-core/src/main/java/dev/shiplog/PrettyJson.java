package dev.shiplog;

import java.util.List;
import java.util.Map;

/**
 * Indented JSON for people to read: maps, lists, strings and whole numbers.
 *
 * <p>Control and format characters are escaped, so that no value can play tricks on a terminal.
 */
final class PrettyJson {
  private final StringBuilder json = new StringBuilder();

  private PrettyJson() {}

  static String of(Map<String, ?> value) {
    PrettyJson pretty = new PrettyJson();
    pretty.value(value, "\n");
    return pretty.json.toString();
  }

  /** Appends a value; {@code line} begins a new line at the value's own indentation. */
  private void value(Object value, String line) {
    String deeper = line + "  ";
    if (value instanceof Map<?, ?> map) {
      json.append('{');
      String separator = deeper;
      for (Map.Entry<?, ?> member : map.entrySet()) {
        json.append(separator);
        string(member.getKey().toString());
        json.append(": ");
        value(member.getValue(), deeper);
        separator = "," + deeper;
      }
      json.append(map.isEmpty() ? "" : line).append('}');
    } else if (value instanceof List<?> list) {
      json.append('[');
      String separator = deeper;
      for (Object element : list) {
        json.append(separator);
        value(element, deeper);
        separator = "," + deeper;
      }
      json.append(list.isEmpty() ? "" : line).append(']');
    } else if (value instanceof Long) {
      json.append(value);
    } else {
      string(value.toString());
    }
  }

  /** A text as it stands within quotes: on one line, nothing hidden. */
  static String shown(String text) {
    PrettyJson pretty = new PrettyJson();
    pretty.characters(text);
    return pretty.json.toString();
  }

  private void string(String text) {
    json.append('"');
    characters(text);
    json.append('"');
  }

  private void characters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (paired) {
        json.append(c).append(text.charAt(++i));
      } else if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (Character.isSurrogate(c)) {
        json.append('\ufffd');
      } else if (isHidden(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
  }

  private static boolean isHidden(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
