package dev.shiplog.pipeline;

import dev.shiplog.sink.Entry;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lends encodings to threads, platform or virtual, without ever making one wait: who finds none
 * gets a new one, and what there is no place for is left to the garbage collector.
 *
 * <p>A thread looks in the slot that its id points to. Slots are far apart, so that two threads do
 * not fight over a cache line.
 */
final class EncodingPool {
  private static final int MAX_SLOTS = 64;
  private static final int PADDING = 32;

  /** A buffer that one large event has grown is not worth keeping. */
  private static final int MAX_KEPT_BYTES = 64 * 1024;

  private final AtomicReferenceArray<Lease> slots;
  private final int mask;
  private final Supplier<Encoding> encodings;

  EncodingPool(Supplier<Encoding> encodings) {
    int wanted = Math.min(MAX_SLOTS, 4 * Runtime.getRuntime().availableProcessors());
    int size = Integer.highestOneBit(wanted * 2 - 1);
    this.mask = size - 1;
    this.slots = new AtomicReferenceArray<>(size * PADDING);
    this.encodings = encodings;
  }

  /** An encoding that is nobody else's until it is given back. */
  Lease take() {
    @Nullable Lease lease = slots.getAndSet(slot(), null);
    return lease != null ? lease : new Lease(encodings.get());
  }

  /** Takes back what was lent; not to be called for one that failed with an error of the JVM. */
  void give(Lease lease) {
    if (lease.encoding.heldBytes() <= MAX_KEPT_BYTES) {
      slots.lazySet(slot(), lease);
    }
  }

  @SuppressWarnings("deprecation") // getId: threadId() is not there on 17
  private int slot() {
    long id = Thread.currentThread().getId();
    return ((int) (id ^ id >>> 7) & mask) * PADDING;
  }

  /** An encoding and the entry that carries its bytes. */
  static final class Lease {
    final Encoding encoding;
    final Entry entry = new Entry();

    Lease(Encoding encoding) {
      this.encoding = encoding;
    }
  }
}
