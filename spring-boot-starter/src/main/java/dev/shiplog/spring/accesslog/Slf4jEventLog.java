package dev.shiplog.spring.accesslog;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Fields are SLF4J's key-values. */
final class Slf4jEventLog implements EventLog {
  private final Logger logger;

  Slf4jEventLog(String name) {
    logger = LoggerFactory.getLogger(name);
  }

  @Override
  public boolean isOn() {
    return logger.isInfoEnabled();
  }

  @Override
  public void log(Map<String, Object> fields, String text, Object... arguments) {
    LoggingEventBuilder event = logger.atInfo();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      event = event.addKeyValue(field.getKey(), field.getValue());
    }
    event.log(text, arguments);
  }
}
