package dev.shiplog.forward;

import java.nio.ByteBuffer;

/**
 * The memory of all chunks of a sink: pages of 4 KB, up to a bound, used again and again, the one
 * freed last first since it is still in the cache. Grows by 256 KB outside the heap, from where the
 * kernel takes bytes without another copy. Not thread-safe.
 */
final class Slab {
  static final int PAGE_BITS = 12;
  static final int PAGE = 1 << PAGE_BITS;
  private static final int SEGMENT_PAGES = 64;

  private final int capacity;
  private ByteBuffer[] free = new ByteBuffer[SEGMENT_PAGES];
  private int freeCount;
  private int allocated;
  private boolean direct = true;

  /** Memory of at most {@code maxBytes}, but of one page at least. */
  Slab(long maxBytes) {
    capacity = (int) Math.max(1, Math.min(maxBytes >> PAGE_BITS, Integer.MAX_VALUE >> PAGE_BITS));
  }

  /** How many pages {@code bytes} need. */
  static int pagesFor(int bytes) {
    return (int) ((bytes + (PAGE - 1L)) >> PAGE_BITS);
  }

  /** Makes sure that {@code pages} can be taken; false if the bound does not allow it. */
  boolean reserve(int pages) {
    while (freeCount < pages) {
      if (allocated == capacity) {
        return false;
      }
      grow();
    }
    return true;
  }

  private void grow() {
    int pages = Math.min(SEGMENT_PAGES, capacity - allocated);
    if (free.length < allocated + pages) {
      int length = Math.min(capacity, Math.max(2 * free.length, allocated + pages));
      ByteBuffer[] longer = new ByteBuffer[length];
      System.arraycopy(free, 0, longer, 0, freeCount);
      free = longer;
    }
    ByteBuffer segment = allocate(pages << PAGE_BITS);
    ByteBuffer[] slices = new ByteBuffer[pages];
    for (int i = 0; i < pages; i++) {
      slices[i] = segment.slice(i << PAGE_BITS, PAGE);
    }
    // nothing can fail from here on: an OutOfMemoryError above leaves the slab as it was
    System.arraycopy(slices, 0, free, freeCount, pages);
    freeCount += pages;
    allocated += pages;
  }

  private ByteBuffer allocate(int bytes) {
    if (direct) {
      try {
        return ByteBuffer.allocateDirect(bytes);
      } catch (OutOfMemoryError e) {
        // -XX:MaxDirectMemorySize: asking again would run the collector and sleep each time
        direct = false;
      }
    }
    return ByteBuffer.allocate(bytes);
  }

  /** A page that was reserved. */
  ByteBuffer take() {
    return free[--freeCount];
  }

  void give(ByteBuffer page) {
    free[freeCount++] = page.clear();
  }

  int capacity() {
    return capacity;
  }

  long bytesInUse() {
    return (long) (allocated - freeCount) << PAGE_BITS;
  }
}
