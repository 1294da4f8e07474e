package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shiplog.event.TestEvent;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.schema.Schemas;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which trace a record tells of: the MDC's, else that of OpenTelemetry's current span. */
class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String OTHER_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OTHER_SPAN = "00f067aa0ba902b7";

  private static final ObjectMapper JACKSON =
      new ObjectMapper().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

  private static JsonNode record(String schema, TestEvent event) {
    return record(schema, RecordOptions.defaults(Map.of(), 16384), event);
  }

  private static JsonNode record(String schema, RecordOptions options, TestEvent event) {
    EventEncoder encoder =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, JsonWriter::new);
    EncodeSession session = encoder.newSession();
    encoder.encode(new TestEvent().mdc("traceId", OTHER_TRACE), session);
    encoder.encode(event, session);
    String line = new String(session.bytes(), 0, session.length(), StandardCharsets.UTF_8);
    try {
      return JACKSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  private static TestEvent event() {
    TestEvent event = new TestEvent();
    event.thread = Thread.currentThread().getName();
    return event;
  }

  /** What is done while a span of {@code OTHER_TRACE} is current. */
  private static void within(TraceFlags flags, Runnable task) {
    SpanContext context =
        SpanContext.create(OTHER_TRACE, OTHER_SPAN, flags, TraceState.getDefault());
    Context.current().with(Span.wrap(context)).wrap(task).run();
  }

  @ParameterizedTest
  @CsvSource({"trace_id,span_id", "traceId,spanId", "trace.id,span.id"})
  void ecs_tellsTheTraceOnceUnderItsOwnNames(String traceKey, String spanKey) {
    TestEvent event = event().mdc("user", "vincent").mdc(traceKey, TRACE).mdc(spanKey, SPAN);

    JsonNode record = record("ecs", event);

    assertThat(record.path("trace.id").textValue()).isEqualTo(TRACE);
    assertThat(record.path("span.id").textValue()).isEqualTo(SPAN);
    assertThat(record.path("user").textValue()).isEqualTo("vincent");
    assertThat(record.toString()).containsOnlyOnce(TRACE).containsOnlyOnce(SPAN);
  }

  @Test
  void ecs_leavesTheFlagsInTheMdc() {
    TestEvent event = event().mdc("trace_id", TRACE).mdc("trace_flags", "01");

    assertThat(record("ecs", event).path("trace_flags").textValue()).isEqualTo("01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vincent",
        "00000000000000000000000000000000",
        "0000000000000000",
        "0af7651916cd43dd8448eb211c80319",
        "0af7651916cd43dd8448eb211c80319c0",
        "0af7651916cd43dd8448eb211c80319g"
      })
  void ecs_leavesInTheMdcWhatIsNoValidId(String id) {
    JsonNode record = record("ecs", event().mdc("traceId", id).mdc("trace.id", id));

    assertThat(record.has("trace.id")).isFalse();
    assertThat(record.path("traceId").textValue()).isEqualTo(id);
    assertThat(record.path("mdc.trace.id").textValue()).isEqualTo(id);
  }

  @Test
  void ecs_padsAnIdOf64BitsAndTellsItOnce() {
    TestEvent event = event().mdc("traceId", "A3CE929D0E0E4736").mdc("spanId", SPAN);

    JsonNode record = record("ecs", event);

    assertThat(record.path("trace.id").textValue()).isEqualTo("0000000000000000a3ce929d0e0e4736");
    assertThat(record.has("traceId")).isFalse();
  }

  @Test
  void ecs_leavesInTheMdcAnIdThatIsAnotherOne() {
    TestEvent event =
        event().mdc("traceId", TRACE).mdc("trace_id", TRACE).mdc("trace.id", OTHER_TRACE);

    JsonNode record = record("ecs", event);

    assertThat(record.path("trace.id").textValue()).isEqualTo(TRACE);
    assertThat(record.path("mdc.trace.id").textValue()).isEqualTo(OTHER_TRACE);
    assertThat(record.toString()).containsOnlyOnce(TRACE);
  }

  @Test
  void ecs_tellsTheTraceOnceWhenTheRecordIsWrittenAgain() {
    TestEvent event = event().message("m".repeat(5_000)).mdc("traceId", TRACE).mdc("spanId", SPAN);

    JsonNode record = record("ecs", RecordOptions.defaults(Map.of(), 1_000), event);

    assertThat(record.path("event.truncated").longValue()).isGreaterThan(5_000);
    assertThat(record.path("trace.id").textValue()).isEqualTo(TRACE);
    assertThat(record.toString()).containsOnlyOnce(TRACE).containsOnlyOnce(SPAN);
  }

  @Test
  void logstashAndGelf_leaveTheMdcAsItIs() {
    TestEvent event = event().mdc("traceId", TRACE).mdc("span_id", SPAN);
    within(
        TraceFlags.getSampled(),
        () -> {
          JsonNode logstash = record("logstash", event);
          JsonNode gelf = record("gelf", event);

          assertThat(logstash.path("traceId").textValue()).isEqualTo(TRACE);
          assertThat(logstash.path("span_id").textValue()).isEqualTo(SPAN);
          assertThat(gelf.path("_traceId").textValue()).isEqualTo(TRACE);
          assertThat(gelf.path("_span_id").textValue()).isEqualTo(SPAN);
          assertThat(logstash.toString() + gelf).doesNotContain(OTHER_TRACE, OTHER_SPAN);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "ecs,/trace.id,/span.id",
    "logstash,/trace_id,/span_id",
    "gelf,/_trace_id,/_span_id",
    "gcp,/logging.googleapis.com~1trace,/logging.googleapis.com~1spanId",
    "otlp,/resourceLogs/0/scopeLogs/0/logRecords/0/traceId,"
        + "/resourceLogs/0/scopeLogs/0/logRecords/0/spanId"
  })
  void currentSpan_isToldWhenTheMdcTellsOfNone(String schema, String trace, String span) {
    within(
        TraceFlags.getSampled(),
        () -> {
          JsonNode record = record(schema, event().mdc("user", "vincent"));

          assertThat(record.at(trace).textValue()).isEqualTo(OTHER_TRACE);
          assertThat(record.at(span).textValue()).isEqualTo(OTHER_SPAN);
          assertThat(record.toString()).containsOnlyOnce(OTHER_TRACE).containsOnlyOnce(OTHER_SPAN);
        });
    assertThat(record(schema, event()).toString()).doesNotContain(OTHER_TRACE, OTHER_SPAN);
  }

  @Test
  void currentSpan_tellsItsFlags() {
    within(
        TraceFlags.fromByte((byte) 0xFF),
        () -> {
          assertThat(record("otlp", event()).findValue("flags").intValue()).isEqualTo(255);
        });
    within(
        TraceFlags.getDefault(),
        () -> {
          JsonNode record = record("gcp", event());
          assertThat(record.path("logging.googleapis.com/trace_sampled").isBoolean()).isTrue();
          assertThat(record.path("logging.googleapis.com/trace_sampled").booleanValue()).isFalse();
        });
  }

  @Test
  void currentSpan_isNotAskedWhenTheMdcTellsOfATrace() {
    within(
        TraceFlags.getSampled(),
        () -> {
          JsonNode record = record("ecs", event().mdc("trace_id", TRACE));

          assertThat(record.path("trace.id").textValue()).isEqualTo(TRACE);
          assertThat(record.has("span.id")).isFalse();
        });
  }

  @Test
  void currentSpan_isNotThatOfAnEventOfAnotherThread() {
    TestEvent event = event();
    event.thread = "http-nio-8080-exec-1";
    TestEvent unknown = event();
    unknown.thread = null;
    within(
        TraceFlags.getSampled(),
        () -> {
          assertThat(record("ecs", event).has("trace.id")).isFalse();
          assertThat(record("ecs", unknown).has("trace.id")).isFalse();
          assertThat(record("logstash", event).has("trace_id")).isFalse();
        });
  }

  @Test
  void currentSpan_doesNotTakeTheNameOfAnEntryOfTheMdc() {
    within(
        TraceFlags.getSampled(),
        () -> {
          JsonNode record = record("logstash", event().mdc("trace_id", "mine"));

          assertThat(record.path("trace_id").textValue()).isEqualTo("mine");
          assertThat(record.path("mdc.trace_id").textValue()).isEqualTo(OTHER_TRACE);
        });
  }

  @Test
  void currentSpan_isNoneWhenItsTracerFails() {
    TraceContext trace =
        new TraceContext(
            to -> {
              throw new IllegalStateException("no context");
            });

    assertThat(trace.traceId(event())).isNull();
    assertThat(trace.flags(event())).isEqualTo(-1);
  }

  @Test
  void currentSpan_isKnownToNobodyWhereTheApiIsAbsent() throws Exception {
    URL[] classes = {
      CurrentSpan.class.getProtectionDomain().getCodeSource().getLocation(),
    };
    try (URLClassLoader without = new URLClassLoader(classes, null)) {
      Method find = without.loadClass(CurrentSpan.class.getName()).getDeclaredMethod("find");
      find.setAccessible(true);

      assertThat(find.invoke(null)).isNull();
      assertThat(CurrentSpan.find()).isNotNull();
    }
  }
}
