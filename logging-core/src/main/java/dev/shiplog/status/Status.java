package dev.shiplog.status;

import org.jspecify.annotations.Nullable;

/**
 * Tells the operator of problems through whatever the host offers (Logback's status list, Log4j's
 * StatusLogger, stderr). Core never logs through a logging framework.
 *
 * <p>Implementations are safe for any thread and never throw.
 */
public interface Status {
  /** Says that something went well again or that a notable state was reached. */
  void info(String message);

  /** Says that something is wrong and what is done about it. */
  void warn(String message, @Nullable Throwable cause);

  /** Says that something failed for good. */
  void error(String message, @Nullable Throwable cause);
}
