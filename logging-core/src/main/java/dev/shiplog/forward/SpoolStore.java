package dev.shiplog.forward;

import dev.shiplog.sink.Entry;
import dev.shiplog.spool.Spool;
import org.jspecify.annotations.Nullable;

/** Chunks in the spool of this process: what they hold outlives it. */
final class SpoolStore implements Store {
  private final Journal journal;
  private final Lanes lanes;
  private final Backlog backlog;
  private final Chunks chunks;
  private final int chunkLimit;

  /** Whether what was taken over from other processes makes room for what comes. */
  private final boolean oldestYield;

  SpoolStore(
      Journal journal,
      Lanes lanes,
      Backlog backlog,
      Chunks chunks,
      int chunkLimit,
      boolean oldestYield) {
    this.journal = journal;
    this.lanes = lanes;
    this.backlog = backlog;
    this.chunks = chunks;
    this.chunkLimit = chunkLimit;
    this.oldestYield = oldestYield;
  }

  Journal journal() {
    return journal;
  }

  @Override
  public Room take(Lane lane, Entry entry, int level, int checksum) {
    byte[] head = lane.head(level);
    int length = entry.length();
    if (!journal.mayTake(head.length + length)) {
      return Room.AWAY;
    }
    Chunk chunk = chunkFor(lane, length);
    long position =
        journal.append(chunk, head, entry.bytes(), entry.offset(), length, level, checksum);
    if (position == Spool.NOT_READY) {
      return Room.AWAY;
    }
    if (position == Spool.FULL) {
      // what others left is older than what is here, and the keeper is about to give it up
      return oldestYield && journal.spool().isCrowded() ? Room.AWAY : Room.FULL;
    }
    if (chunk.length() >= chunkLimit) {
      lanes.seal(lane, chunk);
    }
    return Room.TAKEN;
  }

  /** Opened before anything is written: what may fail, memory above all, has to fail by then. */
  private Chunk chunkFor(Lane lane, int length) {
    Chunk open = lane.open;
    if (open != null
        && (open.berth.journal() != journal
            || (open.events() > 0 && open.length() + (long) length > chunkLimit))) {
      lanes.seal(lane, open);
      open = null;
    }
    return open == null ? lanes.open(lane, journal) : open;
  }

  /** Only the chunk that began first keeps room from being used again. */
  @Override
  public boolean dropOldest() {
    Chunk oldest = journal.first();
    boolean dropped = oldest != null && (backlog.dropWaiting(oldest) || lanes.dropOpen(oldest));
    // there is room for that as soon as a file has become free
    journal.settleBySeals();
    return dropped;
  }

  /** Whether there is room for the copy of a chunk in memory, and its seal. */
  boolean hasRoomFor(Chunk chunk) {
    int head = lanes.of(chunk.tag()).head(0).length;
    int seal = SpoolFrames.SEAL_FIXED + head + chunk.id().length;
    long entries = chunk.length() + (long) chunk.events() * head;
    return journal.spool().hasRoom(entries + seal, chunk.events() + 1);
  }

  /**
   * Copies a chunk that waits in memory here, entry by entry; there must be room. One that was sent
   * is the same chunk in another life too.
   *
   * @return the copy; null if the files were lost meanwhile
   */
  @Nullable Chunk copyOf(Chunk chunk) {
    Lane lane = lanes.of(chunk.tag());
    Chunk open = lane.open;
    if (open != null && open.berth.journal() == journal) {
      // one that grew on behind the copy would have its entries among its own
      lanes.seal(lane, open);
    }
    Chunk copy = chunks.blank();
    copy.open(chunk.tag(), chunk.openedAt(), journal);
    boolean whole =
        chunk.forEachEntry((bytes, length, level) -> copy(copy, lane, bytes, length, level));
    if (!whole) {
      chunks.forget(copy);
      return null;
    }
    copy.takePlaceOf(chunk);
    if (copy.hasId()) {
      journal.seal(copy);
    }
    return copy;
  }

  private boolean copy(Chunk copy, Lane lane, byte[] bytes, int length, int level) {
    byte[] head = lane.head(level);
    int checksum = Journal.checksum(head, bytes, 0, length);
    return journal.append(copy, head, bytes, 0, length, level, checksum) >= 0;
  }
}
