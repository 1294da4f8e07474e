package dev.shiplog.log4j2;

import dev.shiplog.status.Status;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/** Tells Log4j's status logger, in the name of an appender or layout. Safe for any thread. */
final class Log4jStatus implements Status {
  private static final Logger LOGGER = StatusLogger.getLogger();

  private final String origin;

  /**
   * Speaks for one plugin.
   *
   * @param origin how messages name it
   */
  Log4jStatus(String origin) {
    this.origin = origin + ": ";
  }

  @Override
  public void info(String message) {
    LOGGER.info(origin + message);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    if (cause == null) {
      LOGGER.warn(origin + message);
    } else {
      LOGGER.warn(origin + message, cause);
    }
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    if (cause == null) {
      LOGGER.error(origin + message);
    } else {
      LOGGER.error(origin + message, cause);
    }
  }
}
