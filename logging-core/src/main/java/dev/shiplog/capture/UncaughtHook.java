package dev.shiplog.capture;

import dev.shiplog.event.Severity;
import dev.shiplog.worker.ShiplogThread;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is the handler of exceptions that nobody catches; the one before it is called after it. Safe for
 * any thread.
 */
final class UncaughtHook implements Hook, Thread.UncaughtExceptionHandler {
  private final Outlet outlet;
  private volatile Thread.@Nullable UncaughtExceptionHandler before;

  UncaughtHook(Outlet outlet) {
    this.outlet = outlet;
  }

  @Override
  public void install() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(this);
  }

  @Override
  public void restore() {
    if (Thread.getDefaultUncaughtExceptionHandler() == this) {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    Claim owner = ShiplogThread.isCurrent() ? null : outlet.owner();
    Thread.UncaughtExceptionHandler next = before;
    try {
      if (owner != null && !isWanted(failure)) {
        owner
            .target()
            .relay(
                CapturedEvent.of(
                    Instant.now(),
                    Severity.ERROR,
                    "uncaught",
                    thread.getName(),
                    "Uncaught exception in thread \"" + thread.getName() + '"',
                    failure));
      }
    } finally {
      if (next != null) {
        next.uncaughtException(thread, failure);
      } else if (owner == null && !isWanted(failure)) {
        printed(thread, failure);
      }
    }
  }

  /** Whether it is the end of a thread that was told to end: no JVM says anything about that. */
  private static boolean isWanted(Throwable failure) {
    return failure.getClass().getName().equals("java.lang.ThreadDeath");
  }

  /** What the JVM does where there is no handler. */
  private static void printed(Thread thread, Throwable failure) {
    System.err.print("Exception in thread \"" + thread.getName() + "\" ");
    failure.printStackTrace(System.err);
  }
}
