package dev.shiplog.record;

/**
 * Reads UTF-8 byte by byte, as RFC 3629 has it: no overlong form, no surrogate, nothing above
 * U+10FFFF, nothing cut short. Written from the RFC's table, without a look at what it judges.
 */
final class Utf8Walk {
  private Utf8Walk() {}

  /**
   * Checks the bytes from {@code from} to before {@code to}.
   *
   * @return how many control characters and line separators are among them
   */
  static int breaks(byte[] bytes, int from, int to) {
    int breaks = 0;
    int at = from;
    while (at < to) {
      int first = bytes[at] & 0xff;
      int length = length(first);
      if (length == 0 || at + length > to || length > 1 && !tails(bytes, at, length, first)) {
        throw new AssertionError("not UTF-8 at byte " + (at - from) + ": " + first);
      }
      if (length == 1 ? first < 0x20 : length < 4 && isSeparator(bytes, at, first)) {
        breaks++;
      }
      at += length;
    }
    return breaks;
  }

  private static int length(int first) {
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2) {
      return 0;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  }

  private static boolean tails(byte[] bytes, int at, int length, int first) {
    int second = bytes[at + 1] & 0xff;
    int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return false;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  /** U+0085, U+2028 or U+2029. */
  private static boolean isSeparator(byte[] bytes, int at, int first) {
    int second = bytes[at + 1] & 0xff;
    return first == 0xc2
        ? second == 0x85
        : first == 0xe2 && second == 0x80 && (bytes[at + 2] & 0xfe) == 0xa8;
  }
}
