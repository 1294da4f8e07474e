package dev.shiplog.forward;

import dev.shiplog.forward.Store.Room;
import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.worker.ShiplogThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes events in: copies each into the open chunk of its tag, seals chunks by size and age, and
 * does what {@code overflow} says when there is no room. Chunks grow in the spool if there is one
 * that can be used, else in memory.
 *
 * <p>One lock guards it, its {@link Backlog} and its journals, held for the copy of an entry and
 * for moving chunks, never while anything waits or writes. Events are counted under it too, so that
 * every snapshot of the meters balances.
 */
final class ChunkBuffer {
  /** What became of an event, as far as it is known under the lock. */
  private enum Fate {
    KEPT,
    DROPPED,
    REFUSED,
    /** To be written to stdout, which may wait, once the lock is released. */
    SPILL
  }

  private enum State {
    OPEN,
    /** Nobody will send any more, but events may still come: what no spool takes is remainder. */
    RETIRED,
    CLOSED
  }

  private final ForwardSettings settings;
  private final Overflow overflow;
  private final boolean spooled;
  private final boolean forcedWhenSealed;
  private final Spill spill;
  private final Meters meters;
  private final Runnable wakeShipper;
  private final Runnable wakeKeeper;
  private final ReentrantLock lock = new ReentrantLock();
  private final Chunks chunks;
  private final Backlog backlog;
  private final Lanes lanes;
  private final MemoryStore memory;
  private @Nullable SpoolStore spool;
  private State state = State.OPEN;

  /** When the next chunk may be old enough; the shipper's thread alone looks at it. */
  private long nextAgeCheck;

  /**
   * A buffer in memory, until {@link #spoolInto}.
   *
   * @param wakeShipper run when there is something to send
   * @param wakeKeeper run when a spool wants to be looked after
   */
  ChunkBuffer(
      ForwardSettings settings,
      Spill spill,
      Meters meters,
      LongSupplier nanoClock,
      Runnable wakeShipper,
      Runnable wakeKeeper) {
    this.settings = settings;
    this.overflow = settings.buffer().overflow();
    Disk.Spooling spooling = settings.buffer().disk().spool();
    this.spooled = spooling != null;
    this.forcedWhenSealed = spooling != null && spooling.sync() == Disk.Sync.CHUNK;
    this.spill = spill;
    this.meters = meters;
    this.wakeShipper = wakeShipper;
    this.wakeKeeper = wakeKeeper;
    Slab slab = new Slab(settings.buffer().maxBytes());
    this.chunks = new Chunks(lock, slab, meters);
    this.backlog = new Backlog(lock, chunks, spill, meters);
    this.lanes = new Lanes(settings, backlog, chunks, meters, nanoClock);
    this.memory = new MemoryStore(slab, lanes, backlog, settings.memoryChunkLimit());
    this.nextAgeCheck = lanes.sealAged(nanoClock.getAsLong());
  }

  /** The sealed chunks. */
  Backlog backlog() {
    return backlog;
  }

  /** Lets the meters show what is here, and what the spools hold. */
  void showIn(Meters shown, LongSupplier spoolBytes) {
    shown.countedUnder(lock);
    shown.gauges(this::pending, this::bytesInUse, spoolBytes);
  }

  /** Copies the entry into its chunk, or does what {@code overflow} says. */
  Outcome accept(Entry entry) {
    int level = Math.max(0, Math.min(entry.level(), Meters.LEVELS - 1));
    Lane lane = lanes.known(entry.tag());
    if (lane == null) {
      lane = lane(entry.tag());
    }
    // before the lock, which is the narrow place
    int checksum =
        spooled
            ? Journal.checksum(lane.head(level), entry.bytes(), entry.offset(), entry.length())
            : 0;
    Fate fate;
    boolean sealed;
    boolean asked;
    lock.lock();
    try {
      long before = backlog.youngest();
      fate = place(lane, entry, level, checksum);
      sealed = backlog.youngest() != before;
      asked = spool != null && spool.journal().asksForKeeper();
    } finally {
      lock.unlock();
    }
    if (sealed) {
      wakeShipper.run();
    }
    if (asked || (sealed && forcedWhenSealed)) {
      wakeKeeper.run();
    }
    if (fate == Fate.SPILL) {
      spill(entry, level);
    }
    return switch (fate) {
      case KEPT, SPILL -> Outcome.ACCEPTED;
      case DROPPED -> Outcome.DROPPED;
      case REFUSED -> Outcome.REFUSED;
    };
  }

