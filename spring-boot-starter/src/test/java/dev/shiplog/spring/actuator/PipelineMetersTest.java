package dev.shiplog.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.Severity;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Meters.Snapshot;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a registry shows of pipelines that come and go. */
final class PipelineMetersTest {
  private final Map<String, Snapshot> pipelines = new TreeMap<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private long nanos;
  private final PipelineMeters meters =
      new PipelineMeters(
          () -> pipelines,
          watcher -> {
            watchers.add(watcher);
            return () -> watchers.remove(watcher);
          },
          () -> nanos);

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
  void scrape_isOfOneMoment() {
    AtomicInteger looks = new AtomicInteger();
    Meters counted = new Meters();
    Supplier<Map<String, Snapshot>> busy =
        () -> {
          looks.incrementAndGet();
          counted.accepted(1);
          counted.delivered(1);
          return Map.of("STDOUT", counted.snapshot(), "FLUENTD", counted.snapshot());
        };
    try (PipelineMeters read = new PipelineMeters(busy, watcher -> () -> {}, () -> nanos)) {
      read.bindTo(registry);
      for (int scrapes = 1; scrapes <= 3; scrapes++) {
        nanos += Scrape.PAUSE_NANOS + 1;
        int before = looks.get();
        registry.forEachMeter(this::takeAMillisecond);

        assertThat(looks).hasValue(before + 1);
        assertThat(count("accepted")).isEqualTo(looks.get());
        assertThat(count("delivered")).isEqualTo(looks.get());
      }
    }
  }

  @Test
  void steadyReader_isNotKeptAtOneMoment() {
    Meters counted = new Meters();
    Supplier<Map<String, Snapshot>> live = () -> Map.of("FLUENTD", counted.snapshot());
    try (PipelineMeters read = new PipelineMeters(live, watcher -> () -> {}, () -> nanos)) {
      read.bindTo(registry);
      counted.accepted(1);
      for (long passed = 0; passed < Scrape.LONGEST_NANOS; passed += Scrape.PAUSE_NANOS) {
        assertThat(count("accepted")).isZero();
        nanos += Scrape.PAUSE_NANOS;
      }
      nanos++;
      assertThat(count("accepted")).isEqualTo(1);
    }
  }

  private void takeAMillisecond(Meter meter) {
    meter.measure().forEach(Measurement::getValue);
    nanos += 1_000_000;
  }

  private double count(String meter) {
    return registry.get("shiplog." + meter).tag("appender", "FLUENTD").functionCounter().count();
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
