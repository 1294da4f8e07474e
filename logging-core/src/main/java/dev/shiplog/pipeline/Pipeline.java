package dev.shiplog.pipeline;

import dev.shiplog.event.LogEvent;
import dev.shiplog.pipeline.EncodingPool.Lease;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Losses;
import dev.shiplog.status.Meters;
import dev.shiplog.worker.ShiplogThread;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of an event from a framework's call to a sink: encoded here, on the caller's thread, and
 * handed over as bytes. Safe for any thread; never throws into the application.
 */
public final class Pipeline {
  static final long TELL_LOSSES_EVERY_NANOS = 10_000_000_000L;

  private final Meters meters;
  private final Losses losses;
  private final Sink sink;
  private final Function<LogEvent, String> tags;
  private volatile @Nullable String ownLoggers;
  private volatile @Nullable LoggerRates rates;
  private volatile EncodingPool pool;

  /**
   * A pipeline into {@code sink}, which it owns from now on.
   *
   * @param tags the route of an event; empty where the sink has none
   */
  public Pipeline(
      Supplier<Encoding> encodings, Function<LogEvent, String> tags, Sink sink, Meters meters) {
    this.pool = new EncodingPool(encodings);
    this.tags = tags;
    this.sink = sink;
    this.meters = meters;
    this.losses = new Losses(meters, TELL_LOSSES_EVERY_NANOS);
  }

  /** Takes nothing, from now on, of loggers whose names begin with {@code prefix}. */
  public void refuseLoggers(String prefix) {
    ownLoggers = prefix;
  }

  /** Lets no more of each logger's events pass, from now on, than {@code rates} admits. */
  public void limit(LoggerRates rates) {
    this.rates = rates;
  }

  /** Encodes the event and hands it over, unless its logger has had enough. */
  public void log(LogEvent event) {
    String own = ownLoggers;
    if (ShiplogThread.isCurrent() || own != null && event.logger().startsWith(own)) {
      // What shiplog's own threads log, by way of a library, would beget the next event; so would
      // what a client logs on threads of its own.
      meters.refused();
      return;
    }
    relay(event);
  }

  /** The same for an event of the application's, though one of our own threads may bring it. */
  public void relay(LogEvent event) {
    LoggerRates limit = rates;
    if (limit == null || limit.admits(event.logger(), System.nanoTime())) {
      pass(event);
    } else {
      meters.dropped(DropReason.RATE_LIMITED, event.severity().ordinal(), 1);
    }
    tellLosses();
  }

  /** Tells in the stream what has been dropped, if that is due; workers call it when idle. */
  public void tellLosses() {
    if (losses.any() && losses.due(System.nanoTime())) {
      tellLossesNow();
    }
  }

  private void tellLossesNow() {
    Losses.Report report = losses.take();
    boolean told = report.isEmpty();
    try {
      told = told || pass(new LossEvent(report));
    } finally {
      if (!told) {
        losses.restore(report);
      }
    }
  }

  /** Encodes differently from the next event on, because more is known of the container. */
  public void encodings(Supplier<Encoding> encodings) {
    pool = new EncodingPool(encodings);
  }

  private boolean pass(LogEvent event) {
    EncodingPool pool = this.pool;
    Lease lease = pool.take();
    Outcome outcome;
    try {
      if (!lease.encoding.encode(event)) {
        meters.truncated();
      }
      int renamed = lease.encoding.renamed();
      if (renamed > 0) {
        meters.renamed(renamed);
      }
      String tag = tags.apply(event);
      int level = event.severity().ordinal();
      outcome = accept(lease, tag, level);
      while (lease.encoding.next()) {
        Outcome more = accept(lease, tag, level);
        outcome = more == Outcome.ACCEPTED ? outcome : more;
      }
    } catch (Throwable failure) {
      // The lease is not given back: nobody knows what state it is in.
      if (failure instanceof Error error && ValueWriter.mustPass(error)) {
        throw error;
      }
      meters.encodeFailure();
      meters.refused();
      return false;
    }
    pool.give(lease);
    return outcome == Outcome.ACCEPTED;
  }

  private Outcome accept(Lease lease, String tag, int level) {
    Encoding encoded = lease.encoding;
    return sink.accept(lease.entry.set(encoded.bytes(), 0, encoded.length(), tag, level));
  }

  /** The counters of this pipeline. */
  public Meters meters() {
    return meters;
  }

  /** Hands over what is buffered as far as it goes within {@code timeout}; stays open. */
  public void drain(Duration timeout) {
    sink.drain(timeout);
  }

  /** For the end of the JVM: drains, and buffers nothing any more that could be lost. */
  public void retire(Duration timeout) {
    tellLossesNow();
    sink.retire(timeout);
  }

  /** Drains within {@code timeout} and releases everything. */
  public void close(Duration timeout) {
    tellLossesNow();
    sink.close(timeout);
  }
}
