package dev.shiplog.spring.accesslog;

import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;

/**
 * Fields are entries of the message. Log4j's bridge from SLF4J would make texts in the context of
 * key-values.
 */
final class Log4jEventLog implements EventLog {
  private static final String TEXT = "message";

  private final Logger logger;

  Log4jEventLog(String name) {
    logger = LogManager.getLogger(name);
  }

  @Override
  public boolean isOn() {
    return logger.isInfoEnabled();
  }

  @Override
  public void log(Map<String, Object> fields, String text, Object... arguments) {
    EventMessage message = new EventMessage(fields);
    message.with(TEXT, ParameterizedMessage.format(text, arguments));
    logger.info(message);
  }

  /** In words it is its text, where Log4j's own would print all entries. */
  private static final class EventMessage extends MapMessage<EventMessage, Object> {
    private static final long serialVersionUID = 1L;

    EventMessage(Map<String, Object> entries) {
      super(entries);
    }

    /** For rewrite policies. */
    @Override
    public EventMessage newInstance(Map<String, Object> entries) {
      return new EventMessage(entries);
    }

    @Override
    public String getFormattedMessage() {
      return get(TEXT);
    }

    @Override
    public void formatTo(StringBuilder buffer) {
      buffer.append(get(TEXT));
    }
  }
}
