package dev.shiplog.record.jackson;

import java.math.BigDecimal;

/** Numbers that a serializer has already made texts of. */
final class EncodedNumber {
  /** Parsing takes the square of the length: longer ones stay texts. */
  private static final int MAX_DIGITS = 300;

  private EncodedNumber() {}

  /** The number, or the text itself where it is none. */
  static Object read(String text) {
    if (text.length() > MAX_DIGITS) {
      return text;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException noNumber) {
      return text;
    }
  }
}
