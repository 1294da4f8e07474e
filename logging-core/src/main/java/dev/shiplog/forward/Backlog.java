package dev.shiplog.forward;

import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sealed chunks of a {@link ChunkBuffer}: those that wait, oldest first, those under way, and
 * those that are given up but not yet among the dead letters.
 *
 * <p>Guarded by the buffer's lock, which methods take themselves, except where they say that the
 * caller holds it.
 */
final class Backlog {
  /** How many chunks are dropped in one hold of the lock. */
  static final int EXPIRED_AT_ONCE = 64;

  private final ReentrantLock lock;
  private final Chunks chunks;
  private final Spill spill;
  private final Meters meters;
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private final List<Chunk> underWay = new ArrayList<>();
  private final Deque<Chunk> condemned = new ArrayDeque<>();
  private long serial;

  Backlog(ReentrantLock lock, Chunks chunks, Spill spill, Meters meters) {
    this.lock = lock;
    this.chunks = chunks;
    this.spill = spill;
    this.meters = meters;
  }

  /** Appends a chunk that will not grow any more; the caller holds the lock. */
  void add(Chunk chunk) {
    if (chunk.events() == 0) {
      // opened for an event whose copy failed
      chunks.forget(chunk);
      return;
    }
    chunk.seal(++serial);
    waiting.add(chunk);
  }

  /** Puts chunks of an earlier life in front; the caller holds the lock. */
  void addFirst(List<Chunk> earlier) {
    for (int i = earlier.size() - 1; i >= 0; i--) {
      waiting.addFirst(earlier.get(i));
    }
  }

  /** The serial of the youngest chunk; the caller holds the lock. */
  long youngest() {
    return serial;
  }

  /** Drops the oldest chunk that waits in memory, false if none does; the caller holds the lock. */
  boolean dropOldestInMemory() {
    Chunk oldest = firstWaiting(chunk -> !chunk.isSpooled());
    return oldest != null && dropWaiting(oldest);
  }

  /** Drops a chunk to make room, if it waits; the caller holds the lock. */
  boolean dropWaiting(Chunk chunk) {
    if (!waiting.remove(chunk)) {
      return false;
    }
    chunks.dropped(chunk, DropReason.OVERFLOW);
    return true;
  }

  /**
   * Drops spooled chunks that wait and were opened before {@code then}, a few in each hold of the
   * lock; returns how many.
   */
  int dropExpired(long then) {
    int dropped = 0;
    int more;
    do {
      more = dropSomeExpired(then);
      dropped += more;
    } while (more == EXPIRED_AT_ONCE);
    return dropped;
  }

  private int dropSomeExpired(long then) {
    int dropped = 0;
    lock.lock();
    try {
      for (Iterator<Chunk> i = waiting.iterator(); i.hasNext() && dropped < EXPIRED_AT_ONCE; ) {
        Chunk chunk = i.next();
        if (chunk.isSpooled() && chunk.openedAt() - then < 0) {
          i.remove();
          chunks.dropped(chunk, DropReason.EXPIRED);
          dropped++;
        }
      }
    } finally {
      lock.unlock();
    }
    return dropped;
  }

  private @Nullable Chunk firstWaiting(Predicate<Chunk> condition) {
    for (Chunk chunk : waiting) {
      if (condition.test(chunk)) {
        return chunk;
      }
    }
    return null;
  }

  /**
   * Moves a chunk that waits in memory into a spool, the oldest for which there is room; the caller
   * holds the lock.
   *
   * @return whether there was one
   */
  boolean moveFromMemory(SpoolStore spool) {
    Chunk found = firstWaiting(chunk -> !chunk.isSpooled() && spool.hasRoomFor(chunk));
    Chunk copy = found == null ? null : spool.copyOf(found);
    if (found == null || copy == null) {
      return false;
    }
    for (int i = waiting.size(); i > 0; i--) {
      Chunk chunk = waiting.remove();
      waiting.add(chunk == found ? copy : chunk);
    }
    chunks.forget(found);
    return true;
  }

  /** Whether a chunk waits that no spool keeps; the caller holds the lock. */
  boolean hasWaitingInMemory() {
    return firstWaiting(chunk -> !chunk.isSpooled()) != null;
  }

