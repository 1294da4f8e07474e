package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventEncoderTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
  private static final Map<String, Object> FACTS = Map.of("service.name", "gallery");

  private static String line(String schema, RecordOptions options, TestEvent event) {
    EventEncoder encoder =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, JsonWriter::new);
    EncodeSession session = encoder.newSession();
    encoder.encode(event, session);
    return new String(session.bytes(), 0, session.length(), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> record(String schema, RecordOptions options, TestEvent event) {
    try {
      return JACKSON.readValue(line(schema, options, event), new TypeReference<>() {});
    } catch (Exception e) {
      throw new AssertionError(line(schema, options, event), e);
    }
  }

  private static Map<String, Object> ecs(TestEvent event) {
    return record("ecs", RecordOptions.defaults(FACTS, 16384), event);
  }

  @Test
  void ecs_hasItsFieldsInOrder() {
    TestEvent event = new TestEvent().mdc("user", "vincent").kv("price", 12.5);
    event.markers.addAll(List.of("B", "A", "B"));

    assertThat(line("ecs", RecordOptions.defaults(FACTS, 16384), event))
        .isEqualTo(
            "{\"@timestamp\":\"2026-11-23T07:39:05.123456789Z\",\"log.level\":\"INFO\","
                + "\"message\":\"opened\",\"ecs.version\":\"8.17.0\",\"service.name\":\"gallery\","
                + "\"event.dataset\":\"gallery\",\"process.thread.name\":\"main\","
                + "\"log.logger\":\"gallery.Curator\",\"user\":\"vincent\",\"price\":12.5,"
                + "\"tags\":[\"A\",\"B\"]}\n");
  }

  @Test
  void logstash_hasItsFieldsInOrder() {
    TestEvent event = new TestEvent();
    event.severity = Severity.WARN;

    assertThat(line("logstash", RecordOptions.defaults(Map.of(), 16384), event))
        .isEqualTo(
            "{\"@timestamp\":\"2026-11-23T07:39:05.123456789Z\",\"@version\":\"1\","
                + "\"message\":\"opened\",\"logger_name\":\"gallery.Curator\","
                + "\"thread_name\":\"main\",\"level\":\"WARN\",\"level_value\":30000}\n");
  }

  @Test
  void keyOfTheSchema_isRenamedWhenAUserHasIt() {
    TestEvent event =
        new TestEvent().mdc("message", "m").kv("message", "k").mdc("log.level", 1).kv("a", 1);
    event.mdc("a", 2).kv("a", 3).kv("container.id", "x");

    Map<String, Object> record = ecs(event);

    assertThat(record)
        .containsEntry("message", "opened")
        .containsEntry("mdc.message", "m")
        .containsEntry("kv.message", "k")
        .containsEntry("mdc.log.level", 1)
        .containsEntry("a", 2)
        .containsEntry("kv.a", 1)
        .containsEntry("kv.a_2", 3)
        .containsEntry("kv.container.id", "x");
  }

  @Test
  void name_isNeverTakenTwiceWithinTheMdc() {
    TestEvent event = new TestEvent().mdc("message", 1).mdc("mdc.message", 2);
    event.mdc("x".repeat(300), 3).mdc("x".repeat(256), 4).mdc(null, 5).mdc("null", 6);

    assertThat(ecs(event))
        .containsEntry("mdc.message", 1)
        .containsEntry("mdc.mdc.message", 2)
        .containsEntry("x".repeat(256), 3)
        .containsEntry("mdc." + "x".repeat(256), 4)
        .containsEntry("null", 5)
        .containsEntry("mdc.null", 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash"})
  void staticField_isRenamedWhenTheSchemaHasItsName(String schema) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", "mine");
    fields.put("tags", "static");
    fields.put("service.name", "other");
    fields.put("team", "art");
    RecordOptions options = Options.configured(RecordOptions.defaults(FACTS, 16384), fields);
    TestEvent event = new TestEvent().mdc("team", "user's");
    event.markers.add("SOLD");

    assertThat(record(schema, options, event))
        .containsEntry("message", "opened")
        .containsEntry("tags", List.of("SOLD"))
        .containsEntry("service.name", "gallery")
        .containsEntry("field.message", "mine")
        .containsEntry("field.tags", "static")
        .containsEntry("field.service.name", "other")
        .containsEntry("team", "art")
        .containsEntry("mdc.team", "user's");
  }

  @Test
  void staticField_isAboveWhatWasDetected() {
    RecordOptions o = RecordOptions.defaults(FACTS, 16384);
    RecordOptions options =
        Options.configured(
            new RecordOptions(
                false,
                o.fields(),
                o.context(),
                o.keyValues(),
                o.configured(),
                o.facts(),
                names -> ContainerFields.of(Map.of("host.name", "detected")),
                "",
                9,
                256,
                16,
                256,
                16384,
                false,
                o.objects(),
                o.maskedKeys(),
                "****",
                TextMask.NONE,
                o.stackTrace(),
                false,
                false,
                false),
            Map.of("host.name", "configured"));

    assertThat(record("ecs", options, new TestEvent())).containsEntry("host.name", "configured");
  }

  @Test
  void nested_mergesDottedNames() {
    RecordOptions plain = RecordOptions.defaults(FACTS, 16384);
    TestEvent event = new TestEvent().mdc("user.id", "1").mdc("user.name", "v").kv("log", "L");
    event.kv("x", 1).kv("x.y", 2).kv("p.q", 1).kv("p", 2);

    Map<String, Object> record = record("ecs", Options.nested(plain), event);

    assertThat(record)
        .containsEntry("user", Map.of("id", "1", "name", "v"))
        .containsEntry("log", Map.of("level", "INFO", "logger", "gallery.Curator"))
        .containsEntry("kv", Map.of("log", "L"))
        .containsEntry("x", 1)
        .containsEntry("x_", Map.of("y", 2))
        .containsEntry("p", 2)
        .containsEntry("p_", Map.of("q", 1));
  }

  @Test
  void secret_isMaskedByName() {
    TestEvent event = new TestEvent().mdc("userPassword", "hunter2").kv("X-Api-Key", 42);
    event.kv("login", new LinkedHashMap<>(Map.of("token", "t", "name", "v")));

    assertThat(ecs(event))
        .containsEntry("userPassword", "****")
        .containsEntry("X-Api-Key", "****")
        .containsEntry("login", Map.of("token", "****", "name", "v"));
  }

  @Test
  void longMessage_isCutToTheBudget() {
    String line = line("ecs", RecordOptions.defaults(FACTS, 2048), long10k());
    Map<String, Object> record = record("ecs", RecordOptions.defaults(FACTS, 2048), long10k());

    assertThat(line.getBytes(StandardCharsets.UTF_8).length).isBetween(1900, 2048);
    assertThat((Integer) record.get("event.truncated")).isGreaterThan(10_000);
    assertThat(record).containsEntry("user", "vincent").containsKey("log.logger");
  }

  private static TestEvent long10k() {
    return new TestEvent().message("é\n".repeat(5000)).mdc("user", "vincent");
  }

  @Test
  void manyFields_areLeftOutFromTheEnd() {
    TestEvent event = new TestEvent();
    for (int i = 0; i < 200; i++) {
      event.kv("key" + i, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
    }
    Map<String, Object> record = record("ecs", RecordOptions.defaults(FACTS, 2048), event);

    assertThat(record).containsKeys("key0", "event.truncated", "event.truncated_fields");
    assertThat(line("ecs", RecordOptions.defaults(FACTS, 2048), event).length())
        .isLessThanOrEqualTo(2048);
  }

  @Test
  void endlessCollection_costsThatFieldAlone() {
    TestEvent event = new TestEvent().kv("numbers", java.util.Collections.nCopies(1 << 30, 7));
    event.kv("after", true);

    Map<String, Object> record = ecs(event);

    assertThat(record).containsEntry("event.truncated_fields", 1).containsEntry("after", true);
  }

  @Test
  void valueThatThrows_isNamedAndTheRestGoesOn() {
    Object bad =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no");
          }
        };
    Map<String, Object> self = new LinkedHashMap<>();
    self.put("self", self);
    TestEvent event = new TestEvent().kv("bad", bad).kv("self", self).kv("after", 'c');

    assertThat(ecs(event))
        .containsEntry("bad", "<unrepresentable: java.lang.IllegalStateException>")
        .containsEntry("self", Map.of("self", "<cycle>"))
        .containsEntry("after", "c");
  }

  @Test
  void stackTrace_readsAsLogbackPrintsIt() {
    IllegalStateException thrown =
        new IllegalStateException("outer", new java.io.IOException("inner"));
    thrown.addSuppressed(new IllegalArgumentException("aside"));

    String trace = (String) ecs(new TestEvent().thrown(thrown)).get("error.stack_trace");

    assertThat(trace)
        .startsWith("java.lang.IllegalStateException: outer\n\tat dev.shiplog.schema.")
        .contains("\n\tSuppressed: java.lang.IllegalArgumentException: aside\n\t\tat ")
        .contains("\nCaused by: java.io.IOException: inner\n")
        .contains(" common frames omitted\n")
        .endsWith("\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 16384, 32768})
  void arrayOfFrames_fitsTheBudget(int maxBytes) {
    RecordOptions options = Options.arrays(RecordOptions.defaults(FACTS, maxBytes), 128 << 10);
    TestEvent event = new TestEvent().thrown(deep(1024)).mdc("user", "vincent");

    String line = line("ecs", options, event);
    Map<String, Object> record = record("ecs", options, event);

    assertThat(line.length()).isBetween(maxBytes / 3, maxBytes);
    assertThat(record).containsKey("event.truncated");
    assertThat((List<?>) record.get("error.stack_trace"))
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .hasSizeGreaterThan(3)
        .startsWith("java.lang.IllegalStateException: deep");
  }

  @Test
  void arrayOfFrames_keepsToTheBytesOfATrace() {
    RecordOptions options = Options.arrays(RecordOptions.defaults(FACTS, 1 << 20), 4096);

    String line = line("ecs", options, new TestEvent().thrown(deep(1024)));

    assertThat(line.length()).isBetween(4096, 4096 + 512);
  }

  private static Throwable deep(int frames) {
    Throwable thrown = new IllegalStateException("deep");
    StackTraceElement[] trace = new StackTraceElement[frames];
    for (int i = 0; i < frames; i++) {
      trace[i] = new StackTraceElement("gallery.Recursion", "descend", "Recursion.java", i);
    }
    thrown.setStackTrace(trace);
    return thrown;
  }

  /** Options that differ from the defaults in one thing. */
  private static final class Options {
    static RecordOptions nested(RecordOptions o) {
      return with(o, true, o.configured(), o.fields(), o.stackTrace());
    }

    static RecordOptions configured(RecordOptions o, Map<String, ?> fields) {
      return with(o, o.nested(), fields, o.fields(), o.stackTrace());
    }

    static RecordOptions arrays(RecordOptions o, int maxBytes) {
      StackTraceOptions arrays =
          new StackTraceOptions(
              StackTraceOptions.Format.ARRAY, false, 1024, maxBytes, List.of(), false, false);
      return with(o, o.nested(), o.configured(), o.fields(), arrays);
    }

    private static RecordOptions with(
        RecordOptions o,
        boolean nested,
        Map<String, ?> configured,
        NameRule fields,
        StackTraceOptions stackTrace) {
      return new RecordOptions(
          nested,
          fields,
          o.context(),
          o.keyValues(),
          configured,
          o.facts(),
          o.metadata(),
          o.timestampField(),
          o.timestampDecimals(),
          o.maxFields(),
          o.maxDepth(),
          o.maxKeyBytes(),
          o.maxEventBytes(),
          o.valuesAsTexts(),
          o.objects(),
          o.maskedKeys(),
          o.maskReplacement(),
          o.mask(),
          stackTrace,
          o.callerData(),
          o.sequence(),
          o.split());
    }
  }
}
