package dev.shiplog.spool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a segment file turns out to hold when it is found.
 *
 * @param header the first that is whole; null if neither is
 * @param from before this offset frames are done with
 * @param end behind the last frame
 * @param frames how many are not done with
 * @param damage in what is not done with
 */
record SegmentCheck(
    SegmentFormat.@Nullable Header header, int from, int end, int frames, Damage damage) {
  private static final Damage UNREADABLE = new Damage(0, 0, 1);

  /** A file of which nothing can be read. */
  static final SegmentCheck EMPTY = new SegmentCheck(null, 0, 0, 0, UNREADABLE);

  /** Goes through a whole file; changes nothing. */
  static SegmentCheck of(ByteBuffer file) {
    SegmentFormat.Header first = SegmentFormat.header(file, 0);
    SegmentFormat.Header header =
        first != null ? first : SegmentFormat.header(file, SegmentFormat.limit(file.capacity()));
    if (header == null) {
      return EMPTY;
    }
    int limit = SegmentFormat.limit(header.segmentBytes());
    int from = SegmentFormat.released(file, header.generation());
    if (header.sequence() == 0 || from >= limit) {
      return new SegmentCheck(header, limit, limit, 0, Damage.NONE);
    }
    FrameWalk walk = new FrameWalk(file, header, from, limit, new byte[1 << 12]);
    int frames = 0;
    while (walk.next()) {
      frames++;
    }
    boolean whole = first != null && file.capacity() == header.segmentBytes();
    int places = walk.damaged();
    Damage damage = whole && places == 0 ? Damage.NONE : new Damage(places, 1, 0);
    return new SegmentCheck(header, from, walk.end(), frames, damage);
  }

  /** Whether it may be written over: there is nothing in it, and never was. */
  boolean isSpare() {
    return header != null && frames == 0 && damage.isNone();
  }
}
