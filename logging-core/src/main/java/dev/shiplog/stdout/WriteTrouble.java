package dev.shiplog.stdout;

import dev.shiplog.sink.EventCount;
import dev.shiplog.status.Status;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operator that a stream cannot be written, and that it can again: the first failure at
 * once, then at most a message every ten seconds however often it comes and goes. Safe for any
 * thread; costs one volatile read while all is well.
 */
final class WriteTrouble {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

  private final String stream;
  private final Status status;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean failing;
  private long untold; // events, guarded by lock
  private boolean told; // whether the operator believes it fails, guarded by lock
  private long quietUntil; // guarded by lock

  WriteTrouble(String stream, Status status, LongSupplier nanoClock) {
    this.stream = stream;
    this.status = status;
    this.nanoClock = nanoClock;
    this.quietUntil = nanoClock.getAsLong();
  }

  /** Notes that {@code events} could not be written. */
  void failed(long events, @Nullable Throwable cause) {
    String message = null;
    lock.lock();
    try {
      failing = true;
      untold += events;
      if (mayTell()) {
        message =
            stream
                + (told ? " still cannot be written: " : " cannot be written: ")
                + EventCount.of(untold)
                + " dropped and counted; the application goes on";
        told = true;
        untold = 0;
      }
    } finally {
      lock.unlock();
    }
    if (message != null) {
      status.warn(message, cause);
    }
  }

  /** Notes that something was written. */
  void succeeded() {
    if (!failing) {
      return;
    }
    String message = null;
    lock.lock();
    try {
      failing = false;
      if (told) {
        message =
            stream
                + " can be written again; "
                + untold
                + (untold == 1 ? " more event was" : " more events were")
                + " dropped before";
        told = false;
        untold = 0;
      }
    } finally {
      lock.unlock();
    }
    if (message != null) {
      status.info(message);
    }
  }

  private boolean mayTell() {
    long now = nanoClock.getAsLong();
    if (now - quietUntil < 0) {
      return false;
    }
    quietUntil = now + INTERVAL;
    return true;
  }
}
