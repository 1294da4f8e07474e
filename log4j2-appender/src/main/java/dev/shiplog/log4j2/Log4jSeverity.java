package dev.shiplog.log4j2;

import dev.shiplog.event.Severity;
import org.apache.logging.log4j.Level;
import org.jspecify.annotations.Nullable;

/** Log4j's levels as severities. */
final class Log4jSeverity {
  private Log4jSeverity() {}

  /**
   * A level between two of Log4j's own, as users make them, counts as the less severe; FATAL as
   * ERROR, none at all as INFO.
   */
  static Severity of(@Nullable Level level) {
    int value = level == null ? Level.INFO.intLevel() : level.intLevel();
    if (value <= Level.ERROR.intLevel()) {
      return Severity.ERROR;
    }
    if (value <= Level.WARN.intLevel()) {
      return Severity.WARN;
    }
    if (value <= Level.INFO.intLevel()) {
      return Severity.INFO;
    }
    return value <= Level.DEBUG.intLevel() ? Severity.DEBUG : Severity.TRACE;
  }
}
