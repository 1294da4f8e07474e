package dev.shiplog.record;

import org.jspecify.annotations.Nullable;

/** Makes any key a field name: not null, well-formed UTF-16, and not longer than allowed. */
public final class KeyText {
  private KeyText() {}

  /**
   * The key itself where it can stay, else a copy cut to {@code maxBytes} of UTF-8 at a character's
   * end, with lone surrogates replaced. Null becomes {@code null} in letters.
   */
  public static String clean(@Nullable String key, int maxBytes) {
    if (key == null) {
      return "null";
    }
    int length = key.length();
    int i = 0;
    while (i < length && i < maxBytes && key.charAt(i) < 0x80) {
      i++;
    }
    return i == length ? key : cleanRest(key, i, maxBytes);
  }

  private static String cleanRest(String key, int asciiEnd, int maxBytes) {
    StringBuilder clean = new StringBuilder(key.length()).append(key, 0, asciiEnd);
    int bytes = asciiEnd;
    int i = asciiEnd;
    while (i < key.length()) {
      int codePoint = Utf8.codePointAt(key, i, key.length());
      bytes += Utf8.size(codePoint);
      if (bytes > maxBytes) {
        break;
      }
      clean.appendCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
    return clean.toString();
  }
}
