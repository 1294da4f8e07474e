package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.event.TestEvent;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schemas;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of events that are too large or that fail; in both encodings. */
class EncoderLimitsTest {
  private static RecordOptions options(boolean nested, int maxEventBytes) {
    RecordOptions o = RecordOptions.defaults(Map.of("service.name", "gallery"), maxEventBytes);
    return new RecordOptions(
        nested,
        o.fields(),
        o.context(),
        o.keyValues(),
        Map.of("configured.field", "x".repeat(100)),
        o.facts(),
        o.metadata(),
        "",
        9,
        256,
        16,
        256,
        maxEventBytes,
        false,
        o.objects(),
        o.maskedKeys(),
        "****",
        TextMask.NONE,
        o.stackTrace(),
        true,
        true,
        false);
  }

  private static Map<String, @Nullable Object> json(
      String schema, boolean nested, int maxEventBytes, TestEvent event) {
    EventEncoder encoder =
        EventEncoder.compile(
            Schemas.named(schema).orElseThrow(), options(nested, maxEventBytes), JsonWriter::new);
    EncodeSession session = encoder.newSession();
    encoder.encode(event, session);
    assertThat(session.length()).isLessThanOrEqualTo(maxEventBytes);
    return Foreign.line(session.bytes(), session.length());
  }

  private static Map<String, @Nullable Object> msgpack(
      String schema, boolean nested, int maxEventBytes, TestEvent event) {
    EventEncoder encoder =
        EventEncoder.compile(
            Schemas.named(schema).orElseThrow(),
            options(nested, maxEventBytes),
            MessagePackWriter::new);
    EncodeSession session = encoder.newSession();
    encoder.encode(event, session);
    assertThat(session.length()).isLessThanOrEqualTo(maxEventBytes);
    return Foreign.entry(session.bytes(), session.length());
  }

  @Test
  void longMessage_leavesOtherValuesWhole() {
    TestEvent event =
        new TestEvent().message("m".repeat(1_000_000)).kv("list", List.of(1, Map.of("a", 2)));

    Object whole = List.of(BigInteger.ONE, Map.of("a", BigInteger.TWO));
    assertThat(json("ecs", false, 2_048, event)).containsEntry("list", whole);
    assertThat(msgpack("ecs", false, 2_048, event)).containsEntry("list", whole);
  }

  @Test
  void elementsBeyondWhatIsWritten_areToldOf() {
    Map<Integer, Integer> members = new LinkedHashMap<>();
    IntStream.range(0, 70_000).forEach(i -> members.put(i, 1));
    int limit = 2 << 20;
    for (Object value :
        List.of(new int[70_000], Collections.nCopies(70_000, 1), (Object) members)) {
      TestEvent event = new TestEvent().kv("many", value);
      for (Map<String, @Nullable Object> record :
          List.of(json("ecs", false, limit, event), msgpack("ecs", false, limit, event))) {
        Object many = Objects.requireNonNull(record.get("many"));
        assertThat(many instanceof Map<?, ?> map ? map.size() : ((List<?>) many).size())
            .isEqualTo(65_535);
        assertThat((BigInteger) record.get("event.truncated"))
            .isBetween(BigInteger.valueOf(70_000), BigInteger.valueOf(limit));
      }
    }
    assertThat(json("ecs", false, limit, new TestEvent().kv("many", new int[65_535])))
        .doesNotContainKey("event.truncated");
  }

  @Test
  void listOfManyShortTexts_isLeftOutAloneAndDamagesNothingElse() {
    String logger = "com.example.shop.checkout.internal.payments.CreditCardAuthorisationService";
    List<String> ids = Collections.nCopies(400, "urn:uuid:00000000-0000-0000-0000-000000000000");
    TestEvent event =
        new TestEvent()
            .message("m".repeat(86))
            .kv("before", "b".repeat(86))
            .kv("ids", ids)
            .kv("after", "a".repeat(86));
    event.logger = logger;
    for (Map<String, @Nullable Object> record :
        List.of(json("ecs", false, 16_384, event), msgpack("ecs", false, 16_384, event))) {
      assertThat(record)
          .containsEntry("log.logger", logger)
          .containsEntry("message", "m".repeat(86))
          .containsEntry("before", "b".repeat(86))
          .containsEntry("after", "a".repeat(86))
          .containsEntry("event.truncated_fields", BigInteger.ONE)
          .containsKey("event.truncated")
          .doesNotContainKey("ids");
    }
    event.message("x".repeat(50_000));
    Map<String, @Nullable Object> large = json("ecs", false, 16_384, event);
    assertThat(String.valueOf(large.get("message"))).hasSizeGreaterThan(15_000);
    assertThat(large).containsEntry("log.logger", logger).doesNotContainKey("ids");
  }

  @Test
  void longMemberNames_areNotCutToTheSame() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("n".repeat(100) + 1, "a".repeat(1_000));
    members.put("n".repeat(100) + 2, "b".repeat(1_000));

