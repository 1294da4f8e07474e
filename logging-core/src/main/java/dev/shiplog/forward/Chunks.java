package dev.shiplog.forward;

import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where chunks come from, and where each finds its end: its events are counted at that moment and
 * its room is given back. Guarded by the lock of the {@link ChunkBuffer}; the caller holds it.
 */
final class Chunks {
  /** Enough for what is under way and what gathers meanwhile; more would only be memory. */
  private static final int SPARE_CHUNKS = 40;

  private final Condition freed;
  private final Slab slab;

  /** For what comes from a spool: bounded by how many chunks are under way, not by bytes. */
  private final Slab travelSlab = new Slab(Long.MAX_VALUE);

  private final Meters meters;
  private final Deque<Chunk> spare = new ArrayDeque<>();

  Chunks(ReentrantLock lock, Slab slab, Meters meters) {
    this.freed = lock.newCondition();
    this.slab = slab;
    this.meters = meters;
  }

  /** A chunk to open. */
  Chunk blank() {
    return spare.isEmpty() ? new Chunk() : spare.pop();
  }

  /** Makes room for a spooled chunk that is to travel; false if there is none. */
  boolean makeRoom(Chunk chunk) {
    if (chunk.isSpooled()) {
      if (!travelSlab.reserve(Slab.pagesFor(chunk.length()))) {
        return false;
      }
      chunk.makeRoom(travelSlab);
    }
    return true;
  }

  /** Takes the room of a spooled chunk back that will travel later. */
  void unload(Chunk chunk) {
    if (chunk.isSpooled()) {
      chunk.release(travelSlab);
    }
  }

  /** Ends a chunk that the endpoint has. */
  void delivered(Chunk chunk) {
    meters.delivered(chunk.events());
    forget(chunk);
  }

  /** Ends a chunk that is given up. */
  void dropped(Chunk chunk, DropReason reason) {
    for (int level = 0; level < Meters.LEVELS; level++) {
      meters.dropped(reason, level, chunk.eventsOf(level));
    }
    forget(chunk);
  }

  /** Ends a chunk whose events were counted, or that has none. */
  void forget(Chunk chunk) {
    Journal journal = chunk.berth.journal();
    if (journal != null) {
      journal.end(chunk);
    }
    chunk.release(journal == null ? slab : travelSlab);
    if (spare.size() < SPARE_CHUNKS) {
      spare.push(chunk);
    }
    freed.signalAll();
  }

  /**
   * Waits until a chunk found its end or {@code nanos} are over; the lock is free meanwhile. An
   * interrupt neither ends the wait, which would lose the event that waits, nor is it lost.
   *
   * @return what is left of {@code nanos}
   */
  long awaitEnd(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return freed.awaitNanos(deadline - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends all waits, so that those who wait look again. */
  void wakeWaiters() {
    freed.signalAll();
  }

  /** How much memory holds entries. */
  long bytesInUse() {
    return slab.bytesInUse() + travelSlab.bytesInUse();
  }
}
