package dev.shiplog.stdout;

import dev.shiplog.sink.Entry;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.worker.ShiplogThread;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounded buffer between logging threads and the worker that writes.
 *
 * <p>Memory is taken in pages of whole records; the bound counts pages, filled or not, the one
 * being written included. Each lane fills one open page. Pages are written in the order in which
 * they were sealed, so records of one lane leave in the order in which they came.
 *
 * <p>Safe for any thread; {@link #take} and {@link #done} are the worker's. The lock is held for a
 * copy of one record, never across a write. Whoever waits for room waits through interrupts and
 * keeps the flag.
 */
final class PageQueue {
  /** What a queue does with an entry. */
  enum Answer {
    /** It is in a page, and counted as accepted. */
    BUFFERED,
    /**
     * There was no room and the policy is not to wait, or it waited until the queue was given up;
     * it is counted.
     */
    DROPPED,
    /** The queue is closed, and all it held is written. */
    CLOSED,
    /** The queue is closed, and what it held was given up: the reader does not read. */
    ABANDONED
  }

  private enum State {
    OPEN,
    CLOSING,
    CLOSED,
    ABANDONED
  }

  /** How often to try for the lock before parking: it is held for a few hundred nanoseconds. */
  private static final int SPINS = 100;

  /** How often {@link #take} finds nothing before the worker needs a call to wake up. */
  private static final int NAPS = 50;

  private final int waitsFrom;
  private final Meters meters;
  private final Runnable wakeWorker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final Pages pages; // guarded by lock, as is all that follows
  private State state = State.OPEN;
  private int emptyTakes;
  private boolean workerSleeps;

  /**
   * An empty, open queue.
   *
   * @param maxBytes bound of the memory in pages; a longer record is let in alone
   * @param waitsFrom severity index from which events wait for room
   * @param wakeWorker run when the worker sleeps and there is work for it; must not block
   */
  PageQueue(int maxBytes, int waitsFrom, Meters meters, Runnable wakeWorker) {
    this.pages = new Pages(maxBytes);
    this.waitsFrom = waitsFrom;
    this.meters = meters;
    this.wakeWorker = wakeWorker;
    meters.countedUnder(lock);
  }

  /** Puts one entry into a page of its lane, or says why not. */
  Answer add(Entry entry, Lane lane) {
    boolean waited = false;
    boolean wake;
    acquire();
    try {
      while (true) {
        if (state == State.CLOSED) {
          return Answer.CLOSED;
        }
        if (state == State.ABANDONED) {
          return waited ? dropped(entry, DropReason.STOPPED) : Answer.ABANDONED;
        }
        boolean mayWait = ShiplogThread.currentMayWait();
        if (state == State.CLOSING && mayWait) {
          // were more let in, it might never be empty; the caller is to write it by itself
          waited = true;
          room.awaitUninterruptibly();
          continue;
        }
        if (pages.add(entry, lane)) {
          meters.accepted(entry.length());
          wake = workerSleeps;
          workerSleeps = false;
          break;
        }
        if (entry.level() < waitsFrom || !mayWait) {
          return dropped(entry, DropReason.OVERFLOW);
        }
        waited = true;
        room.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (wake) {
      wakeWorker.run();
    }
    return Answer.BUFFERED;
  }

  /** Counts an entry that finds no room. */
  private Answer dropped(Entry entry, DropReason reason) {
    meters.accepted(entry.length());
    meters.dropped(reason, entry.level(), 1);
    return Answer.DROPPED;
  }

  /** The next page to write, or null; the worker hands it back to {@link #done}. */
  @Nullable Page take() {
    acquire();
    try {
      Page page = pages.take();
      emptyTakes = page == null ? emptyTakes + 1 : 0;
      workerSleeps = emptyTakes > NAPS;
      return page;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the worker, having found nothing, will be woken when something comes. */
  boolean workerSleeps() {
    acquire();
    try {
      return workerSleeps;
    } finally {
      lock.unlock();
    }
  }

  /** Counts what became of a page, unless it was given up while it was being written. */
  void done(Page page, boolean written) {
    acquire();
    try {
      if (!pages.finish(page)) {
        return;
      }
      if (written) {
        meters.delivered(page.events());
      } else {
        page.countDropped(DropReason.WRITE_FAILED, meters);
      }
      pages.recycle(page);
      if (state == State.CLOSING && pages.isEmpty()) {
        state = State.CLOSED;
      }
      room.signalAll();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all that was added before is written or dropped, at most {@code timeout}. */
  void drain(Duration timeout) {
    acquire();
    try {
      long last = pages.sealOpen();
      wake();
      boolean unused =
          await(timeout, () -> pages.lastFinished() >= last || state == State.ABANDONED);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the queue as soon as what it holds is written; who comes meanwhile waits for that. What
   * is left at the end of the timeout, with the page being written, is counted as stopped.
   *
   * @return how many events were given up
   */
  long close(Duration timeout) {
    acquire();
    try {
      if (state == State.OPEN) {
        state = pages.isEmpty() ? State.CLOSED : State.CLOSING;
      }
      wake();
      if (await(timeout, () -> state == State.CLOSED || state == State.ABANDONED)) {
        return 0;
      }
      long events = pages.events();
      pages.giveUp(page -> page.countDropped(DropReason.STOPPED, meters));
      state = State.ABANDONED;
      room.signalAll();
      progress.signalAll();
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** How many events are in pages, counted. */
  long pending() {
    acquire();
    try {
      return pages.events();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of memory in pages that are in use. */
  long usedBytes() {
    acquire();
    try {
      return pages.usedBytes();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    workerSleeps = false;
    wakeWorker.run();
  }

  private boolean await(Duration timeout, BooleanSupplier reached) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    try {
      while (!reached.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          long unused = progress.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true; // the deadline holds for an interrupted thread too
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void acquire() {
    for (int i = 0; i < SPINS; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }
}
