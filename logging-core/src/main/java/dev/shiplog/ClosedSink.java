package dev.shiplog;

import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.Meters;
import java.time.Duration;

/** Refuses every event, because a setting on which safety depends is wrong. */
final class ClosedSink implements Sink {
  private final Meters meters;

  ClosedSink(Meters meters) {
    this.meters = meters;
  }

  @Override
  public Outcome accept(Entry entry) {
    meters.refused();
    return Outcome.REFUSED;
  }

  @Override
  public void drain(Duration timeout) {}

  @Override
  public void close(Duration timeout) {}
}