  private Lane lane(String tag) {
    lock.lock();
    try {
      return lanes.of(tag);
    } finally {
      lock.unlock();
    }
  }

  private Fate place(Lane lane, Entry entry, int level, int checksum) {
    long patience = overflow.timeout().toNanos();
    while (state != State.CLOSED) {
      Store store = memory;
      Room room = Room.AWAY;
      if (spool != null) {
        store = spool;
        room = store.take(lane, entry, level, checksum);
      }
      if (room == Room.AWAY && state == State.OPEN) {
        store = memory;
        room = store.take(lane, entry, level, checksum);
      }
      if (room == Room.TAKEN) {
        meters.accepted(entry.length());
        return Fate.KEPT;
      }
      if (state == State.RETIRED) {
        break;
      }
      switch (overflow.policy()) {
        case STDOUT -> {
          return Fate.SPILL;
        }
        case DROP_NEWEST -> {
          return drop(entry, level, DropReason.OVERFLOW);
        }
        case DROP_OLDEST -> {
          if (room == Room.NEVER || !store.dropOldest()) {
            return drop(entry, level, DropReason.OVERFLOW);
          }
        }
        case BLOCK -> {
          if (room == Room.NEVER || patience <= 0 || !ShiplogThread.currentMayWait()) {
            return drop(entry, level, DropReason.OVERFLOW);
          }
          wakeShipper.run();
          patience = chunks.awaitEnd(patience);
        }
      }
    }
    return late(entry, level);
  }

  private Fate drop(Entry entry, int level, DropReason reason) {
    meters.accepted(entry.length());
    meters.dropped(reason, level, 1);
    return Fate.DROPPED;
  }

  private Fate late(Entry entry, int level) {
    if (state == State.CLOSED) {
      meters.refused();
      return Fate.REFUSED;
    }
    return settings.drain().remainder() == Remainder.STDOUT
        ? Fate.SPILL
        : drop(entry, level, DropReason.STOPPED);
  }

  private void spill(Entry entry, int level) {
    DropReason reason = DropReason.SPILLED;
    try {
      spill.spill(entry.tag(), entry.bytes(), entry.offset(), entry.length(), level);
    } catch (RuntimeException e) {
      reason = DropReason.WRITE_FAILED;
    }
    lock.lock();
    try {
      drop(entry, level, reason);
    } finally {
      lock.unlock();
    }
  }

  /** Seals what is old enough; returns how many chunks that were. */
  int sealAged(long now) {
    if (now - nextAgeCheck < 0) {
      return 0;
    }
    int sealed;
    lock.lock();
    try {
      long before = backlog.youngest();
      nextAgeCheck = lanes.sealAged(now);
      sealed = (int) (backlog.youngest() - before);
    } finally {
      lock.unlock();
    }
    if (sealed > 0 && forcedWhenSealed) {
      wakeKeeper.run();
    }
    return sealed;
  }

  /** The mark of the chunk that was sealed last. */
  long youngest() {
    lock.lock();
    try {
      return backlog.youngest();
    } finally {
      lock.unlock();
    }
  }

  /** How long until {@link #sealAged} may have something to do. */
  long nanosToAge(long now) {
    return nextAgeCheck - now;
  }

  /** Seals all open chunks; returns the mark of the youngest for {@link Backlog#awaitSettled}. */
  long sealAll() {
    lock.lock();
    try {
      lanes.sealAll();
      return backlog.youngest();
    } finally {
      lock.unlock();
    }
  }

