package dev.shiplog.stdout;

import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import java.time.Duration;

/**
 * Writes each record by the thread that logged it, in one write: an entry is a whole record with
 * its newline.
 *
 * <p>When {@link #accept} returns, the record is with the kernel or counted as dropped. A slow
 * reader makes the caller wait, as {@code System.out} does. Nothing is buffered, so there is
 * nothing to drain, and {@link #close} releases nothing: what is logged after it is still written.
 */
public final class StdoutSink implements Sink {
  private final Lanes lanes;
  private final Meters meters;

  StdoutSink(Lanes lanes, Meters meters) {
    this.lanes = lanes;
    this.meters = meters;
  }

  /** A sink on the process's own streams, synchronous or not as the settings say. */
  public static Sink open(
      StdoutSettings settings, ProcessStreams streams, Meters meters, Status status) {
    Lanes lanes = Lanes.of(settings, streams, status);
    return settings.async()
        ? new AsyncStdoutSink(lanes, settings, meters, status)
        : new StdoutSink(lanes, meters);
  }

  @Override
  public Outcome accept(Entry entry) {
    int level = entry.level();
    boolean written = lanes.of(level).write(entry.bytes(), entry.offset(), entry.length(), 1);
    if (!written) {
      meters.failed(entry.length(), DropReason.WRITE_FAILED, level);
      return Outcome.DROPPED;
    }
    meters.passed(entry.length());
    return Outcome.ACCEPTED;
  }

  @Override
  public void drain(Duration timeout) {}

  @Override
  public void close(Duration timeout) {}
}
