package dev.shiplog.spring.actuator;

import dev.shiplog.PipelineReport;
import dev.shiplog.event.Severity;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.util.List;

/** Reports and meters of pipelines that do not exist. */
final class Reports {
  static final long BUFFER = 1000;
  static final long SPOOL = 10_000;

  private Reports() {}

  /** A forwarder without a spool. */
  static PipelineReport buffered(boolean up, long pending, long bufferBytes) {
    return forwarder(up, pending, bufferBytes, 0, 0);
  }

  /** A forwarder with one. */
  static PipelineReport spooled(long bufferBytes, long spoolBytes) {
    return forwarder(false, 1, bufferBytes, spoolBytes, SPOOL);
  }

  private static PipelineReport forwarder(
      boolean up, long pending, long bufferBytes, long spoolBytes, long spoolLimit) {
    Meters meters = new Meters();
    meters.gauges(() -> pending, () -> bufferBytes, () -> spoolBytes);
    meters.endpointUp(up);
    return new PipelineReport(
        "FLUENTD", "fluentd", List.of(), List.of(), meters.snapshot(), BUFFER, spoolLimit);
  }

  /** Counters after so many events of a level were dropped. */
  static Meters.Snapshot dropped(DropReason reason, Severity level, int events) {
    Meters meters = new Meters();
    for (int i = 0; i < events; i++) {
      meters.accepted(1);
      meters.dropped(reason, level.ordinal(), 1);
    }
    return meters.snapshot();
  }
}
