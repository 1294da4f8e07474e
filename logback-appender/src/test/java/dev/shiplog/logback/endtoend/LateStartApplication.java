package dev.shiplog.logback.endtoend;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;

/** An application whose logging is configured when its process is at its end already. */
final class LateStartApplication {
  private LateStartApplication() {}

  /**
   * The application.
   *
   * @param arguments the appender's elements
   */
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> logOnce(arguments[0])));
  }

  private static void logOnce(String elements) {
    Configured.withAppender(FluentdAppender.class, elements).logger("late").info("late start");
  }
}
