package dev.shiplog.log4j2.endtoend;

import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.message.StringMapMessage;

/**
 * An application in a process of its own that does to each event what an asynchronous logger must
 * not let through: changes its context, and uses message and exception again.
 */
final class AsyncApplication {
  private AsyncApplication() {}

  /**
   * The application.
   *
   * @param arguments how many events of each kind
   */
  public static void main(String[] arguments) throws InterruptedException {
    Logger logger = LogManager.getLogger("child");
    System.err.println(LogManager.getContext(false).getClass().getSimpleName());
    int events = Integer.parseInt(arguments[0]);
    CountDownLatch started = new CountDownLatch(2);
    Thread other =
        new Thread(
            () -> {
              meet(started);
              log(logger, "other", events);
            },
            "other");
    other.start();
    meet(started);
    log(logger, "main", events);
    other.join();
  }

  private static void meet(CountDownLatch started) {
    started.countDown();
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void log(Logger logger, String who, int events) {
    for (int i = 0; i < events; i++) {
      ThreadContext.put("request", who + " " + i);
      logger.info("event {} of {}", i, who);
      logger.warn("failed " + i, new IllegalStateException(who + " boom " + i));
      StringMapMessage map = new StringMapMessage();
      map.put("order", String.valueOf(i));
      map.put("by", who);
      logger.info(map);
      ThreadContext.remove("request");
    }
  }
}
