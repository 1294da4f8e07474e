package dev.shiplog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.schema.Schemas;
import dev.shiplog.schema.encoder.EventEncoder;
import dev.shiplog.schema.encoder.RecordOptions;
import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelineRateTest {
  private static final Supplier<Encoding> JSON = encodings();

  private final Meters meters = new Meters();
  private final Kept kept = new Kept();
  private final Pipeline pipeline = new Pipeline(JSON, event -> "", kept, meters);

  private static Supplier<Encoding> encodings() {
    EventEncoder encoder =
        EventEncoder.compile(
            Schemas.named("ecs").orElseThrow(),
            RecordOptions.defaults(Map.of(), 16_384),
            JsonWriter::new);
    return () -> new RecordEncoding(encoder);
  }

  private static LogEvent event(String logger, Severity severity) {
    TestEvent event = new TestEvent();
    event.logger = logger;
    event.severity = severity;
    return event;
  }

  private void log(String logger, Severity severity, int times) {
    for (int i = 0; i < times; i++) {
      pipeline.log(event(logger, severity));
    }
  }

  @Test
  void events_allPassUnlessThereIsALimit() {
    log("a", Severity.INFO, 1_000);

    assertThat(kept.records).hasSize(1_000);
  }

  @Test
  void heldBackEvents_areCountedAndToldByLevelAndTheCountsBalance() {
    pipeline.limit(new LoggerRates(5, Duration.ofHours(1)));
    log("noisy", Severity.INFO, 7);
    log("noisy", Severity.ERROR, 3);
    log("calm", Severity.INFO, 1);

    assertThat(kept.records).hasSize(5 + 1 + 1);
    assertThat(kept.records.get(6))
        .containsEntry("log.level", "WARN")
        .containsEntry("message", "5 events were dropped")
        .containsEntry("dropped.total", BigInteger.valueOf(5))
        .containsEntry("dropped.rate_limited.info", BigInteger.valueOf(2))
        .containsEntry("dropped.rate_limited.error", BigInteger.valueOf(3));
    Meters.Snapshot snapshot = meters.snapshot();
    assertThat(snapshot.dropped()).containsEntry(DropReason.RATE_LIMITED, 5L);
    assertThat(snapshot.offered()).isEqualTo(12);
    assertThat(snapshot.delivered()).isEqualTo(7);
    assertThat(snapshot.balanced()).isTrue();
  }

  @Test
  void lastHeldBackEvents_areToldAtTheEnd() {
    pipeline.limit(new LoggerRates(1, Duration.ofHours(1)));
    log("noisy", Severity.INFO, 4);
    pipeline.close(Duration.ZERO);

    assertThat(kept.records.get(1)).containsEntry("message", "3 events were dropped");
  }

  @Test
  void oneHeldBackEvent_isToldInTheSingular() {
    pipeline.limit(new LoggerRates(1, Duration.ofHours(1)));
    log("noisy", Severity.INFO, 2);
    pipeline.close(Duration.ZERO);

    assertThat(kept.records.get(1)).containsEntry("message", "1 event was dropped");
  }

  @Test
  void encodersHeldBackEvents_areToldInALineOfTheirOwn() {
    RecordBytes bytes = RecordBytes.of(JSON);
    bytes.limit(new LoggerRates(2, Duration.ofHours(1)));
    List<String> lines = new ArrayList<>();
    for (String logger : List.of("noisy", "noisy", "noisy", "noisy", "calm", "calm")) {
      String text = new String(bytes.encode(event(logger, Severity.INFO)), StandardCharsets.UTF_8);
      text.lines().forEach(lines::add);
    }

    assertThat(lines).hasSize(2 + 2 + 1);
    List<Map<String, @Nullable Object>> records =
        lines.stream()
            .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
            .map(line -> Foreign.line(line, line.length))
            .toList();
    assertThat(records.get(3))
        .containsEntry("message", "2 events were dropped")
        .containsEntry("dropped.rate_limited.info", BigInteger.TWO);
    assertThat(records.get(4)).containsEntry("log.logger", "calm");
  }

  /** A sink that has what it took. */
  private final class Kept implements Sink {
    final List<Map<String, @Nullable Object>> records = new ArrayList<>();

    @Override
    public Outcome accept(Entry entry) {
      int from = entry.offset();
      byte[] record = Arrays.copyOfRange(entry.bytes(), from, from + entry.length());
      records.add(Foreign.line(record, record.length));
      meters.accepted(record.length);
      meters.delivered(1);
      return Outcome.ACCEPTED;
    }

    @Override
    public void drain(Duration timeout) {}

    @Override
    public void close(Duration timeout) {}
  }
}
