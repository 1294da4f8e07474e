package dev.shiplog.forward;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after a failure: a random time up to a cap that doubles each time (full jitter,
 * so that a fleet does not come back as one). Only an acknowledgement resets it. Not thread-safe.
 */
final class BackOff {
  private final long initial;
  private final long max;
  private final DoubleSupplier random;
  private long cap;

  /**
   * A back-off at its start.
   *
   * @param random numbers from 0 to 1
   */
  BackOff(Duration initial, Duration max, DoubleSupplier random) {
    this.initial = initial.toNanos();
    this.max = max.toNanos();
    this.random = random;
    this.cap = this.initial;
  }

  /** The wait after one more failure, in nanoseconds. */
  long next() {
    long wait = (long) (cap * random.getAsDouble());
    cap = cap > max / 2 ? max : 2 * cap;
    return wait;
  }

  /** The wait after a failure that lasts until somebody mends it: near the longest at once. */
  long longest() {
    cap = max;
    long half = max / 2;
    return half + (long) (half * random.getAsDouble());
  }

  void reset() {
    cap = initial;
  }
}
