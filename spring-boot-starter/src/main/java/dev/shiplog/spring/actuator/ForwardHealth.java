package dev.shiplog.spring.actuator;

import dev.shiplog.PipelineReport;
import dev.shiplog.Shiplog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How forwarding is doing, judged when somebody asks. An endpoint counts as unreachable from the
 * first time that it was seen so with events waiting. Safe for any thread.
 */
final class ForwardHealth {
  private final HealthProperties limits;
  private final Supplier<List<PipelineReport>> pipelines;
  private final LongSupplier nanoClock;
  private final Map<String, Long> unreachableSince = new ConcurrentHashMap<>();

  ForwardHealth(HealthProperties limits) {
    this(limits, Shiplog::pipelines, System::nanoTime);
  }

  ForwardHealth(
      HealthProperties limits, Supplier<List<PipelineReport>> pipelines, LongSupplier nanoClock) {
    this.limits = limits;
    this.pipelines = pipelines;
    this.nanoClock = nanoClock;
  }

  /**
   * What is found.
   *
   * @param inService whether the application may go on taking requests
   */
  record Finding(boolean inService, Map<String, Object> details) {}

  Finding look() {
    Map<String, Object> details = new LinkedHashMap<>();
    boolean good = true;
    for (PipelineReport pipeline : pipelines.get()) {
      if (pipeline.kind().equals("fluentd")) {
        Map<String, Object> detail = look(pipeline);
        good &= detail.get("state") == State.UP;
        details.put(pipeline.name(), detail);
      }
    }
    return new Finding(good || !limits.isOutOfService(), details);
  }

  private enum State {
    UP,
    OUT_OF_SERVICE
  }

  private Map<String, Object> look(PipelineReport pipeline) {
    Duration unreachable = unreachable(pipeline);
    double share = share(pipeline);
    boolean bad =
        unreachable.compareTo(limits.getUnreachableFor()) > 0 && share > limits.getBufferShare();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("state", bad ? State.OUT_OF_SERVICE : State.UP);
    detail.put("endpointUp", pipeline.meters().endpointUp());
    detail.put("unreachableSeconds", unreachable.toSeconds());
    detail.put("pendingEvents", pipeline.meters().pending());
    detail.put("bufferPercent", Math.round(share * 100));
    return detail;
  }

  private Duration unreachable(PipelineReport pipeline) {
    if (pipeline.meters().endpointUp() || pipeline.meters().pending() == 0) {
      unreachableSince.remove(pipeline.name());
      return Duration.ZERO;
    }
    long now = nanoClock.getAsLong();
    Long since = unreachableSince.putIfAbsent(pipeline.name(), now);
    return Duration.ofNanos(since == null ? 0 : now - since);
  }

  /** Of the spool where there is one: the buffer is behind it only while a disk is out of order. */
  private static double share(PipelineReport pipeline) {
    double used =
        pipeline.spoolLimit() > 0
            ? pipeline.meters().spoolBytes()
            : pipeline.meters().bufferBytes();
    double limit = pipeline.spoolLimit() > 0 ? pipeline.spoolLimit() : pipeline.bufferLimit();
    return limit == 0 ? 0 : used / limit;
  }
}
