package dev.shiplog.record;

import java.util.Arrays;

/**
 * The sizes of the long texts of a record, as a histogram: enough to find the length that all of
 * them must be cut to for the record to fit, the longest first.
 *
 * <p>Four buckets an octave from 64 bytes on; shorter texts are never cut and so not noted. Not
 * thread-safe.
 */
final class TextSizes {
  /** Texts of at most this many bytes are not worth cutting. */
  static final int SHORT = 64;

  private static final int FIRST_OCTAVE = 6;
  private static final int BUCKETS = (31 - FIRST_OCTAVE) * 4;

  private final int[] counts = new int[BUCKETS];
  private final long[] sums = new long[BUCKETS];
  private int lowest = BUCKETS;
  private int highest = -1;

  void clear() {
    if (highest >= 0) {
      Arrays.fill(counts, lowest, highest + 1, 0);
      Arrays.fill(sums, lowest, highest + 1, 0);
      lowest = BUCKETS;
      highest = -1;
    }
  }

  void add(long bytes) {
    int bucket = bucket(bytes);
    counts[bucket]++;
    sums[bucket] += bytes;
    lowest = Math.min(lowest, bucket);
    highest = Math.max(highest, bucket);
  }

  /** Takes back what was added. */
  void remove(long bytes) {
    int bucket = bucket(bytes);
    counts[bucket]--;
    sums[bucket] -= bytes;
  }

  /**
   * The largest length such that cutting every longer text to it saves at least {@code excess}
   * bytes, or -1 if even {@link #SHORT} does not.
   */
  int capThatSaves(long excess) {
    long countAbove = 0;
    long sumAbove = 0;
    for (int bucket = highest; bucket >= 0; bucket--) {
      countAbove += counts[bucket];
      sumAbove += sums[bucket];
      if (countAbove == 0) {
        continue;
      }
      long atFloor = sumAbove - countAbove * floor(bucket);
      if (atFloor >= excess) {
        return (int) ((sumAbove - excess) / countAbove);
      }
    }
    return -1;
  }

  private static int bucket(long size) {
    int bytes = (int) Math.min(size, Integer.MAX_VALUE >> 1);
    int octave = 31 - Integer.numberOfLeadingZeros(bytes);
    int quarter = (bytes >>> (octave - 2)) & 3;
    return (octave - FIRST_OCTAVE) * 4 + quarter;
  }

  private static int floor(int bucket) {
    int octave = bucket / 4 + FIRST_OCTAVE;
    return (1 << octave) + (bucket % 4 << (octave - 2));
  }
}
