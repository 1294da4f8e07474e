package dev.shiplog.record.json;

import dev.shiplog.record.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How characters stand inside a JSON text: what RFC 8259 §7 wants escaped, and the three characters
 * beyond it that some readers of lines take for a line break (U+0085, U+2028, U+2029).
 */
final class JsonEscape {
  /** The most bytes that one char of a text takes: a backslash, u and four digits. */
  static final int MAX_PER_CHAR = 6;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101_0101_0101_0101L;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /**
   * For each ASCII character: 0 as it is, 'u' as four digits, else the letter after a backslash.
   */
  private static final byte[] SHORT = new byte[128];

  static {
    for (int c = 0; c < 0x20; c++) {
      SHORT[c] = 'u';
    }
    SHORT['\b'] = 'b';
    SHORT['\t'] = 't';
    SHORT['\n'] = 'n';
    SHORT['\f'] = 'f';
    SHORT['\r'] = 'r';
    SHORT['"'] = '"';
    SHORT['\\'] = '\\';
  }

  private JsonEscape() {}

  /**
   * Where the first of the ASCII bytes from {@code from} to {@code end} is that needs an escape.
   */
  static int plainUntil(byte[] ascii, int from, int end) {
    int i = from;
    for (; i + 8 <= end; i += 8) {
      long escapes = escapes((long) EIGHT_BYTES.get(ascii, i));
      if (escapes != 0) {
        return i + (Long.numberOfTrailingZeros(escapes) >>> 3);
      }
    }
    if (i < end && end - from >= 8) {
      // the last eight overlap bytes that are plain
      i = end - 8;
      long escapes = escapes((long) EIGHT_BYTES.get(ascii, i));
      return escapes == 0 ? end : i + (Long.numberOfTrailingZeros(escapes) >>> 3);
    }
    while (i < end && SHORT[ascii[i]] == 0) {
      i++;
    }
    return i;
  }

  /**
   * Sets the lowest bit of each of eight ASCII bytes that needs an escape; bytes above such a one
   * may be set as well.
   */
  private static long escapes(long word) {
    long quote = (word ^ EACH * '"') - EACH;
    long backslash = (word ^ EACH * '\\') - EACH;
    return (word - EACH * 0x20 | quote | backslash) >>> 7 & EACH;
  }

  /** Whether a char is ASCII and stands for itself. */
  static boolean plain(char c) {
    return c < 0x80 && SHORT[c] == 0;
  }

  /** How many bytes a code point takes inside a text. */
  static int size(int codePoint) {
    if (codePoint < 0x80) {
      byte escape = SHORT[codePoint];
      return escape == 0 ? 1 : escape == 'u' ? MAX_PER_CHAR : 2;
    }
    return breaksLine(codePoint) ? MAX_PER_CHAR : Utf8.size(codePoint);
  }

  /** Writes a code point and returns the position behind it. */
  static int write(int codePoint, byte[] to, int at) {
    if (codePoint < 0x80) {
      byte escape = SHORT[codePoint];
      if (escape == 0) {
        to[at] = (byte) codePoint;
        return at + 1;
      }
      if (escape != 'u') {
        to[at] = '\\';
        to[at + 1] = escape;
        return at + 2;
      }
    } else if (!breaksLine(codePoint)) {
      return Utf8.write(codePoint, to, at);
    }
    to[at] = '\\';
    to[at + 1] = 'u';
    to[at + 2] = HEX[codePoint >> 12 & 15];
    to[at + 3] = HEX[codePoint >> 8 & 15];
    to[at + 4] = HEX[codePoint >> 4 & 15];
    to[at + 5] = HEX[codePoint & 15];
    return at + MAX_PER_CHAR;
  }

  private static boolean breaksLine(int codePoint) {
    return codePoint == 0x85 || codePoint == 0x2028 || codePoint == 0x2029;
  }
}
