package dev.shiplog.spring.accesslog;

import java.util.Map;
import org.slf4j.LoggerFactory;

/** A logger whose events have fields with types, in the words of the framework that is there. */
interface EventLog {
  /** SLF4J's factory where Log4j is behind it. */
  String LOG4J = "org.apache.logging.slf4j.Log4jLoggerFactory";

  /** The logger of that name; Log4j's classes are loaded where Log4j writes the events alone. */
  static EventLog named(String name) {
    return LoggerFactory.getILoggerFactory().getClass().getName().equals(LOG4J)
        ? new Log4jEventLog(name)
        : new Slf4jEventLog(name);
  }

  /** Whether events are wanted. */
  boolean isOn();

  /** Logs an event whose text has an argument in place of each {@code {}}. */
  void log(Map<String, Object> fields, String text, Object... arguments);
}
