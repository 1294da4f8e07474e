package dev.shiplog.spring.actuator;

import dev.shiplog.status.Meters.Snapshot;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The counters of all pipelines at one moment, the same for everything that is asked in one go: a
 * registry asks meter by meter, and each snapshot takes the lock of the events' buffer. A pause in
 * the asking ends the go. Safe for any thread.
 */
final class Scrape {
  /** More than from one of our meters to the next, less than from one scrape to the next. */
  static final long PAUSE_NANOS = 100_000_000L;

  /** However steadily somebody asks. */
  static final long LONGEST_NANOS = 1_000_000_000L;

  private final Supplier<Map<String, Snapshot>> meters;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<String, Snapshot> moment = Map.of();
  private long taken;
  private long asked;

  Scrape(Supplier<Map<String, Snapshot>> meters, LongSupplier nanoClock) {
    this.meters = meters;
    this.nanoClock = nanoClock;
  }

  /** All of them as they are now. */
  Map<String, Snapshot> now() {
    lock.lock();
    try {
      taken = nanoClock.getAsLong();
      asked = taken;
      moment = meters.get();
      return moment;
    } finally {
      lock.unlock();
    }
  }

  /** Those of one that {@link #now} has shown, when this go began; null if it is gone since. */
  @Nullable Snapshot of(String name) {
    lock.lock();
    try {
      long now = nanoClock.getAsLong();
      if (now - asked > PAUSE_NANOS || now - taken > LONGEST_NANOS) {
        return now().get(name);
      }
      asked = now;
      return moment.get(name);
    } finally {
      lock.unlock();
    }
  }
}
