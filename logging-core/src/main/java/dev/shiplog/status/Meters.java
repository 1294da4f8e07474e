package dev.shiplog.status;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The counters of one pipeline; an event that became several records counts as so many. Safe for
 * any thread; nothing here blocks or allocates but {@link #snapshot()}.
 *
 * <p>At rest {@code offered = accepted + refused} and {@code accepted + recovered = delivered +
 * pending + dropped}. {@code pending} is counted by whoever holds the events, never derived. Where
 * that holder counts under a lock and has given it ({@link #countedUnder}), every snapshot
 * balances, not only one at rest.
 */
public final class Meters {
  /** How many severities dropped events are told apart by. */
  public static final int LEVELS = 5;

  /** Guarded by {@link #counting}, as the bytes of these events: a caller of forward holds it. */
  private long accepted;

  private long acceptedBytes;

  /** Events that were accepted and delivered at once, which are in neither of those. */
  private final LongAdder passed = new LongAdder();

  private final LongAdder refused = new LongAdder();
  private final LongAdder recovered = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder truncated = new LongAdder();
  private final LongAdder passedBytes = new LongAdder();
  private final LongAdder encodeFailures = new LongAdder();
  private final LongAdder chunksAcked = new LongAdder();
  private final LongAdder chunksRetried = new LongAdder();
  private final LongAdder chunksRejected = new LongAdder();
  private final LongAdder ackNanos = new LongAdder();
  private final LongAdder retagged = new LongAdder();
  private final LongAdder renamed = new LongAdder();
  private final AtomicLongArray dropped = new AtomicLongArray(DropReason.values().length * LEVELS);
  private final AtomicLong lost = new AtomicLong();
  private volatile LongSupplier pending = () -> 0;
  private volatile LongSupplier bufferBytes = () -> 0;
  private volatile LongSupplier spoolBytes = () -> 0;
  private volatile Lock counting = new ReentrantLock();
  private volatile boolean endpointUp;

  /**
   * Counts one event of {@code size} encoded bytes that the sink took; only for who holds the lock
   * of {@link #countedUnder}.
   */
  public void accepted(int size) {
    accepted++;
    acceptedBytes += size;
  }

  /** Counts one event of {@code size} encoded bytes that was taken and given up in one. */
  public void failed(int size, DropReason reason, int level) {
    Lock lock = counting;
    lock.lock();
    try {
      accepted(size);
      dropped(reason, level, 1);
    } finally {
      lock.unlock();
    }
  }

  /** Counts one event of {@code size} encoded bytes that was taken and handed over in one. */
  public void passed(int size) {
    passed.increment();
    passedBytes.add(size);
  }

  /** Counts one event that the sink did not take. */
  public void refused() {
    refused.increment();
  }

  /** Counts events that a spool brought back from an earlier life. */
  public void recovered(long events) {
    recovered.add(events);
  }

  /** Counts events that were handed over: written, or acknowledged. */
  public void delivered(long events) {
    delivered.add(events);
  }

  /**
   * Counts events given up, by reason and severity index; one whose rate is limited is accepted by
   * that too.
   */
  public void dropped(DropReason reason, int level, long events) {
    dropped.addAndGet(reason.ordinal() * LEVELS + level, events);
    if (reason.isLoss()) {
      lost.addAndGet(events);
    }
  }

  /** Counts one event that was cut to the byte budget. */
  public void truncated() {
    truncated.increment();
  }

  /** Counts one event that could not be encoded as it was. */
  public void encodeFailure() {
    encodeFailures.increment();
  }

  /** Counts a chunk that was acknowledged {@code nanos} after it was sent. */
  public void chunkAcked(long nanos) {
    chunksAcked.increment();
    ackNanos.add(nanos);
  }

  /** Counts a chunk that is sent again. */
  public void chunkRetried() {
    chunksRetried.increment();
  }

  /** Counts a chunk that was given up. */
  public void chunkRejected() {
    chunksRejected.increment();
  }

  /** Counts one event that went under the constant tag, since its own was one too many. */
  public void retagged() {
    retagged.increment();
  }

  /** Counts objects that nesting had to call otherwise, since a value has their name. */
  public void renamed(int objects) {
    renamed.add(objects);
  }

  /** Says whether the last attempt to reach an endpoint succeeded. */
  public void endpointUp(boolean up) {
    endpointUp = up;
  }

  /** Installs the gauges; each is read when a snapshot is taken. */
  public void gauges(LongSupplier pending, LongSupplier bufferBytes, LongSupplier spoolBytes) {
    this.pending = pending;
    this.bufferBytes = bufferBytes;
    this.spoolBytes = spoolBytes;
  }

  /**
   * Names the lock under which events are accepted, delivered and dropped, so that a snapshot shows
   * one moment. Whoever holds it must not wait for anything.
   */
  public void countedUnder(Lock lock) {
    counting = lock;
  }

  /** How many events went under the constant tag. */
  public long retaggedTotal() {
    return retagged.sum();
  }

  /** How many events of one severity were dropped for one reason. */
  public long dropped(DropReason reason, int level) {
    return dropped.get(reason.ordinal() * LEVELS + level);
  }

  /** How many events are lost for good: one read, for the event path. */
  public long lost() {
    return lost.get();
  }

  /** How many events were handed over. */
  public long delivered() {
    return delivered.sum() + passed.sum();
  }

  /** All values at one moment. */
  public Snapshot snapshot() {
    Lock lock = counting;
    lock.lock();
    try {
      return read();
    } finally {
      lock.unlock();
    }
  }

  private Snapshot read() {
    long atOnce = passed.sum();
    Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
    Map<DropReason, List<Long>> byLevel = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      List<Long> levels = new ArrayList<>(LEVELS);
      long sum = 0;
      for (int level = 0; level < LEVELS; level++) {
        long events = dropped(reason, level);
        levels.add(events);
        sum += events;
      }
      byReason.put(reason, sum);
      byLevel.put(reason, List.copyOf(levels));
    }
    return new Snapshot(
        accepted + atOnce + byReason.getOrDefault(DropReason.RATE_LIMITED, 0L),
        refused.sum(),
        recovered.sum(),
        delivered.sum() + atOnce,
        pending.getAsLong(),
        Map.copyOf(byReason),
        Map.copyOf(byLevel),
        truncated.sum(),
        acceptedBytes + passedBytes.sum(),
        encodeFailures.sum(),
        chunksAcked.sum(),
        chunksRetried.sum(),
        chunksRejected.sum(),
        ackNanos.sum(),
        bufferBytes.getAsLong(),
        spoolBytes.getAsLong(),
        endpointUp,
        retagged.sum(),
        renamed.sum());
  }

  /**
   * The meters at one moment.
   *
   * @param droppedByLevel the same events as {@code dropped}, by severity index within each reason
   * @param bytes encoded bytes of all accepted events
   * @param ackNanos sum of the times from sending to acknowledgement, in nanoseconds
   * @param bufferBytes bytes of memory that hold pending events
   * @param spoolBytes bytes on disk that hold pending events
   * @param endpointUp whether the last attempt to reach an endpoint succeeded
   * @param retagged events sent under the constant tag, beyond {@code maxTags}
   * @param renamed objects of nested records called {@code name_}, since a value has their name
   */
  public record Snapshot(
      long accepted,
      long refused,
      long recovered,
      long delivered,
      long pending,
      Map<DropReason, Long> dropped,
      Map<DropReason, List<Long>> droppedByLevel,
      long truncated,
      long bytes,
      long encodeFailures,
      long chunksAcked,
      long chunksRetried,
      long chunksRejected,
      long ackNanos,
      long bufferBytes,
      long spoolBytes,
      boolean endpointUp,
      long retagged,
      long renamed) {

    /** Events that were offered to the sink. */
    public long offered() {
      return accepted + refused;
    }

    /** Events given up, for whatever reason. */
    public long droppedTotal() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every accepted event is delivered, pending or counted as dropped. */
    public boolean balanced() {
      return accepted + recovered == delivered + pending + droppedTotal();
    }
  }
}
