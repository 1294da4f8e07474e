package dev.shiplog.logback;

import ch.qos.logback.classic.Level;
import dev.shiplog.event.Severity;
import org.jspecify.annotations.Nullable;

/** Logback's levels as severities. */
final class LogbackSeverity {
  private LogbackSeverity() {}

  /** A level between two of Logback's own counts as the lower; none at all as INFO. */
  static Severity of(@Nullable Level level) {
    int value = level == null ? Level.INFO_INT : level.toInt();
    if (value >= Level.ERROR_INT) {
      return Severity.ERROR;
    }
    if (value >= Level.WARN_INT) {
      return Severity.WARN;
    }
    if (value >= Level.INFO_INT) {
      return Severity.INFO;
    }
    return value >= Level.DEBUG_INT ? Severity.DEBUG : Severity.TRACE;
  }
}
