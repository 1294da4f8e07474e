package dev.shiplog.status;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells problems that repeat: the first of a kind at once, repeats counted and told at most once a
 * minute, recovery announced. What flaps is told as one failure and one recovery a minute; the
 * failures and recoveries in between are counted. Safe for any thread; for use off the event path.
 *
 * <p>Kinds are few and constant; what varies belongs into the message.
 */
public final class RateLimitedStatus {
  private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Status out;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Trouble> troubles = new LinkedHashMap<>();

  /** Whether a problem was told, and no recovery since. */
  private boolean inTrouble;

  /** When the trouble began that was told last; nothing new is told for a minute once it ended. */
  private long beganAt;

  private boolean recoveredBefore;
  private boolean untoldTrouble;
  private long untoldRecoveries;

  /**
   * Tells {@code out}.
   *
   * @param nanoClock such as {@code System::nanoTime}
   */
  public RateLimitedStatus(Status out, LongSupplier nanoClock) {
    this.out = out;
    this.nanoClock = nanoClock;
  }

  /** Warns of a problem of the given kind, unless one was told less than a minute ago. */
  public void problem(String kind, String message, @Nullable Throwable cause) {
    String counts;
    lock.lock();
    try {
      counts = count(kind, nanoClock.getAsLong());
    } finally {
      lock.unlock();
    }
    if (counts != null) {
      out.warn(message + counts, cause);
    }
  }

  /** Counts a problem; returns what is to be told of earlier ones, null if nothing is to be. */
  private @Nullable String count(String kind, long now) {
    Trouble trouble = troubles.computeIfAbsent(kind, k -> new Trouble());
    trouble.times++;
    boolean quiet =
        inTrouble
            ? trouble.told && now - trouble.toldAt < REMINDER_NANOS
            : recoveredBefore && now - beganAt < REMINDER_NANOS;
    if (quiet) {
      untoldTrouble = !inTrouble;
      return null;
    }
    if (!inTrouble) {
      inTrouble = true;
      beganAt = now;
    }
    trouble.told = true;
    trouble.toldAt = now;
    long recoveries = untoldRecoveries;
    untoldRecoveries = 0;
    untoldTrouble = false;
    if (trouble.times == 1 && recoveries == 0) {
      return "";
    }
    return " ("
        + trouble.times
        + (trouble.times == 1 ? " time" : " times")
        + " so far"
        + (recoveries == 0 ? ")" : ", all well " + recoveries + " times in between)");
  }

  /** Announces that all is well again; says nothing unless a problem was told before. */
  public void recovered(String message) {
    long times = 0;
    lock.lock();
    try {
      if (!inTrouble) {
        untoldRecoveries += untoldTrouble ? 1 : 0;
        untoldTrouble = false;
        return;
      }
      for (Trouble trouble : troubles.values()) {
        times += trouble.times;
      }
      troubles.clear();
      inTrouble = false;
      recoveredBefore = true;
    } finally {
      lock.unlock();
    }
    out.info(message + " (after " + times + (times == 1 ? " failure)" : " failures)"));
  }

  private static final class Trouble {
    private boolean told;
    private long toldAt;
    private long times;
  }
}
