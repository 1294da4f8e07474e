package dev.shiplog.forward;

import dev.shiplog.spool.Spool;
import dev.shiplog.status.Meters;
import org.jspecify.annotations.Nullable;

/**
 * A spool and the chunks that live in it, in the order in which they began: what lies before the
 * first of them is released. The entries of a chunk lie scattered among those of other tags; a seal
 * frame, written before the chunk is sent for the first time, keeps it the same chunk with the same
 * id in another life.
 *
 * <p>Guarded by the lock of its {@link ChunkBuffer}, but for {@link #load}.
 */
final class Journal {
  private final Spool spool;
  private final Seals seals;
  private @Nullable Chunk first;
  private @Nullable Chunk last;

  /** An entry found no segment ready: none is appended before the keeper has made one. */
  private boolean starved;

  /** The keeper was asked to come and has not been here since, or could not help. */
  private boolean asked;

  Journal(Spool spool) {
    this.spool = spool;
    this.seals = new Seals(spool);
  }

  Spool spool() {
    return spool;
  }

  /** Whether it is worth trying to append an entry of so many bytes. */
  boolean mayTake(int bytes) {
    return !starved && spool.fits(bytes);
  }

  /**
   * Whether the keeper has to come, which is said once until it was here. If it could not help,
   * each event would call it for nothing: it comes again by itself.
   */
  boolean asksForKeeper() {
    if (asked || !(starved || spool.wantsPrepare() || !seals.isSettled())) {
      return false;
    }
    asked = true;
    return true;
  }

  /** Whether there may be another segment once the keeper was here. */
  boolean mayGrow() {
    return (starved || spool.wantsPrepare()) && spool.trouble() == null;
  }

  /**
   * Says that the keeper was here.
   *
   * @param ready whether nothing keeps it from making segments
   * @param helpless whether it was wanted and could do nothing
   */
  void attended(boolean ready, boolean helpless) {
    asked = helpless;
    // if there is none, the one in use may still have room
    starved &= !ready;
  }

  /**
   * Appends an entry to a chunk that is open here. The chunk counts it if it is in, which nothing
   * can prevent once it is.
   *
   * @param head from {@link SpoolFrames#entryHead(int, String)}
   * @param checksum from {@link #checksum}
   * @return its position, or why it is not in: {@link Spool#FULL}, {@link Spool#NOT_READY}
   */
  long append(
      Chunk chunk, byte[] head, byte[] bytes, int offset, int length, int level, int checksum) {
    long position =
        spool.append(SpoolFrames.ENTRY, head, head.length, bytes, offset, length, checksum);
    if (position >= 0) {
      include(chunk, position, spool.end(), length, level);
    } else if (position == Spool.NOT_READY) {
      starved = true;
    }
    return position;
  }

  /** What {@link #append} wants to know of an entry; for any thread. */
  static int checksum(byte[] head, byte[] bytes, int offset, int length) {
    return Spool.checksum(SpoolFrames.ENTRY, head, head.length, bytes, offset, length);
  }

  /** Makes an entry that is in the spool the chunk's last one. */
  void include(Chunk chunk, long position, long end, int length, int level) {
    if (chunk.berth.isEmpty()) {
      link(chunk);
    }
    chunk.berth.reach(position, end);
    chunk.count(length, level);
  }

  private void link(Chunk chunk) {
    chunk.berth.older = last;
    if (last == null) {
      first = chunk;
    } else {
      last.berth.younger = chunk;
    }
    last = chunk;
  }

  private void unlink(Chunk chunk) {
    Chunk older = chunk.berth.older;
    Chunk younger = chunk.berth.younger;
    if (older == null) {
      first = younger;
    } else {
      older.berth.younger = younger;
    }
    if (younger == null) {
      last = older;
    } else {
      younger.berth.older = older;
    }
  }

  /** The chunk that began first; null if none lives here. */
  @Nullable Chunk first() {
    return first;
  }

  /**
   * Writes the seal of a chunk that has its id. If there is no room for it the chunk may travel all
   * the same, or it would never make room; after a crash it would then be another chunk.
   */
  void seal(Chunk chunk) {
    if (!chunk.berth.isSealed()) {
      seals.write(chunk);
    }
  }

  /**
   * Ends a chunk: it will not be seen again. In no life, once {@link #settleBySeals} or {@link
   * #settle} have been there, unless it had its seal, which is settled at once.
   */
  void end(Chunk chunk) {
    Berth berth = chunk.berth;
    if (berth.isEmpty()) {
      return;
    }
    if (berth.isSealed()) {
      // first: else a death in between would leave a part of it
      spool.settle(berth.sealedAt());
    }
    unlink(chunk);
    spool.release(first == null ? spool.end() : first.berth.from());
    if (!berth.isSealed() && berth.to() > spool.start()) {
      seals.ended(chunk);
    }
  }

  /** Settles what has ended, as far as one frame for each chunk has room. */
  void settleBySeals() {
    seals.settle();
  }

  /**
   * Settles what has ended: by seals, or where they have no room by a mark in each entry, one file
   * at a time.
   *
   * @return whether there was something to settle
   */
  boolean settle() {
    if (seals.isSettled()) {
      return false;
    }
    seals.settle();
    if (!seals.isSettled()) {
      seals.settleFile();
    }
    return true;
  }

  /**
   * Brings the entries of a sealed chunk into the pages that it was given. For the shipper's
   * thread, without the lock.
   *
   * @return how many there are of each level: what is damaged is left out
   */
  int[] load(Chunk chunk) {
    byte[] head = SpoolFrames.entryHead(0, chunk.tag());
    int[] found = new int[Meters.LEVELS];
    spool.read(
        chunk.berth.from(),
        chunk.berth.to(),
        (position, kind, settled, bytes, offset, length) -> {
          if (kind == SpoolFrames.ENTRY
              && !settled
              && SpoolFrames.isOfSameTag(head, bytes, offset, length)) {
            chunk.load(bytes, offset + head.length, length - head.length);
            found[bytes[offset]]++;
          }
        });
    return found;
  }
}