  /**
   * The next chunk to send, now under way; null if there is none or it may not go.
   *
   * @param mayGo asked about the chunk under the lock, so it must not wait
   */
  @Nullable Chunk take(Predicate<Chunk> mayGo) {
    lock.lock();
    try {
      Chunk next = waiting.peek();
      if (next == null || !mayGo.test(next) || !chunks.makeRoom(next)) {
        return null;
      }
      waiting.remove();
      underWay.add(next);
      return next;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a chunk under way, which has its id, fit to be sent: what is in a spool is sealed there
   * and copied from it.
   *
   * @return false if nothing of it can be read any more, and it has found its end
   */
  boolean stage(Chunk chunk) {
    Journal journal = chunk.berth.journal();
    if (journal == null) {
      return true;
    }
    lock.lock();
    try {
      journal.seal(chunk);
    } finally {
      lock.unlock();
    }
    int[] found = journal.load(chunk);
    lock.lock();
    try {
      for (int level = 0; level < found.length; level++) {
        meters.dropped(DropReason.DAMAGED, level, chunk.eventsOf(level) - found[level]);
      }
      chunk.loaded(found);
      if (chunk.events() == 0) {
        underWay.remove(chunk);
        chunks.forget(chunk);
      }
      return chunk.events() > 0;
    } finally {
      lock.unlock();
    }
  }

  /** The next chunk that a spool does not keep, now under way; null if there is none. */
  @Nullable Chunk takeFromMemory() {
    lock.lock();
    try {
      Chunk next = firstWaiting(chunk -> !chunk.isSpooled());
      if (next != null) {
        waiting.remove(next);
        underWay.add(next);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  boolean hasWaiting() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Puts a chunk that was under way back, in front of all others or behind them. */
  void giveBack(Chunk chunk, boolean inFront) {
    lock.lock();
    try {
      underWay.remove(chunk);
      chunks.unload(chunk);
      if (inFront) {
        waiting.addFirst(chunk);
      } else {
        waiting.addLast(chunk);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Puts all that is under way back in front. */
  void giveBackAll() {
    lock.lock();
    try {
      for (int i = underWay.size() - 1; i >= 0; i--) {
        chunks.unload(underWay.get(i));
        waiting.addFirst(underWay.get(i));
      }
      underWay.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a chunk under way: the endpoint has it. */
  void delivered(Chunk chunk) {
    lock.lock();
    try {
      underWay.remove(chunk);
      chunks.delivered(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a chunk under way: it is given up. */
  void dropped(Chunk chunk, DropReason reason) {
    lock.lock();
    try {
      underWay.remove(chunk);
      condemned.remove(chunk);
      chunks.dropped(chunk, reason);
    } finally {
      lock.unlock();
    }
  }

  /** Lets a chunk under way wait for its end among the dead letters, out of the others' way. */
  void condemn(Chunk chunk) {
    lock.lock();
    try {
      underWay.remove(chunk);
      condemned.add(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** The chunk that has been condemned first and has not found its end; null if there is none. */
  @Nullable Chunk condemned() {
    lock.lock();
    try {
      return condemned.peek();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a chunk under way, event by event; it stays pending until all are through. */
  void spill(Chunk chunk) {
    long[] failed = new long[Meters.LEVELS];
    chunk.forEachEntry(
        (bytes, length, level) -> {
          try {
            spill.spill(chunk.tag(), bytes, 0, length, level);
          } catch (RuntimeException e) {
            failed[level]++;
          }
          return true;
        });
    lock.lock();
    try {
      for (int level = 0; level < Meters.LEVELS; level++) {
        meters.dropped(DropReason.WRITE_FAILED, level, failed[level]);
        meters.dropped(DropReason.SPILLED, level, chunk.eventsOf(level) - failed[level]);
      }
      underWay.remove(chunk);
      chunks.forget(chunk);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing up to {@code mark} is left, or nothing but what a spool keeps.
   *
   * @return whether that came about within {@code nanos}
   */
  boolean awaitSettled(long mark, long nanos, boolean spooledToo) {
    Predicate<Chunk> awaited =
        chunk -> chunk.serial() <= mark && (spooledToo || !chunk.isSpooled());
    long left = nanos;
    lock.lock();
    try {
      while (waiting.stream().anyMatch(awaited)
          || underWay.stream().anyMatch(awaited)
          || condemned.stream().anyMatch(awaited)) {
        if (left <= 0) {
          return false;
        }
        left = chunks.awaitEnd(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** How many events are in sealed chunks, counted chunk by chunk; the caller holds the lock. */
  long events() {
    return events(waiting) + events(underWay) + events(condemned);
  }

  private static long events(Iterable<Chunk> some) {
    long events = 0;
    for (Chunk chunk : some) {
      events += chunk.events();
    }
    return events;
  }
}
