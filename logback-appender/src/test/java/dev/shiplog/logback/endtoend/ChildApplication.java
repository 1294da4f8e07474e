package dev.shiplog.logback.endtoend;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.io.IOException;
import org.slf4j.Logger;

/** An application in a process of its own: logs, says so on stderr, and comes to its end. */
final class ChildApplication {
  /** How many events {@link End#BUSY_SIGNAL} logs at its end, over half a second or more. */
  static final int LATE_EVENTS = 50;

  private ChildApplication() {}

  /** How it ends. */
  enum End {
    /** It waits for a signal, and tells the account. */
    SIGNAL,
    /** It waits for a signal. */
    QUIET_SIGNAL,
    /** It waits for a signal, and at it logs on, until long after shiplog has drained. */
    BUSY_SIGNAL,
    /** {@code main} returns. */
    RETURN,
    /** Logback is stopped, then {@code main} returns. */
    STOP
  }

  /**
   * The application.
   *
   * @param arguments the appender's elements, how many events, and the {@link End}
   */
  public static void main(String[] arguments) throws Exception {
    Configured configured = Configured.withAppender(FluentdAppender.class, arguments[0]);
    Logger logger = configured.logger("child");
    int events = Integer.parseInt(arguments[1]);
    for (int i = 0; i < events - 1; i++) {
      logger.atInfo().addKeyValue("number", i).log("an event");
    }
    logger.atInfo().addKeyValue("number", events - 1).log("long ".repeat(8_000));
    System.err.println("ready");
    switch (End.valueOf(arguments[2])) {
      case SIGNAL -> {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildApplication::tellAccount));
        awaitSignal();
      }
      case QUIET_SIGNAL -> awaitSignal();
      case BUSY_SIGNAL -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> logOn(logger, events)));
        awaitSignal();
      }
      case RETURN -> {}
      case STOP -> configured.close();
    }
  }

  /** As the requests do that a server still answers while it closes. */
  private static void logOn(Logger logger, int from) {
    for (int i = 0; i < LATE_EVENTS; i++) {
      logger.atInfo().addKeyValue("number", from + i).log("a late event");
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void awaitSignal() throws IOException {
    System.err.println("waiting");
    int unused = System.in.read();
  }

  /** Runs beside shiplog's own hook, and waits until that has found an end for every event. */
  private static void tellAccount() {
    Meters.Snapshot account = Account.settled("A");
    System.err.printf(
        "accepted=%d delivered=%d spilled=%d stopped=%d%n",
        account.accepted(),
        account.delivered(),
        Account.dropped(account, DropReason.SPILLED),
        Account.dropped(account, DropReason.STOPPED));
  }
}
