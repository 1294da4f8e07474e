package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schemas;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session remembers of the events before must not show in a record. */
class RepeatedEventsTest {
  private static final int EVENTS = 3_000;

  /** The same objects come again, as they do in an application. */
  private static final List<String> KEYS =
      List.of("user", "room", "traceId", "span_id", "message", "hidden", "Ümläut", "password", "");

  private static final List<String> VALUES =
      List.of(
          "4BF92F3577B34DA6",
          "00f067aa0ba902b7",
          "vincent",
          "",
          "\"quoted\"\n",
          "é\u2028😀",
          "\ud800",
          "x".repeat(63),
          "x".repeat(64));

  private static final List<String> LOGGERS =
      List.of("gallery.Curator", "gallery.Keeper", "Aa", "BB", "l".repeat(100), "");

  @ParameterizedTest
  @CsvSource({
    "ecs,16384,false",
    "ecs,400,false",
    "ecs,16384,true",
    "logstash,16384,false",
    "gcp,16384,false",
    "gelf,16384,false",
    "otlp,16384,false",
    "otlp,700,false"
  })
  void record_isTheSameWhateverWasWrittenBefore(String schema, int maxBytes, boolean nested) {
    check(schema, options(maxBytes, nested), JsonWriter::new);
    check(schema, options(maxBytes, nested), MessagePackWriter::new);
  }

  private static RecordOptions options(int maxBytes, boolean nested) {
    RecordOptions plain = RecordOptions.defaults(Map.of("service.name", "gallery"), maxBytes);
    NameRule rule = new NameRule(List.of(), List.of("hidden"), Map.of(), "");
    return new RecordOptions(
        nested,
        plain.fields(),
        rule,
        plain.keyValues(),
        plain.configured(),
        plain.facts(),
        plain.metadata(),
        plain.timestampField(),
        plain.timestampDecimals(),
        5,
        plain.maxDepth(),
        plain.maxKeyBytes(),
        maxBytes,
        plain.valuesAsTexts(),
        plain.objects(),
        plain.maskedKeys(),
        plain.maskReplacement(),
        plain.mask(),
        plain.stackTrace(),
        plain.callerData(),
        plain.sequence(),
        plain.split());
  }

  private static void check(String schema, RecordOptions options, Supplier<RecordWriter> writers) {
    long seed = System.nanoTime();
    System.out.println("repeated events, " + schema + ": seed " + seed);
    Random random = new Random(seed);
    EventEncoder encoder =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, writers);
    EncodeSession reused = encoder.newSession();
    TestEvent event = new TestEvent();
    for (int i = 0; i < EVENTS; i++) {
      change(event, random);
      EncodeSession fresh = encoder.newSession();
      assertThat(encoder.encode(event, reused)).isEqualTo(encoder.encode(event, fresh));
      assertThat(record(reused)).as("event %d", i).isEqualTo(record(fresh));
    }
  }

  /** Most of an event stays as it was in the one before. */
  private static void change(TestEvent event, Random random) {
    List<?> before = event.context.entrySet().stream().map(String::valueOf).toList();
    if (random.nextInt(4) == 0) {
      event.logger = any(LOGGERS, random);
      event.thread = random.nextInt(8) == 0 ? null : any(VALUES, random);
    }
    if (random.nextInt(3) == 0) {
      event.context.put(any(KEYS, random), any(VALUES, random));
    }
    if (random.nextInt(8) == 0) {
      event.context.remove(any(KEYS, random));
    }
    if (random.nextInt(32) == 0) {
      event.context.put(any(KEYS, random), random.nextBoolean() ? null : (Object) 42);
    }
    if (random.nextInt(64) == 0) {
      event.context.clear();
    }
    List<?> after = event.context.entrySet().stream().map(String::valueOf).toList();
    if (!after.equals(before) || random.nextInt(16) == 0) {
      event.identity = random.nextInt(4) == 0 ? null : new Object();
    }
    event.properties.clear();
    if (random.nextInt(16) == 0) {
      event.properties.put(any(KEYS, random), "p");
    }
    event.keyValues.clear();
    if (random.nextInt(4) == 0) {
      event.kv(any(KEYS, random), any(VALUES, random)).kv(any(KEYS, random), 1);
    }
    event.message = "x".repeat(random.nextInt(8) == 0 ? 500 : 20);
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] record(EncodeSession session) {
    return Arrays.copyOf(session.bytes(), session.length());
  }
}
