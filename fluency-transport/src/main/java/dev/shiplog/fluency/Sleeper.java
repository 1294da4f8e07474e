package dev.shiplog.fluency;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The sleep of the thread that steps the transports of one appender, which couriers end. Safe for
 * any thread.
 */
final class Sleeper {
  private volatile @Nullable Thread runner;

  /** Says that the calling thread is the one to wake from now on. */
  void isMe() {
    runner = Thread.currentThread();
  }

  void await(long nanos) {
    LockSupport.parkNanos(this, nanos);
  }

  void wakeUp() {
    LockSupport.unpark(runner);
  }
}
