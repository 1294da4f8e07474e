package dev.shiplog.forward;

import dev.shiplog.sink.Entry;

/** Chunks in pages of a slab: all that is lost with the process. */
final class MemoryStore implements Store {
  private static final int MAX_ENTRY_BYTES = 1 << 28;

  private final Slab slab;
  private final Lanes lanes;
  private final Backlog backlog;
  private final int chunkLimit;

  MemoryStore(Slab slab, Lanes lanes, Backlog backlog, int chunkLimit) {
    this.slab = slab;
    this.lanes = lanes;
    this.backlog = backlog;
    this.chunkLimit = chunkLimit;
  }

  @Override
  public Room take(Lane lane, Entry entry, int level, int checksum) {
    int length = entry.length();
    Chunk open = lane.open;
    if (open != null && (open.isSpooled() || open.length() + (long) length > chunkLimit)) {
      lanes.seal(lane, open);
      open = null;
    }
    if (length >= MAX_ENTRY_BYTES || Slab.pagesFor(length) > slab.capacity()) {
      return Room.NEVER;
    }
    if (!slab.reserve(open == null ? Slab.pagesFor(length) : open.pagesToAdd(length))) {
      return Room.FULL;
    }
    Chunk chunk = open == null ? lanes.open(lane, null) : open;
    chunk.append(slab, entry.bytes(), entry.offset(), length, level);
    if (chunk.length() >= chunkLimit) {
      lanes.seal(lane, chunk);
    }
    return Room.TAKEN;
  }

  @Override
  public boolean dropOldest() {
    return backlog.dropOldestInMemory() || lanes.dropOldestInMemory();
  }
}
