package dev.shiplog.forward;

import dev.shiplog.forward.SpoolFrames.Seal;
import dev.shiplog.spool.Spool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Says in a spool which of its entries are one chunk, and which are done with. A chunk that ends
 * without a seal gets one then, settled at once: one frame, however many entries of other tags lie
 * among its own. Where there is no room for it the chunk's entries are looked for and marked, file
 * by file, so that no hold of the lock is long.
 *
 * <p>Guarded by the lock of its {@link ChunkBuffer}.
 */
final class Seals {
  private static final byte[] NOTHING = {};

  /** That of a seal that was written only to be settled. */
  private static final String NO_ID = "";

  private final Spool spool;

  /** What ended chunks left behind, those first that ended first. */
  private final Deque<Rest> rests = new ArrayDeque<>();

  /** The entries of an ended chunk that nothing says are done with. */
  private static final class Rest {
    final Seal seal;
    final byte[] head;

    /** Those before it are marked. */
    long from;

    Rest(Chunk chunk) {
      seal = sealOf(chunk, NO_ID);
      head = SpoolFrames.entryHead(0, chunk.tag());
      from = seal.from();
    }

    boolean has(long position, byte[] bytes, int offset, int length) {
      return position >= from
          && position < seal.to()
          && SpoolFrames.isOfSameTag(head, bytes, offset, length);
    }

    boolean isMarkedTo(long position) {
      from = Math.max(from, position);
      return from >= seal.to();
    }
  }

  Seals(Spool spool) {
    this.spool = spool;
  }

  /** Writes the seal of a chunk that has its id, if there is room. */
  void write(Chunk chunk) {
    long position = append(sealOf(chunk, new String(chunk.id(), StandardCharsets.US_ASCII)));
    if (position >= 0) {
      chunk.berth.sealedAt(position);
    }
  }

  private static Seal sealOf(Chunk chunk, String id) {
    return new Seal(id, chunk.tag(), chunk.berth.from(), chunk.berth.to(), chunk.events());
  }

  private long append(Seal seal) {
    byte[] bytes = SpoolFrames.seal(seal);
    int checksum = Spool.checksum(SpoolFrames.SEAL, bytes, bytes.length, NOTHING, 0, 0);
    return spool.append(SpoolFrames.SEAL, bytes, bytes.length, NOTHING, 0, 0, checksum);
  }

  /** Takes note of a chunk that has ended without a seal; {@link #settle} is to follow. */
  void ended(Chunk chunk) {
    rests.add(new Rest(chunk));
  }

  /** Whether all that has ended is settled or released. */
  boolean isSettled() {
    return rests.isEmpty();
  }

  /** Settles what has ended by a seal each, as long as there is room for them. */
  void settle() {
    for (Rest rest = rests.peek(); rest != null; rest = rests.peek()) {
      if (rest.seal.to() > spool.start()) {
        long position = append(rest.seal);
        if (position < 0) {
          return;
        }
        spool.settle(position);
      }
      rests.remove();
    }
  }

  /** Settles what has ended entry by entry, in the oldest of the files that have any. */
  void settleFile() {
    long first = rests.stream().mapToLong(rest -> rest.from).min().orElse(Long.MAX_VALUE);
    long from = Math.max(first, spool.start());
    long to = spool.endOfFile(from);
    spool.read(
        from,
        to,
        (position, kind, settled, bytes, offset, length) -> {
          if (kind == SpoolFrames.ENTRY && !settled && has(position, bytes, offset, length)) {
            spool.settle(position);
          }
        });
    rests.removeIf(rest -> rest.isMarkedTo(to));
  }

  private boolean has(long position, byte[] bytes, int offset, int length) {
    for (Rest rest : rests) {
      if (rest.has(position, bytes, offset, length)) {
        return true;
      }
    }
    return false;
  }
}
