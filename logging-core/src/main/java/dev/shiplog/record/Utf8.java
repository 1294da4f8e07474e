package dev.shiplog.record;

/** UTF-8 (RFC 3629) from UTF-16, one character beyond ASCII at a time. */
public final class Utf8 {
  /** What a surrogate without its partner becomes. */
  public static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /** The code point at {@code index}; {@link #REPLACEMENT} for a lone surrogate. */
  public static int codePointAt(String text, int index, int end) {
    char first = text.charAt(index);
    if (!Character.isSurrogate(first)) {
      return first;
    }
    if (Character.isHighSurrogate(first) && index + 1 < end) {
      char second = text.charAt(index + 1);
      if (Character.isLowSurrogate(second)) {
        return Character.toCodePoint(first, second);
      }
    }
    return REPLACEMENT;
  }

  /** The same in a buffer; a method of its own, so that Strings go on being read fast. */
  static int codePointAt(StringBuilder text, int index, int end) {
    char first = text.charAt(index);
    if (!Character.isSurrogate(first)) {
      return first;
    }
    if (Character.isHighSurrogate(first) && index + 1 < end) {
      char second = text.charAt(index + 1);
      if (Character.isLowSurrogate(second)) {
        return Character.toCodePoint(first, second);
      }
    }
    return REPLACEMENT;
  }

  /** How many bytes a code point takes. */
  public static int size(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  /** Writes a code point and returns the position behind it. */
  public static int write(int codePoint, byte[] to, int at) {
    int p = at;
    if (codePoint < 0x80) {
      to[p++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      to[p++] = (byte) (0xC0 | codePoint >> 6);
      to[p++] = (byte) (0x80 | codePoint & 0x3F);
    } else if (codePoint < 0x10000) {
      to[p++] = (byte) (0xE0 | codePoint >> 12);
      to[p++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      to[p++] = (byte) (0x80 | codePoint & 0x3F);
    } else {
      to[p++] = (byte) (0xF0 | codePoint >> 18);
      to[p++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
      to[p++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      to[p++] = (byte) (0x80 | codePoint & 0x3F);
    }
    return p;
  }
}
