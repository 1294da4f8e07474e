package dev.shiplog.worker;

import java.util.concurrent.locks.LockSupport;

/**
 * Work that is done in steps, so that a test can do it without a thread.
 *
 * <p>All methods but {@link #wakeUp} are called by one thread at a time.
 */
public interface Worker {
  /**
   * Does some work and returns how much was done; 0 means there was nothing to do and the caller
   * may idle. Must not block for longer than a deadline of its own.
   */
  int doWork();

  /** How long the thread may sleep at most when there was nothing to do, in nanoseconds. */
  long idleNanos();

  /**
   * Sleeps at most {@code nanos}, less when {@link #wakeUp} is called meanwhile or was called since
   * the last sleep. A worker that waits for a socket sleeps in its selector instead.
   */
  default void idle(long nanos) {
    LockSupport.parkNanos(this, nanos);
  }

  /** Ends the sleep of {@code runner}, the thread that runs this worker. Safe for any thread. */
  default void wakeUp(Thread runner) {
    LockSupport.unpark(runner);
  }

  /** Whether its thread may wait for a sink: only where no sink waits for this worker. */
  default boolean mayWait() {
    return false;
  }

  /** Called once by the running thread after the last {@link #doWork()}. */
  default void onClose() {}
}
