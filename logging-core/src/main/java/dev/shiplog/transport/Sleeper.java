package dev.shiplog.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where one thread sleeps for all its connections, whichever client they belong to. Only for
 * sleeping: which of them has something is found out by trying.
 *
 * <p>One thread uses it; {@link #wakeUp} is for any.
 */
final class Sleeper {
  private volatile @Nullable Selector selector;
  private volatile @Nullable Thread sleeping;

  /** The selector to register channels with. */
  Selector selector() {
    Selector open = selector;
    if (open == null) {
      try {
        open = Selector.open();
      } catch (IOException e) {
        throw new UncheckedIOException("no selector", e);
      }
      selector = open;
    }
    return open;
  }

  /** Sleeps until a channel has something, {@link #wakeUp} is called, or {@code nanos} passed. */
  void await(long nanos) {
    sleeping = Thread.currentThread();
    if (nanos <= 0) {
      return;
    }
    Selector open = selector;
    if (open == null || open.keys().isEmpty()) {
      LockSupport.parkNanos(this, nanos);
      return;
    }
    try {
      // rounded up, so that the last millisecond before a deadline is slept, not spun
      open.select(key -> {}, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the present or the next sleep of {@code runner}. */
  void wakeUp(Thread runner) {
    LockSupport.unpark(runner);
    Selector open = selector;
    if (open != null) {
      open.wakeup();
    }
  }

  /** Ends the present or the next sleep of whoever slept last. */
  void wakeUp() {
    Thread thread = sleeping;
    if (thread != null) {
      wakeUp(thread);
    }
  }

  /** Lets go of closed channels: their descriptors live until the selector has looked. */
  void deregister() {
    Selector open = selector;
    if (open != null && open.isOpen()) {
      try {
        open.selectNow(key -> {});
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Closes the selector; for whoever closes after that, nothing is left to do. */
  void close() {
    Selector open = selector;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // the descriptors are gone or not; there is nothing left to do about it
      }
    }
  }
}
