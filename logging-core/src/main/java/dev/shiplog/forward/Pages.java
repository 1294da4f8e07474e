package dev.shiplog.forward;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes one behind the other in pages of a {@link Slab}. Guarded by whoever guards the slab while
 * pages come and go; who alone reads or fills pages that are there needs no lock.
 */
final class Pages {
  private ByteBuffer[] pages = new ByteBuffer[4];
  private int count;
  private int length;

  int length() {
    return length;
  }

  /** How many more pages it takes to append {@code bytes}. */
  int missingFor(int bytes) {
    return Slab.pagesFor(length + bytes) - count;
  }

  /** Takes the pages that it takes to append {@code bytes}; they must have been reserved. */
  void grow(Slab slab, int bytes) {
    int needed = count + missingFor(bytes);
    if (needed > pages.length) {
      pages = Arrays.copyOf(pages, Math.max(needed, 2 * pages.length));
    }
    while (count < needed) {
      pages[count++] = slab.take();
    }
  }

  /** Appends bytes for which there are pages. */
  void append(byte[] source, int offset, int bytes) {
    int from = offset;
    int to = length;
    for (int left = bytes; left > 0; ) {
      int at = to & (Slab.PAGE - 1);
      int n = Math.min(left, Slab.PAGE - at);
      pages[to >> Slab.PAGE_BITS].put(at, source, from, n);
      from += n;
      to += n;
      left -= n;
    }
    length = to;
  }

  void read(int from, byte[] target, int bytes) {
    int to = 0;
    while (to < bytes) {
      int at = from + to & Slab.PAGE - 1;
      int n = Math.min(bytes - to, Slab.PAGE - at);
      pages[from + to >> Slab.PAGE_BITS].get(at, target, to, n);
      to += n;
    }
  }

  /** How many pages hold bytes. */
  int count() {
    return Slab.pagesFor(length);
  }

  /** One page from its first to behind its last byte. */
  ByteBuffer page(int index) {
    int limit = Math.min(Slab.PAGE, length - (index << Slab.PAGE_BITS));
    return pages[index].clear().limit(limit);
  }

  /** Forgets the bytes and gives the pages back. */
  void release(Slab slab) {
    length = 0;
    while (count > 0) {
      slab.give(pages[--count]);
    }
  }
}
