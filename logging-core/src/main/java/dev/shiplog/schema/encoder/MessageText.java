package dev.shiplog.schema.encoder;

import dev.shiplog.event.Thrown;
import dev.shiplog.record.FieldName;
import dev.shiplog.schema.MessageForm;
import org.jspecify.annotations.Nullable;

/** A message that stands in a record in another form than as a whole. Immutable. */
final class MessageText {
  private final MessageForm form;
  private final StackTraceText trace;
  private final boolean traced;

  /**
   * Writes messages in one form.
   *
   * @param traced whether there are to be traces at all
   */
  MessageText(MessageForm form, StackTraceText trace, boolean traced) {
    this.form = form;
    this.trace = trace;
    this.traced = traced;
  }

  /** Writes the field unless there is nothing to say. */
  void write(
      FieldName name, @Nullable String message, @Nullable Thrown thrown, EncodeSession session) {
    Thrown shown = traced ? thrown : null;
    String line = message == null ? "-" : firstLine(message);
    if (form == MessageForm.FIRST_LINE) {
      session.writer.field(name, line);
    } else if (shown != null) {
      session.writer.name(name);
      trace.write(message, shown, session);
    } else if (message != null
        && (form == MessageForm.WITH_TRACE || !message.isBlank() && !line.equals(message))) {
      session.writer.field(name, message);
    }
  }

  private static String firstLine(String message) {
    int end = 0;
    while (end < message.length() && message.charAt(end) != '\n' && message.charAt(end) != '\r') {
      end++;
    }
    String line = end == message.length() ? message : message.substring(0, end);
    return line.isBlank() ? "-" : line;
  }
}
