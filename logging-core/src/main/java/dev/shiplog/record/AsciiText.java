package dev.shiplog.record;

/**
 * Copies what is ASCII, as most texts are, many characters at a time.
 *
 * <p>{@link String#getBytes(int, int, byte[], int)} copies a Latin-1 string as fast as memory
 * allows, but keeps the lower half of each char of any other without a word, and nothing tells
 * which kind a string is. The union of its chars does, at less than a decision for each char costs.
 */
public final class AsciiText {
  private AsciiText() {}

  /**
   * Copies the chars from {@code from} to {@code end} if all of them are ASCII.
   *
   * @return whether they are; if not, the bytes from {@code at} on, one a char, are spoilt
   */
  @SuppressWarnings("deprecation") // the lower halves are all there is where this returns true
  public static boolean copy(String text, int from, int end, byte[] to, int at) {
    text.getBytes(from, end, to, at);
    int union = 0;
    for (int i = from; i < end; i++) {
      union |= text.charAt(i);
    }
    return union < 0x80;
  }
}
