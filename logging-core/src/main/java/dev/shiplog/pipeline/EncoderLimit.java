package dev.shiplog.pipeline;

import dev.shiplog.event.LogEvent;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Losses;
import dev.shiplog.status.Meters;
import org.jspecify.annotations.Nullable;

/**
 * The rate limit of an encoder, which has no pipeline: what it holds back is counted here, and told
 * with an event that passes. Safe for any thread.
 */
final class EncoderLimit {
  private final LoggerRates rates;
  private final Meters meters = new Meters();
  private final Losses losses = new Losses(meters, Pipeline.TELL_LOSSES_EVERY_NANOS);

  EncoderLimit(LoggerRates rates) {
    this.rates = rates;
  }

  /** Whether the event may pass; one that may not is counted. */
  boolean admits(LogEvent event) {
    boolean admitted = rates.admits(event.logger(), System.nanoTime());
    if (admitted) {
      meters.delivered(1);
    } else {
      meters.dropped(DropReason.RATE_LIMITED, event.severity().ordinal(), 1);
    }
    return admitted;
  }

  /** What is to be told now of events that were held back, or null. */
  Losses.@Nullable Report due() {
    return losses.any() && losses.due(System.nanoTime()) ? losses.take() : null;
  }

  /** Takes back what could not be told. */
  void restore(Losses.Report report) {
    losses.restore(report);
  }
}
