package dev.shiplog.schema;

/** How much of a message is written. */
public enum MessageForm {
  /** All of it. */
  WHOLE,
  /** Its first line; {@code -} if that is blank. */
  FIRST_LINE,
  /** All of it and the stack trace behind it, as one text. */
  WITH_TRACE,
  /** The same, but absent where it would be no more than its first line. */
  WITH_TRACE_IF_LONGER
}
