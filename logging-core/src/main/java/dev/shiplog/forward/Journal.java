package dev.shiplog.forward;

import dev.shiplog.spool.Spool;
import dev.shiplog.status.Meters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private static final byte[] NOTHING = {};

  private final Spool spool;
  private @Nullable Chunk first;
  private @Nullable Chunk last;

  /** It had no segment ready: nothing is appended before the keeper has made one. */
  private boolean starved;

  /** The keeper was asked to come and has not been here since. */
  private boolean asked;

  Journal(Spool spool) {
    this.spool = spool;
  }

  Spool spool() {
    return spool;
  }

  /** Whether it is worth trying to append an entry of so many bytes. */
  boolean mayTake(int bytes) {
    return !starved && spool.fits(bytes);
  }

  /** Whether the keeper has to come, which is said once until it was here. */
  boolean asksForKeeper() {
    if (asked || !(starved || spool.wantsPrepare())) {
      return false;
    }
    asked = true;
    return true;
  }

  /** Says that the keeper was here, and whether there is a segment to append to. */
  void attended(boolean ready) {
    asked = false;
    starved = !ready;
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
    if (chunk.berth.isSealed()) {
      return;
    }
    byte[] seal =
        SpoolFrames.seal(
            new SpoolFrames.Seal(
                new String(chunk.id(), StandardCharsets.US_ASCII),
                chunk.tag(),
                chunk.berth.from(),
                chunk.berth.to(),
                chunk.events()));
    int checksum = Spool.checksum(SpoolFrames.SEAL, seal, seal.length, NOTHING, 0, 0);
    long position = spool.append(SpoolFrames.SEAL, seal, seal.length, NOTHING, 0, 0, checksum);
    if (position >= 0) {
      chunk.berth.sealedAt(position);
    } else if (position == Spool.NOT_READY) {
      starved = true;
    }
  }

  /** Ends a chunk: it will not be seen again, in no life. */
  void end(Chunk chunk) {
    if (chunk.berth.isEmpty()) {
      return;
    }
    if (chunk.berth.isSealed()) {
      spool.settle(chunk.berth.sealedAt());
    } else {
      forEachEntry(
          chunk, (position, kind, settled, bytes, offset, length) -> spool.settle(position));
    }
    unlink(chunk);
    spool.release(first == null ? spool.end() : first.berth.from());
  }

  /**
   * Brings the entries of a sealed chunk into the pages that it was given. For the shipper's
   * thread, without the lock.
   *
   * @return how many there are of each level: what is damaged is left out
   */
  int[] load(Chunk chunk) {
    int head = SpoolFrames.entryHead(0, chunk.tag()).length;
    int[] found = new int[Meters.LEVELS];
    forEachEntry(
        chunk,
        (position, kind, settled, bytes, offset, length) -> {
          chunk.load(bytes, offset + head, length - head);
          found[bytes[offset]]++;
        });
    return found;
  }

  private void forEachEntry(Chunk chunk, Spool.Visitor visitor) {
    byte[] head = SpoolFrames.entryHead(0, chunk.tag());
    spool.read(
        chunk.berth.from(),
        chunk.berth.to(),
        (position, kind, settled, bytes, offset, length) -> {
          if (kind == SpoolFrames.ENTRY && !settled && hasTag(head, bytes, offset, length)) {
            visitor.frame(position, kind, settled, bytes, offset, length);
          }
        });
  }

  /** Compares tags; the level before it is an entry's own. */
  private static boolean hasTag(byte[] head, byte[] bytes, int offset, int length) {
    return length >= head.length
        && Arrays.equals(head, 1, head.length, bytes, offset + 1, offset + head.length);
  }
}
