package dev.shiplog.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object (RFC 8259), strictly: what is malformed, has more after it or is nested
 * deeper than 32 is no object at all.
 *
 * <p>Values become String, Double, Boolean, List and Map; a null is left out. For documents of a
 * few KiB that are read once; not for records, which this library writes and never reads.
 */
final class Json {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** The object's members; empty if the text is not one JSON object. Never throws. */
  static Map<String, Object> object(String text) {
    Json json = new Json(text);
    try {
      json.space();
      Map<String, Object> members = json.members(1);
      json.space();
      return json.at == text.length() ? members : Map.of();
    } catch (Malformed e) {
      return Map.of();
    }
  }

  /** The member that is an object, or empty. */
  static Map<String, Object> object(Map<String, Object> parent, String name) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (parent.get(name) instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> member : map.entrySet()) {
        members.put((String) member.getKey(), member.getValue());
      }
    }
    return members;
  }

  /** The member that is a string, or null. */
  static @Nullable String text(Map<String, Object> parent, String name) {
    return parent.get(name) instanceof String text ? text : null;
  }

  private Map<String, Object> members(int depth) throws Malformed {
    expect('{', depth <= MAX_DEPTH);
    Map<String, Object> members = new LinkedHashMap<>();
    space();
    if (skip('}')) {
      return members;
    }
    do {
      space();
      String name = string();
      space();
      expect(':', true);
      Object value = value(depth);
      if (value != null) {
        members.put(name, value);
      }
      space();
    } while (skip(','));
    expect('}', true);
    return members;
  }

  private List<Object> elements(int depth) throws Malformed {
    expect('[', depth <= MAX_DEPTH);
    List<Object> elements = new ArrayList<>();
    space();
    if (skip(']')) {
      return elements;
    }
    do {
      Object value = value(depth);
      if (value != null) {
        elements.add(value);
      }
      space();
    } while (skip(','));
    expect(']', true);
    return elements;
  }

  private @Nullable Object value(int depth) throws Malformed {
    space();
    return switch (peek()) {
      case '{' -> members(depth + 1);
      case '[' -> elements(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private String string() throws Malformed {
    expect('"', true);
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw new Malformed();
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws Malformed {
    char c = next();
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = c == 'u' ? Character.digit(next(), 16) : -1;
      if (digit < 0) {
        throw new Malformed();
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private Double number() throws Malformed {
    int start = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    return Double.valueOf(text.substring(start, at));
  }

  private void digits() throws Malformed {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw new Malformed();
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) throws Malformed {
    if (!text.startsWith(word, at)) {
      throw new Malformed();
    }
    at += word.length();
    return value;
  }

  private void space() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  private void expect(char c, boolean allowed) throws Malformed {
    if (!allowed || !skip(c)) {
      throw new Malformed();
    }
  }

  private boolean skip(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private char next() throws Malformed {
    if (at == text.length()) {
      throw new Malformed();
    }
    return text.charAt(at++);
  }

  /** The next character, or at the end a NUL, which no token begins with. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed() {
      super("malformed", null, false, false);
    }
  }
}
