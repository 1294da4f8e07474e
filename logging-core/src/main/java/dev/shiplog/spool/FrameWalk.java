package dev.shiplog.spool;

import java.nio.ByteBuffer;

/**
 * Goes from one whole frame of a segment to the next, and finds its way behind damage: where no
 * frame begins, the next multiple of 8 is tried. For one walk, by one thread.
 */
final class FrameWalk {
  private static final byte[] NOTHING = {};

  private final ByteBuffer segment;
  private final int generation;
  private final int limit;
  private final int to;
  private byte[] bytes;
  private int next;
  private int behind;
  private int offset;
  private int length;
  private byte kind;
  private boolean settled;
  private int damaged;

  /**
   * Walks over the frames that begin from {@code from} to before {@code to}.
   *
   * @param bytes for the payloads; replaced by a larger one where it is too small
   */
  FrameWalk(ByteBuffer segment, SegmentFormat.Header header, int from, int to, byte[] bytes) {
    this.segment = segment;
    this.generation = header.generation();
    this.limit = Math.min(SegmentFormat.limit(header.segmentBytes()), segment.capacity());
    this.to = to;
    this.next = from;
    this.behind = from;
    this.bytes = bytes;
  }

  /** Moves to the next whole frame; false if there is none. */
  boolean next() {
    while (next < to && next + SegmentFormat.FRAME_HEAD <= limit) {
      long word = segment.getLong(next);
      int checksum = segment.getInt(next + 8);
      int end = next + SegmentFormat.frameBytes(SegmentFormat.length(word));
      if (end > limit || !SegmentFormat.isFrameWord(word, checksum, generation, next)) {
        next += SegmentFormat.ALIGNMENT;
        continue;
      }
      if (next > behind) {
        damaged++; // whatever lay between this frame and the one before
      }
      take(word);
      next = end;
      behind = end;
      if (SegmentFormat.checksum(kind, NOTHING, 0, bytes, 0, length) == checksum) {
        return true;
      }
      damaged++;
    }
    return false;
  }

  private void take(long word) {
    offset = next;
    length = SegmentFormat.length(word);
    kind = SegmentFormat.kind(word);
    settled = segment.getInt(offset + 12) == SegmentFormat.settledMark(generation, offset);
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, 2 * bytes.length)];
    }
    segment.get(offset + SegmentFormat.FRAME_HEAD, bytes, 0, length);
  }

  /** Where the frame begins. */
  int offset() {
    return offset;
  }

  byte kind() {
    return kind;
  }

  boolean settled() {
    return settled;
  }

  /** The payload's array: used again by {@link #next}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Behind the last frame that was seen. */
  int end() {
    return behind;
  }

  /**
   * How many places were found damaged; to be asked behind the last frame of a whole segment, where
   * a word that is not 0 is one too.
   */
  int damaged() {
    boolean clean = behind + SegmentFormat.FRAME_HEAD > limit || segment.getLong(behind) == 0;
    return clean ? damaged : damaged + 1;
  }
}
