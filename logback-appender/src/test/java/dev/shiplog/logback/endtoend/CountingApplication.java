package dev.shiplog.logback.endtoend;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.StdoutAppender;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/** An application in a process of its own that logs until it is ended. */
final class CountingApplication {
  private CountingApplication() {}

  /**
   * The application.
   *
   * @param arguments the appender's elements
   */
  public static void main(String[] arguments) {
    Configured configured = Configured.withAppender(StdoutAppender.class, arguments[0]);
    Logger logger = configured.logger("child");
    while (!Thread.currentThread().isInterrupted()) {
      logger.info("an event");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
