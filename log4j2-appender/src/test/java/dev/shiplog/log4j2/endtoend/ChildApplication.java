package dev.shiplog.log4j2.endtoend;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** An application in a process of its own: logs, says so on stderr, and comes to its end. */
final class ChildApplication {
  private ChildApplication() {}

  /** How it ends. */
  enum End {
    /** It waits for a signal. */
    SIGNAL,
    /** {@code main} returns. */
    RETURN,
    /** Log4j is stopped, then {@code main} returns. */
    STOP
  }

  /**
   * The application.
   *
   * @param arguments how many events, and the {@link End}
   */
  public static void main(String[] arguments) throws Exception {
    Logger logger = LogManager.getLogger("child");
    int events = Integer.parseInt(arguments[0]);
    for (int i = 0; i < events; i++) {
      logger.info("event {}", i);
    }
    System.err.println("ready");
    switch (End.valueOf(arguments[1])) {
      case SIGNAL -> {
        int unused = System.in.read();
      }
      case RETURN -> {}
      case STOP -> LogManager.shutdown();
    }
  }
}
