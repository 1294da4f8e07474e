package dev.shiplog.logback.endtoend;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.io.IOException;
import org.slf4j.Logger;

/** An application in a process of its own: logs, says so on stderr, and comes to its end. */
final class ChildApplication {
  private ChildApplication() {}

  /** How it ends. */
  enum End {
    /** It waits for a signal, and tells the account. */
    SIGNAL,
    /** It waits for a signal. */
    QUIET_SIGNAL,
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
      case RETURN -> {}
      case STOP -> configured.close();
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
