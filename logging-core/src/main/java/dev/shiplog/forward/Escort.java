package dev.shiplog.forward;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Sees events to their end that are logged while the process ends, each in the thread that logs it,
 * which is what keeps the process alive so long. How long anybody waits is bounded in all, because
 * whoever told the process to end will not wait for ever.
 */
final class Escort {
  /** The longest wait for one acknowledgement. */
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final LongSupplier nanoClock;
  private long left;
  private int waiting;
  private long since;

  /**
   * An escort for as long as there is time.
   *
   * @param time while somebody waits, however many do at once
   */
  Escort(Duration time, LongSupplier nanoClock) {
    this.left = time.toNanos();
    this.nanoClock = nanoClock;
  }

  /**
   * Whether {@code drained}, which is told how long it may take, comes true while there is time.
   */
  boolean sees(Predicate<Duration> drained) {
    long nanos = begin();
    try {
      return nanos > 0 && drained.test(Duration.ofNanos(nanos));
    } finally {
      end();
    }
  }

  private synchronized long begin() {
    long now = nanoClock.getAsLong();
    if (waiting++ == 0) {
      since = now;
    }
    return Math.min(PATIENCE_NANOS, left - (now - since));
  }

  private synchronized void end() {
    if (--waiting == 0) {
      left -= nanoClock.getAsLong() - since;
    }
  }
}
