package dev.shiplog.record;

/** What an encoding's texts look like to {@link RecordParts}, which cuts them. Stateless. */
public interface PartForm {
  /** The most bytes that one character takes within a text. */
  int MAX_CHARACTER = 6;

  /** Where the content of the text starts whose encoding starts at {@code start}. */
  int contentStart(byte[] bytes, int start);

  /** Where the content of the text ends whose encoding ends at {@code end}. */
  int contentEnd(int end);

  /** Where the character ends that starts at {@code at} within a text. */
  int characterEnd(byte[] bytes, int at);

  /** Writes a text of this content; returns the position behind it, at most five bytes on. */
  int text(byte[] content, int from, int end, byte[] to, int at);

  /** Writes a number of at most two digits, and returns the position behind it. */
  int number(int number, byte[] to, int at);
}