    assertThat(json("ecs", false, 1_024, new TestEvent().kv("v", members)))
        .containsKeys("v", "event.truncated");
    assertThat(msgpack("ecs", false, 1_024, new TestEvent().kv("v", members)))
        .containsKeys("v", "event.truncated");
  }

  @Test
  void manyLongTextsInOneValue_areAllCut() {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (int i = 0; i < 8; i++) {
      texts.put("t" + i, List.of("x".repeat(200_000)));
    }
    Map<String, @Nullable Object> record =
        json("ecs", false, 4_096, new TestEvent().kv("texts", texts));

    assertThat(record).doesNotContainKey("event.truncated_fields");
    assertThat((Map<?, ?>) record.get("texts"))
        .hasSize(8)
        .allSatisfy((name, list) -> assertThat(String.valueOf(list)).hasSizeBetween(100, 500));
  }

  @ParameterizedTest
  @CsvSource({"ecs, false", "ecs, true", "logstash, false", "logstash, true"})
  void record_keepsWithinTheSmallestLimit(String schema, boolean nested) {
    TestEvent event = new TestEvent().message("message\n".repeat(100));
    event.logger = "logger".repeat(100);
    event.thread = "thread".repeat(100);
    event.caller = new StackTraceElement("c".repeat(500), "m".repeat(500), "f".repeat(500), 1);
    event.thrown(new IllegalStateException("x".repeat(500), new RuntimeException()));
    event.markers.addAll(List.of("a".repeat(500), "b"));
    for (int i = 0; i < 300; i++) {
      event.kv("key." + i, "value".repeat(i)).mdc("mdc" + i, i);
    }
    for (int maxBytes = 256; maxBytes < 1_300; maxBytes += 13) {
      assertThat(json(schema, nested, maxBytes, event)).containsKey("@timestamp");
      assertThat(msgpack(schema, nested, maxBytes, event)).containsKey("@timestamp");
    }
  }

  @Test
  void keysInEachOthersWay_keepWithinTheLimitWhenNested() {
    TestEvent event = new TestEvent();
    for (int i = 0; i < 120; i++) {
      event.kv("a" + "_".repeat(i), i);
    }
    for (int i = 0; i < 120; i++) {
      event.kv("a" + "_".repeat(i) + ".b", i);
    }
    for (int maxBytes = 15_000; maxBytes < 26_000; maxBytes += 100) {
      assertThat(json("ecs", true, maxBytes, event)).containsKeys("@timestamp", "a");
      assertThat(msgpack("ecs", true, maxBytes, event)).containsKeys("@timestamp", "a");
    }
  }

  @Test
  void keysThatReadTheSame_areRenamedInAnyOrder() {
    for (List<String> keys :
        List.of(
            List.of("\ud800", "\ufffd", "\udc00"),
            List.of("\ufffd", "\ud800"),
            List.of("", "_"),
            List.of("_", ""),
            List.of("x".repeat(300), "x".repeat(256), "x".repeat(301)),
            List.of("mdc.message", "message"),
            List.of("message", "mdc.message"))) {
      TestEvent event = new TestEvent();
      keys.forEach(key -> event.mdc(key, "v"));

      assertThat(json("ecs", false, 16_384, event).values())
          .filteredOn("v"::equals)
          .hasSameSizeAs(keys);
    }
  }

  @Test
  void nullMarker_isNullInLetters() {
    TestEvent event = new TestEvent();
    event.markers.add(null);
    event.markers.add("A");

    assertThat(json("ecs", false, 2_048, event)).containsEntry("tags", List.of("A", "null"));
  }

  @Test
  void contextThatFails_isToldUnderANameOfItsOwn() {
    TestEvent event = new TestEvent().kv("unrepresentable.mdc", 1).kv("after", 2);
    event.context =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("no context");
          }
        };

    assertThat(json("ecs", false, 2_048, event))
        .containsEntry("unrepresentable.mdc", "<unrepresentable: java.lang.IllegalStateException>")
        .containsEntry("kv.unrepresentable.mdc", BigInteger.ONE)
        .containsEntry("after", BigInteger.TWO);
  }

  @Test
  void outOfMemory_passesAndTheNextEventIsClean() {
    Object exhausting =
        new Object() {
          @Override
          public String toString() {
            throw new OutOfMemoryError("made up");
          }
        };
    TestEvent failing = new TestEvent().mdc("leak", "leak").kv("v", List.of(List.of(exhausting)));
    for (boolean nested : new boolean[] {false, true}) {
      EventEncoder encoder =
          EventEncoder.compile(
              Schemas.named("ecs").orElseThrow(), options(nested, 2_048), JsonWriter::new);
      EncodeSession used = encoder.newSession();

      assertThatThrownBy(() -> encoder.encode(failing, used)).isInstanceOf(OutOfMemoryError.class);

      for (EncodeSession session : List.of(used, encoder.newSession())) {
        assertThat(encoder.encode(new TestEvent().kv("v", List.of(List.of(1))), session))
            .isEqualTo(EventEncoder.Fit.WHOLE);
        assertThat(Foreign.line(session.bytes(), session.length()))
            .containsEntry("v", List.of(List.of(BigInteger.ONE)))
            .doesNotContainKeys("leak", "event.truncated");
      }
    }
  }
}
