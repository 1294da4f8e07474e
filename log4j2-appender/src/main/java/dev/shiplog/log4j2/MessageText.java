package dev.shiplog.log4j2;

import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ReusableSimpleMessage;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.StringBuilderFormattable;
import org.jspecify.annotations.Nullable;

/**
 * What a message of Log4j's says in words. Formats into a buffer of its own where the message can,
 * so that no String need be made. Reused, by one thread at a time.
 *
 * <p>A message that is a map of fields says what its field {@code message} says; where it has none
 * the fields say it all and there is no text.
 */
final class MessageText {
  /** A buffer that one long message has grown is not worth keeping. */
  private static final int MAX_KEPT_CHARS = 8 * 1024;

  private static final String NULL = "null";

  private StringBuilder buffer = new StringBuilder(256);

  /** The text of {@code message}: a String, or this one's buffer; null if null was logged. */
  @Nullable CharSequence of(Message message) {
    if (message instanceof SimpleMessage simple) {
      return simple(simple, simple.getFormattedMessage());
    }
    if (message instanceof ReusableSimpleMessage simple) {
      return simple(simple, simple.getFormattedMessage());
    }
    if (message instanceof MapMessage<?, ?> map) {
      Object text = map.getIndexedReadOnlyStringMap().getValue(StructuredMessage.TEXT);
      return text instanceof CharSequence ? text.toString() : formatOf(map);
    }
    if (StructuredMessage.object(message) instanceof Map<?, ?> map) {
      return map.get(StructuredMessage.TEXT) instanceof CharSequence text ? text.toString() : null;
    }
    if (message instanceof StringBuilderFormattable formattable) {
      buffer.setLength(0);
      formattable.formatTo(buffer);
      return isNull(message, buffer) ? null : buffer;
    }
    return message.getFormattedMessage();
  }

  /** Forgets the text. */
  void clear() {
    if (buffer.capacity() > MAX_KEPT_CHARS) {
      buffer = new StringBuilder(256);
    } else {
      buffer.setLength(0);
    }
  }

  /** A null that has been printed still has no length. */
  private static @Nullable String simple(CharSequence message, String text) {
    return message.length() == 0 && text.equals(NULL) ? null : text;
  }

  /** Log4j prints "null" for a null text, and tells by its pattern alone that it is one. */
  private static boolean isNull(Message message, CharSequence text) {
    return message.getFormat() == null && NULL.contentEquals(text);
  }

  /** A structured-data message has its text there. */
  private static @Nullable String formatOf(MapMessage<?, ?> map) {
    String format = map.getFormat();
    return format == null || format.isEmpty() ? null : format;
  }
}
