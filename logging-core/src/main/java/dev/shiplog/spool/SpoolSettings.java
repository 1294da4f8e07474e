package dev.shiplog.spool;

import java.util.function.LongSupplier;

/**
 * What an owner wants of a spool.
 *
 * @param maxBytes of the files of a log and of what its owner has elsewhere, those that are
 *     prepared included; four segments at least
 * @param segmentBytes of one file, a multiple of 8
 * @param nanoTime the clock by which what failed is tried again
 * @param disk makes the files
 */
public record SpoolSettings(
    long maxBytes, int segmentBytes, LongSupplier nanoTime, SpoolDisk disk) {
  private static final int SEGMENTS = 4;
  private static final int MIN_SEGMENT = 64 << 10;

  public SpoolSettings {
    if (segmentBytes < SegmentFormat.MIN_SEGMENT
        || segmentBytes > SegmentFormat.MAX_SEGMENT
        || segmentBytes % SegmentFormat.ALIGNMENT != 0) {
      throw new IllegalArgumentException("segmentBytes: " + segmentBytes);
    }
    if (maxBytes < (long) SEGMENTS * segmentBytes) {
      throw new IllegalArgumentException(
          "maxBytes: " + maxBytes + ", must be four segments of " + segmentBytes + " at least");
    }
  }

  /**
   * A spool on the disk of this machine.
   *
   * @param maxBytes 256 KB at least; below 32 MB segments are a quarter of it
   */
  public static SpoolSettings of(long maxBytes) {
    int segment =
        (int)
            Math.min(
                SegmentFormat.MAX_SEGMENT,
                Math.max(MIN_SEGMENT, Long.highestOneBit(maxBytes / SEGMENTS)));
    return new SpoolSettings(maxBytes, segment, System::nanoTime, SpoolDisk.REAL);
  }
}
