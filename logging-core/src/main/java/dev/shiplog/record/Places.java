package dev.shiplog.record;

import java.util.Arrays;

/**
 * Where in the buffer the long texts of a record lie, and the two numbers that are known only once
 * it is split: in the order of their positions. Not thread-safe; reused.
 */
final class Places {
  /** In place of an end: here goes the number of the part. */
  static final int PART = -1;

  /** In place of an end: here goes the number of parts. */
  static final int PARTS = -2;

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  /** Adds those of {@code others} that lie in what was copied from there. */
  void addCopied(Places others, int from, int to, int position) {
    for (int i = others.firstFrom(from); i < others.size && others.starts[i] < to; i++) {
      int end = others.ends[i];
      add(others.starts[i] - from + position, end < 0 ? end : end - from + position);
    }
  }

  private int firstFrom(int position) {
    int found = Arrays.binarySearch(starts, 0, size, position);
    return found < 0 ? -found - 1 : found;
  }

  void rewind(int position) {
    while (size > 0 && starts[size - 1] >= position) {
      size--;
    }
  }

  int size() {
    return size;
  }

  int start(int index) {
    return starts[index];
  }

  /** Where the text ends, or {@link #PART} or {@link #PARTS}. */
  int end(int index) {
    return ends[index];
  }
}
