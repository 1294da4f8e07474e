package dev.shiplog.pipeline;

import dev.shiplog.event.LogEvent;
import dev.shiplog.pipeline.EncodingPool.Lease;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.status.Losses;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Encodes events for somebody else's appender: an encoder or a layout. Safe for any thread. */
public final class RecordBytes {
  private static final byte[] NOTHING = {};

  private volatile @Nullable EncodingPool pool;
  private volatile Runnable onStop = () -> {};
  private volatile @Nullable EncoderLimit limit;

  private RecordBytes(@Nullable EncodingPool pool) {
    this.pool = pool;
  }

  /** Encodes with what {@code encodings} makes. */
  public static RecordBytes of(Supplier<Encoding> encodings) {
    return new RecordBytes(new EncodingPool(encodings));
  }

  /** Encodes no event: a setting on which safety depends is wrong. */
  public static RecordBytes nothing() {
    return new RecordBytes(null);
  }

  /**
   * The event as one line of bytes of its own, or several; empty where events are not to be
   * written, where this one cannot be, or where its logger has had enough.
   */
  public byte[] encode(LogEvent event) {
    Own own = new Own();
    encode(event, own, Own::copy);
    return own.bytes;
  }

  /**
   * Hands the event to {@code destination} by way of {@code how}, line by line, which must not keep
   * the array; not at all where {@link #encode(LogEvent)} returns nothing. What {@code how} throws
   * is thrown.
   */
  public <D> void encode(LogEvent event, D destination, Writing<D> how) {
    EncodingPool pool = this.pool;
    EncoderLimit limit = this.limit;
    if (pool == null || limit != null && !limit.admits(event)) {
      return;
    }
    Losses.Report report = limit == null ? null : limit.due();
    if (limit != null && report != null) {
      boolean told = false;
      try {
        told = write(new LossEvent(report), pool, destination, how);
      } finally {
        if (!told) {
          limit.restore(report);
        }
      }
    }
    boolean unused = write(event, pool, destination, how);
  }

  /** Returns whether the event could be encoded. */
  private static <D> boolean write(
      LogEvent event, EncodingPool pool, D destination, Writing<D> how) {
    Lease lease = pool.take();
    try {
      lease.encoding.encode(event);
    } catch (Throwable failure) {
      // The lease is not given back: nobody knows what state it is in.
      if (failure instanceof Error error && ValueWriter.mustPass(error)) {
        throw error;
      }
      return false;
    }
    try {
      do {
        how.write(destination, lease.encoding.bytes(), 0, lease.encoding.length());
      } while (lease.encoding.next());
    } finally {
      pool.give(lease);
    }
    return true;
  }

  /** Encodes differently from the next event on, because more is known of the container. */
  public void encodings(Supplier<Encoding> encodings) {
    pool = new EncodingPool(encodings);
  }

  /**
   * Lets no more of each logger's events pass, from now on, than {@code rates} admits; what is held
   * back is told in a line before the next event, every ten seconds at most.
   */
  public void limit(LoggerRates rates) {
    limit = new EncoderLimit(rates);
  }

  /** Has {@code action} run at {@link #stop()}. */
  public void onStop(Runnable action) {
    onStop = action;
  }

  /** Ends what keeps this up to date; events are encoded all the same. */
  public void stop() {
    onStop.run();
  }

  /** How bytes get to a destination; without state, so that a call need not make one. */
  @FunctionalInterface
  public interface Writing<D> {
    /** Writes {@code length} bytes, which are others' when this returns. */
    void write(D destination, byte[] bytes, int offset, int length);
  }

  /** Bytes of an event that outlive the call. */
  private static final class Own {
    byte[] bytes = NOTHING;

    void copy(byte[] from, int offset, int length) {
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, before + length);
      System.arraycopy(from, offset, bytes, before, length);
    }
  }
}
