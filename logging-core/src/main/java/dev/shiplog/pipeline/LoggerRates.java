package dev.shiplog.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How many events of each logger may pass, whatever their severity: so many in a period, a whole
 * period's worth of them at once. Safe for any thread, platform or virtual; nobody waits, and only
 * a logger's first event makes it allocate.
 *
 * <p>Each logger has a token bucket of one number: when it will be full again. The table of them is
 * bounded. Where it has no place for one more logger, the fullest bucket near by makes room: one
 * that is full is as good as new, so that the limit is exact until there are more than about
 * {@value #SLOTS} loggers in use within one period, and from then on some pass a little more.
 */
public final class LoggerRates {
  private static final int SLOTS = 4096;

  /** How many slots a logger may be in, one behind the other. */
  private static final int NEAR = 8;

  private final AtomicReferenceArray<Bucket> slots = new AtomicReferenceArray<>(SLOTS);
  private final long nanosPerEvent;
  private final long nanosAhead;

  /** At most {@code events} of each logger in {@code per}. */
  public LoggerRates(int events, Duration per) {
    long nanos = per.toNanos();
    nanosPerEvent = nanos / events;
    nanosAhead = nanos - nanosPerEvent;
  }

  /**
   * Whether an event of {@code logger} may pass now.
   *
   * @param nanoTime now, by {@code System.nanoTime()}
   */
  boolean admits(String logger, long nanoTime) {
    return bucket(logger, nanoTime).takes(nanoTime, nanosPerEvent, nanosAhead);
  }

  private Bucket bucket(String logger, long nanoTime) {
    int hash = logger.hashCode();
    int home = hash ^ hash >>> 16;
    while (true) {
      int place = home & SLOTS - 1;
      @Nullable Bucket displaced = null;
      for (int i = 0; i < NEAR; i++) {
        int slot = home + i & SLOTS - 1;
        Bucket bucket = slots.get(slot);
        if (bucket == null) {
          place = slot;
          displaced = null;
          break;
        }
        if (bucket.logger.equals(logger)) {
          return bucket;
        }
        if (displaced == null || bucket.fullAt() - displaced.fullAt() < 0) {
          place = slot;
          displaced = bucket;
        }
      }
      Bucket added = new Bucket(logger, nanoTime);
      if (slots.compareAndSet(place, displaced, added)) {
        return added;
      }
      // Somebody else was first; for the same logger, as likely as not.
    }
  }

  /** The tokens of one logger. */
  private static final class Bucket {
    final String logger;
    private final AtomicLong fullAt;

    Bucket(String logger, long nanoTime) {
      this.logger = logger;
      this.fullAt = new AtomicLong(nanoTime);
    }

    long fullAt() {
      return fullAt.get();
    }

    boolean takes(long now, long nanosPerEvent, long nanosAhead) {
      while (true) {
        long full = fullAt.get();
        long from = full - now > 0 ? full : now;
        if (from - now > nanosAhead) {
          return false;
        }
        if (fullAt.compareAndSet(full, from + nanosPerEvent)) {
          return true;
        }
      }
    }
  }
}
