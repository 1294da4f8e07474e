package dev.shiplog.log4j2;

import dev.shiplog.event.FieldVisitor;
import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ReusableMessage;
import org.apache.logging.log4j.util.TriConsumer;
import org.jspecify.annotations.Nullable;

/** The fields that a message of Log4j's has beside, or in place of, its text. */
final class StructuredMessage {
  /** The field of a map that is its text. */
  static final String TEXT = "message";

  /** Under this name stands an object that was logged in place of a text. */
  private static final String OBJECT = "object";

  private static final TriConsumer<String, Object, FieldVisitor> MEMBER = StructuredMessage::member;

  private StructuredMessage() {}

  /** Visits the fields of {@code message}; most have none. */
  static void visit(Message message, FieldVisitor visitor) {
    if (message instanceof MapMessage<?, ?> map) {
      map.forEach(MEMBER, visitor);
      return;
    }
    Object object = object(message);
    if (object instanceof Map<?, ?> map) {
      map.forEach((name, value) -> member(String.valueOf(name), value, visitor));
    } else if (object != null && !isScalar(object)) {
      visitor.field(OBJECT, object);
    }
  }

  /**
   * The object that was logged in place of a text, if one was. An event that is reused has it as
   * the one argument of no pattern, and so has what Log4j makes of such an event to keep it.
   */
  static @Nullable Object object(Message message) {
    if (message instanceof ObjectMessage object) {
      return object.getParameter();
    }
    if (message.getFormat() != null
        || message instanceof ReusableMessage reusable && reusable.getParameterCount() != 1) {
      return null;
    }
    Object[] parameters = message.getParameters();
    return parameters == null || parameters.length != 1 ? null : parameters[0];
  }

  private static void member(String name, @Nullable Object value, FieldVisitor visitor) {
    if (!(name.equals(TEXT) && value instanceof CharSequence)) {
      visitor.field(name, value);
    }
  }

  /** What says no more as a value than it does as a text. */
  private static boolean isScalar(Object object) {
    return object instanceof CharSequence
        || object instanceof Number
        || object instanceof Boolean
        || object instanceof Character
        || object instanceof Enum<?>
        || object instanceof Throwable;
  }
}