  /** Lets chunks grow in this journal from now on; null is memory alone. */
  void spoolInto(@Nullable Journal journal, int chunkLimit) {
    lock.lock();
    try {
      spool =
          journal == null
              ? null
              : new SpoolStore(journal, lanes, backlog, chunks, chunkLimit, dropsOldest());
    } finally {
      lock.unlock();
    }
  }

  private boolean dropsOldest() {
    return overflow.policy() == Overflow.Policy.DROP_OLDEST;
  }

  /**
   * Gives the oldest chunk up with which one of these journals begins, if that is what {@code
   * overflow} says.
   *
   * @return whether there was one that waits: what is under way stays
   */
  boolean dropFirstOf(List<Journal> journals) {
    if (!dropsOldest()) {
      return false;
    }
    lock.lock();
    try {
      List<Chunk> firsts = new ArrayList<>();
      for (Journal journal : journals) {
        Chunk first = journal.first();
        if (first != null) {
          firsts.add(first);
        }
      }
      firsts.sort((one, other) -> Long.signum(one.openedAt() - other.openedAt()));
      return firsts.stream().anyMatch(backlog::dropWaiting);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes sure that what has ended in a journal ends for good, one file in each hold of the lock;
   * returns whether there was something to do.
   */
  boolean settle(Journal journal) {
    lock.lock();
    try {
      return journal.settle();
    } finally {
      lock.unlock();
    }
  }

  /** Tells the journal that its keeper was there, and what that has helped. */
  void attended(Journal journal, boolean ready, boolean helpless) {
    boolean ending;
    lock.lock();
    try {
      journal.attended(ready, helpless);
      ending = state != State.OPEN;
    } finally {
      lock.unlock();
    }
    if (ending) {
      wakeShipper.run(); // with the rest it may wait for that
    }
  }

  /**
   * Moves one chunk that waits in memory into the spool, so that it outlives the process; returns
   * whether there was one, and room for it.
   */
  boolean moveFromMemory() {
    lock.lock();
    try {
      if (spool == null || !spool.journal().mayTake(0)) {
        return false;
      }
      lanes.sealMemory();
      return backlog.moveFromMemory(spool);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the keeper come if it can make room in the spool for what waits in memory; returns whether
   * that is to be expected.
   */
  boolean callKeeper() {
    boolean asked;
    lock.lock();
    try {
      if (spool == null || !spool.journal().mayGrow() || !backlog.hasWaitingInMemory()) {
        return false;
      }
      asked = spool.journal().asksForKeeper();
    } finally {
      lock.unlock();
    }
    if (asked) {
      wakeKeeper.run();
    }
    return true;
  }

  /** Takes the chunks of an earlier life in, in front of all others. */
  void recovered(List<Chunk> earlier) {
    lock.lock();
    try {
      for (Chunk chunk : earlier) {
        meters.recovered(chunk.events());
      }
      backlog.addFirst(earlier);
    } finally {
      lock.unlock();
    }
    wakeShipper.run();
  }

  /** Whether no chunk lives in a journal. */
  boolean isEmpty(Journal journal) {
    lock.lock();
    try {
      return journal.first() == null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a chunk under way that no endpoint would have. */
  void giveUp(Chunk chunk) {
    if (settings.buffer().disk().letters() == null) {
      backlog.dropped(chunk, DropReason.REJECTED);
    } else {
      backlog.condemn(chunk);
      wakeKeeper.run();
    }
  }

  /** From now on events are refused. */
  void close() {
    end(State.CLOSED);
  }

  /** From now on each event that no spool takes goes the remainder's way at once. */
  void retire() {
    end(State.RETIRED);
  }

  private void end(State last) {
    lock.lock();
    try {
      if (state != State.CLOSED) {
        state = last;
      }
      chunks.wakeWaiters();
    } finally {
      lock.unlock();
    }
  }

  /** How many events have no end yet, counted chunk by chunk. */
  private long pending() {
    lock.lock();
    try {
      return backlog.events() + lanes.events();
    } finally {
      lock.unlock();
    }
  }

  private long bytesInUse() {
    lock.lock();
    try {
      return chunks.bytesInUse();
    } finally {
      lock.unlock();
    }
  }
}
