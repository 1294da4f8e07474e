package dev.shiplog.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.Severity;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Meters.Snapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a registry shows of pipelines that come and go. */
final class PipelineMetersTest {
  private final Map<String, Snapshot> pipelines = new TreeMap<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final PipelineMeters meters =
      new PipelineMeters(
          () -> pipelines,
          watcher -> {
            watchers.add(watcher);
            return () -> watchers.remove(watcher);
          });

  private void runs(String appender, Snapshot snapshot) {
    pipelines.put(appender, snapshot);
    watchers.forEach(Runnable::run);
  }

  private void ends(String appender) {
    pipelines.remove(appender);
    watchers.forEach(Runnable::run);
  }

  private List<String> appenders() {
    return registry.find("shiplog.accepted").meters().stream()
        .map(meter -> meter.getId().getTag("appender"))
        .sorted()
        .toList();
  }

  @Test
  void dropped_isCountedByReasonAndLevel() {
    runs("FLUENTD", Reports.dropped(DropReason.OVERFLOW, Severity.WARN, 3));
    meters.bindTo(registry);

    assertThat(dropped("overflow", "warn")).isEqualTo(3);
    assertThat(dropped("overflow", "info")).isZero();
    assertThat(dropped("expired", "warn")).isZero();
    assertThat(registry.find("shiplog.dropped").meters())
        .hasSize(DropReason.values().length * Meters.LEVELS);
  }

  private double dropped(String reason, String level) {
    return registry
        .get("shiplog.dropped")
        .tags("appender", "FLUENTD", "reason", reason, "level", level)
        .functionCounter()
        .count();
  }

  @Test
  void pipelineThatStartsLater_appears() {
    meters.bindTo(registry);
    assertThat(appenders()).isEmpty();

    runs("STDOUT", new Meters().snapshot());
    runs("FLUENTD", new Meters().snapshot());
    assertThat(appenders()).containsExactly("FLUENTD", "STDOUT");
  }

  @Test
  void pipelineThatEnds_leavesNoMeter() {
    runs("STDOUT", new Meters().snapshot());
    runs("FLUENTD", new Meters().snapshot());
    meters.bindTo(registry);

    ends("FLUENTD");
    assertThat(registry.getMeters())
        .isNotEmpty()
        .allMatch(meter -> "STDOUT".equals(meter.getId().getTag("appender")));
    ends("STDOUT");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void everyRegistry_hasThem() {
    SimpleMeterRegistry second = new SimpleMeterRegistry();
    meters.bindTo(registry);
    meters.bindTo(second);
    runs("STDOUT", new Meters().snapshot());

    assertThat(second.find("shiplog.pending").gauges()).hasSize(1);
    assertThat(appenders()).containsExactly("STDOUT");
  }

  @Test
  void closed_followsNoLonger() {
    meters.bindTo(registry);
    meters.close();

    assertThat(watchers).isEmpty();
  }
}
