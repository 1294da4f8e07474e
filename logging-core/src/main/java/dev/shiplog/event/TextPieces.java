package dev.shiplog.event;

/** Takes one text piece by piece, in the order of the text, and keeps none of them. */
public interface TextPieces {
  /** Starts the text; comes once, before the pieces. */
  void begin();

  /** The next piece: the chars of {@code text} between {@code from} and {@code end}. */
  void append(String text, int from, int end);

  /** The next piece: an integer in decimal. */
  void append(long number);
}
