package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schemas;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are too large and become several, joined again by a reader that knows the rule. */
class SplitTest {
  private static final long SEED = Long.getLong("shiplog.split.seed", System.nanoTime());
  private static final String[] PIECES = {
    "a",
    "log ",
    "é",
    "漢",
    "😀",
    "👩‍👩‍👧",
    "\"",
    "\\",
    "\n",
    "\t",
    "\u0001",
    "\u2028",
    "\u0085",
    "\\u0041"
  };

  private static RecordOptions options(boolean nested, int maxEventBytes, boolean split) {
    RecordOptions o = RecordOptions.defaults(Map.of("service.name", "gallery"), maxEventBytes);
    return new RecordOptions(
        nested,
        o.fields(),
        o.context(),
        o.keyValues(),
        o.configured(),
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
        new StackTraceOptions(
            StackTraceOptions.Format.STRING, false, 1024, 128 << 10, List.of(), false, true),
        false,
        true,
        split);
  }

  private static List<Map<String, @Nullable Object>> records(
      String schema, RecordOptions options, Supplier<RecordWriter> writers, TestEvent event) {
    EventEncoder encoder =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, writers);
    EncodeSession session = encoder.newSession();
    encoder.encode(event, session);
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    do {
      assertThat(session.length()).isLessThanOrEqualTo(options.maxEventBytes());
      records.add(
          writers.get() instanceof JsonWriter
              ? Foreign.line(session.bytes(), session.length())
              : Foreign.entry(session.bytes(), session.length()));
    } while (session.next());
    return records;
  }

  private static List<Map<String, @Nullable Object>> ecs(int maxEventBytes, TestEvent event) {
    return records("ecs", options(false, maxEventBytes, true), JsonWriter::new, event);
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static TestEvent event(Random random) {
    TestEvent event = new TestEvent().message(text(random, 1_000 + random.nextInt(9_000)));
    event.kv("text", text(random, random.nextInt(6_000))).kv("number", 7).mdc("short", "short");
    event.kv("periodic", "x".repeat(random.nextInt(20_000)));
    event.kv("object", Map.of("list", List.of(text(random, 3_000), 1), "short", "s"));
    if (random.nextBoolean()) {
      event.thrown(new IllegalStateException(text(random, 2_000), new Exception(text(random, 50))));
    }
    return event;
  }

  /** Takes the note away by which the parts differ, wherever the schema has it. */
  private static Map<String, @Nullable Object> bare(Map<?, ?> record) {
    Map<String, @Nullable Object> bare = new LinkedHashMap<>();
    record.forEach(
        (name, value) -> {
          if (!String.valueOf(name).matches("_?event\\.part.*|part.*")) {
            bare.put(String.valueOf(name), bareValue(value));
          }
        });
    return bare;
  }

  private static @Nullable Object bareValue(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return bare(map);
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .filter(
              one ->
                  !(one instanceof Map<?, ?> pair
                      && String.valueOf(pair.get("key")).startsWith("event.part")))
          .map(SplitTest::bareValue)
          .toList();
    }
    return value;
  }

  private static void check(
      String schema, boolean nested, int max, Supplier<RecordWriter> writers, long seed) {
    // twice the same event, made on one line: traces have line numbers
    List<TestEvent> events = Stream.generate(() -> event(new Random(seed))).limit(2).toList();
    List<Map<String, @Nullable Object>> whole =
        records(schema, options(nested, 64 << 20, false), writers, events.get(0));
    List<Map<String, @Nullable Object>> parts =
        records(schema, options(nested, max, true), writers, events.get(1));

    assertThat(parts).as("-Dshiplog.split.seed=" + seed).hasSizeGreaterThan(1);
    Map<?, ?> joined =
        (Map<?, ?>) Objects.requireNonNull(Joined.of(parts.stream().map(SplitTest::bare).toList()));
    whole
        .get(0)
        .forEach(
            (name, value) ->
                assertThat(joined.get(name))
                    .as("-Dshiplog.split.seed=" + seed + " " + name)
                    .isEqualTo(value));
    assertThat(joined).hasSameSizeAs(whole.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "ecs, false, 8192", "ecs, true, 8192", "ecs, false, 16384", "logstash, false, 8192",
    "logstash, true, 8192", "gcp, false, 8192", "gelf, false, 8192", "otlp, false, 8192"
  })
  void joinedParts_areTheWholeRecord(String schema, boolean nested, int max) {
    System.out.println("split: seed " + SEED);
    for (long seed = SEED; seed < SEED + 20; seed++) {
      check(schema, nested, max, JsonWriter::new, seed);
      if (!schema.equals("gelf") && !schema.equals("otlp")) {
        check(schema, nested, max, MessagePackWriter::new, seed);
      }
    }
  }

  @Test
  void parts_areNumberedAndHaveOneIdAndTheSameContext() {
    TestEvent event = new TestEvent().message("m".repeat(5_000)).mdc("user", "vincent");
    List<Map<String, @Nullable Object>> parts = ecs(2_048, event);

    int count = parts.size();
    assertThat(count).isBetween(3, 4);
    for (int i = 0; i < count; i++) {
      assertThat(parts.get(i))
          .containsEntry("event.part", BigInteger.valueOf(i + 1))
          .containsEntry("event.parts", BigInteger.valueOf(count))
          .containsEntry("event.part_id", parts.get(0).get("event.part_id"))
          .containsEntry("event.sequence", BigInteger.ONE)
          .containsEntry("user", "vincent")
          .containsEntry("log.level", "INFO")
          .doesNotContainKey("event.truncated");
    }
    assertThat(String.valueOf(parts.get(0).get("event.part_id"))).matches("[0-9a-f]{16}");
    assertThat(parts.get(0).get("event.part_id"))
        .isNotEqualTo(ecs(2_048, event).get(0).get("event.part_id"));
  }

  @Test
  void namesThatRecordsAreFoundBy_areWholeInEachPart() {
    TestEvent event = new TestEvent().message("m".repeat(5_000));
    event.logger = "org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/].[dispatcher]";
    event.thread = "thread-".repeat(12);
    List<Map<String, @Nullable Object>> parts = ecs(2_048, event);

    assertThat(parts)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            part ->
                assertThat(part)
                    .containsEntry("log.logger", event.logger)
                    .containsEntry("process.thread.name", event.thread));
  }

  @Test
  void recordThatFits_isOneWithoutParts() {
    assertThat(ecs(2_048, new TestEvent()))
        .singleElement()
        .satisfies(record -> assertThat(record).doesNotContainKeys("event.part", "event.part_id"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200_000, 1_000_000, 40_000_000})
  void textBeyondAllParts_isCutAndToldInEach(int size) {
    List<Map<String, @Nullable Object>> parts =
        ecs(2_048, new TestEvent().message("m".repeat(size)));

    assertThat(parts).hasSizeBetween(60, 64);
    assertThat(parts).allSatisfy(part -> assertThat(part).containsKey("event.truncated"));
    Object message = Joined.of(parts.stream().map(part -> part.get("message")).toList());
    assertThat(String.valueOf(message)).hasSizeBetween(60_000, 131_072).matches("m+");
  }

  @Test
  void recordWithoutALongText_isCutAsBefore() {
    TestEvent event = new TestEvent();
    IntStream.range(0, 200).forEach(i -> event.kv("key" + i, "value"));

    assertThat(ecs(2_048, event))
        .singleElement()
        .satisfies(
            record ->
                assertThat(record)
                    .containsKeys("event.truncated", "event.truncated_fields")
                    .doesNotContainKey("event.part_id"));
  }

  @Test
  void trace_isSplitWithItsMessage() {
    RecordOptions o = options(false, 4_096, true);
    TestEvent event = new TestEvent().thrown(new IllegalStateException("x".repeat(10_000)));

    List<Map<String, @Nullable Object>> parts = records("ecs", o, JsonWriter::new, event);

    Object trace = Joined.of(parts.stream().map(part -> part.get("error.stack_trace")).toList());
    assertThat(String.valueOf(trace)).contains("x".repeat(10_000)).contains("\n\tat ");
  }
}
