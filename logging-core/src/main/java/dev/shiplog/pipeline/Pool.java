package dev.shiplog.pipeline;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lends what a logging call needs and should not allocate. Safe for any thread, platform or
 * virtual, without ever making one wait: who finds nothing gets something new, and what there is no
 * place for is left to the garbage collector.
 *
 * <p>A thread looks in the slot that its id points to. Slots are far apart, so that two threads do
 * not fight over a cache line.
 */
public final class Pool<T> {
  private static final int MAX_SLOTS = 64;

  /** References from slot to slot. */
  private static final int STRIDE = 32;

  private final AtomicReferenceArray<T> slots;
  private final int mask;
  private final Supplier<T> factory;

  /** Lends what {@code factory} makes. */
  public Pool(Supplier<T> factory) {
    int wanted = Math.min(MAX_SLOTS, 4 * Runtime.getRuntime().availableProcessors());
    int size = Integer.highestOneBit(wanted * 2 - 1);
    this.mask = size - 1;
    this.slots = new AtomicReferenceArray<>(size * STRIDE);
    this.factory = factory;
  }

  /** Something that is nobody else's until it is given back. */
  public T take() {
    @Nullable T lent = slots.getAndSet(slot(), null);
    return lent == null ? factory.get() : lent;
  }

  /** Takes back what was lent, which must hold nothing of its event any more. */
  public void give(T lent) {
    slots.setRelease(slot(), lent);
  }

  @SuppressWarnings("deprecation") // getId: threadId() is not there on 17
  private int slot() {
    long id = Thread.currentThread().getId();
    return ((int) (id ^ id >>> 7) & mask) * STRIDE;
  }
}
