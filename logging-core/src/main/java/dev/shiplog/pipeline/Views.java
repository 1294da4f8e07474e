package dev.shiplog.pipeline;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lends an adapter's event views, so that a logging call need not allocate one. Safe for any
 * thread, also for virtual ones: a view is found by the thread's number, belongs to whoever took
 * it, and where none is there a new one is made; nobody waits.
 */
public final class Views<V> {
  /** References from slot to slot: two cores never write to one cache line. */
  private static final int STRIDE = 32;

  private static final int SLOTS = 16;

  private final AtomicReferenceArray<V> slots = new AtomicReferenceArray<>(SLOTS * STRIDE);
  private final Supplier<V> factory;

  /** Lends what {@code factory} makes. */
  public Views(Supplier<V> factory) {
    this.factory = factory;
  }

  /** A view that is nobody else's until it is given back. */
  public V take() {
    @Nullable V view = slots.getAndSet(slot(), null);
    return view == null ? factory.get() : view;
  }

  /** Takes a view back, which must hold nothing of its event any more. */
  public void give(V view) {
    slots.setRelease(slot(), view);
  }

  @SuppressWarnings("deprecation") // getId: threadId() is not there on 17
  private static int slot() {
    return (int) (Thread.currentThread().getId() & (SLOTS - 1)) * STRIDE;
  }
}
