package dev.shiplog.forward;

import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a chunk are in a spool, and the chunk's neighbours there. Guarded by the
 * lock of the {@link ChunkBuffer}.
 */
final class Berth {
  private static final long NOWHERE = -1;

  private @Nullable Journal journal;
  private long from;
  private long to;
  private long sealedAt;

  /** The chunks that began just before and just after this one: kept by the journal. */
  @Nullable Chunk older;

  @Nullable Chunk younger;

  void open(@Nullable Journal journal) {
    this.journal = journal;
    from = NOWHERE;
    to = NOWHERE;
    sealedAt = NOWHERE;
    older = null;
    younger = null;
  }

  /** Null for a chunk in memory. */
  @Nullable Journal journal() {
    return journal;
  }

  /** Whether no entry is in the spool. */
  boolean isEmpty() {
    return from == NOWHERE;
  }

  /** Reaches from now on to before {@code end}, from {@code position} if it was nowhere. */
  void reach(long position, long end) {
    if (isEmpty()) {
      from = position;
    }
    to = end;
  }

  /** The position of the first entry. */
  long from() {
    return from;
  }

  /** Behind the last entry. */
  long to() {
    return to;
  }

  void sealedAt(long position) {
    sealedAt = position;
  }

  /** The position of the seal. */
  long sealedAt() {
    return sealedAt;
  }

  boolean isSealed() {
    return sealedAt != NOWHERE;
  }
}
