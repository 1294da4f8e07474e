package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.SecretMask;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.jackson.ObjectForms;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schema;
import dev.shiplog.schema.Schemas;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret in every text of an event, in every schema and encoding, whole and cut. */
class MaskedTextsTest {
  private static final String SECRET = "hunter2";

  /** What no piece of a secret that has been cut is without. */
  private static final String PIECE = "hun";

  private static final long NUMBER = 42_4242_4242L;
  private static final ObjectForm JACKSON = ObjectForms.detect(null);
  private static final List<String> SCHEMAS = List.of("ecs", "logstash", "gcp", "gelf", "otlp");
  private static final TextMask MASK =
      SecretMask.of(List.of(Pattern.compile(SECRET + '|' + NUMBER)), Set.of(), "***");

  private record Room(String name, @Nullable Object content) {}

  static Stream<Arguments> records() {
    return SCHEMAS.stream()
        .flatMap(
            schema ->
                Stream.of(1 << 20, 16_384, 3_000, 1_024)
                    .flatMap(
                        limit ->
                            Stream.of(true, false)
                                .map(nested -> Arguments.of(schema, limit, nested))));
  }

  @ParameterizedTest
  @MethodSource("records")
  void secret_isInNoByteOfTheRecord(String schema, int limit, boolean nested) {
    for (StackTraceOptions trace : traces()) {
      for (ObjectForm objects : List.of(ObjectForm.TEXT, JACKSON)) {
        for (int copies : limit < 1 << 20 ? new int[] {1, 60, 3_000} : new int[] {1}) {
          RecordOptions options = options(limit, nested, objects, trace, MASK);
          Schema described = Schemas.named(schema).orElseThrow();

          assertNoSecret(encoded(described, options, JsonWriter::new, event(copies)), limit);
          assertNoSecret(encoded(described, options, MessagePackWriter::new, event(copies)), limit);
        }
      }
    }
  }

  private static void assertNoSecret(byte[] bytes, int limit) {
    String read =
        bytes[0] == '{'
            ? Foreign.line(bytes, bytes.length).toString()
            : Foreign.entry(bytes, bytes.length).toString();
    assertThat(new String(bytes, StandardCharsets.UTF_8) + read)
        .doesNotContain(PIECE, Long.toString(NUMBER), "aHVudGVy")
        .contains("***");
    assertThat(bytes.length).isLessThanOrEqualTo(limit);
  }

  @ParameterizedTest
  @MethodSource("records")
  void secret_isThereWhereNothingHidesIt(String schema, int limit, boolean nested) {
    if (limit == 1 << 20) {
      RecordOptions options =
          options(limit, nested, JACKSON, StackTraceOptions.DEFAULT, TextMask.NONE);
      String line =
          new String(
              encoded(Schemas.named(schema).orElseThrow(), options, JsonWriter::new, event(1)),
              StandardCharsets.UTF_8);

      assertThat(line.split(SECRET, -1)).as("in many places").hasSizeGreaterThan(24);
      assertThat(line.split(Long.toString(NUMBER), -1)).hasSizeGreaterThan(6);
    }
  }

  @Test
  void mask_leavesTheRestAsItWas() {
    TestEvent event =
        new TestEvent()
            .message("user " + SECRET + " came")
            .mdc("clean", "text")
            .mdc("bytes", new byte[] {1, 2})
            .kv("number", 7)
            .kv("half", 0.5)
            .kv("big", new BigDecimal("12.50"))
            .kv("card", NUMBER)
            .kv("double", (double) NUMBER)
            .kv("list", List.of(1, true, "x " + SECRET));
    event.markers.addAll(List.of("B", SECRET, SECRET));
    RecordOptions options = options(16_384, false, JACKSON, StackTraceOptions.DEFAULT, MASK);
    byte[] bytes = encoded(Schemas.named("ecs").orElseThrow(), options, JsonWriter::new, event);

    assertThat(Foreign.line(bytes, bytes.length))
        .containsEntry("message", "user *** came")
        .containsEntry("clean", "text")
        .containsEntry("bytes", "AQI=")
        .containsEntry("number", BigInteger.valueOf(7))
        .containsEntry("half", 0.5)
        .containsEntry("big", 12.5)
        .containsEntry("card", "***")
        .containsEntry("double", "***")
        .containsEntry("list", List.of(BigInteger.ONE, true, "x ***"))
        .containsEntry("tags", List.of("***", "B"))
        .containsEntry("log.logger", "gallery.Curator")
        .containsEntry("static", "a ***")
        .containsEntry("static.number", "***");
  }

  @Test
  void schemasOwnText_isMaskedWhateverItIsMadeOf() {
    Schema own =
        fields ->
            fields.text(
                "own",
                event -> {
                  StringBuilder all = new StringBuilder();
                  event.keyValues((key, value) -> all.append(key).append('=').append(value));
                  return all.toString();
                });
    RecordOptions options = options(16_384, false, JACKSON, StackTraceOptions.DEFAULT, MASK);
    byte[] bytes =
        encoded(own, options, JsonWriter::new, new TestEvent().kv("k", List.of(SECRET, NUMBER)));

    assertThat(Foreign.line(bytes, bytes.length)).containsEntry("own", "k=[***, ***]");
  }

  @Test
  void session_keepsNothingOfTheEventBefore() {
    RecordOptions options = options(16_384, false, JACKSON, StackTraceOptions.DEFAULT, MASK);
    EventEncoder encoder =
        EventEncoder.compile(Schemas.named("ecs").orElseThrow(), options, JsonWriter::new);
    EncodeSession session = encoder.newSession();
    encoder.encode(event(1), session);
    TestEvent next = new TestEvent().message(null);
    next.thread = null;
    encoder.encode(next, session);

    assertThat(Foreign.line(session.bytes(), session.length()))
        .doesNotContainKeys("message", "process.thread.name", "error.type", "error.stack_trace");
  }

  private static List<StackTraceOptions> traces() {
    StackTraceOptions array =
        new StackTraceOptions(
            StackTraceOptions.Format.ARRAY, true, 10, 100_000, List.of(), true, false);
    return List.of(StackTraceOptions.DEFAULT, array);
  }

  /**
   * An event all of whose texts are secrets, one after the other: wherever one is cut, it is one.
   */
  private static TestEvent event(int copies) {
    String text = (SECRET + '\n').repeat(copies);
    Exception cause = new Exception(text, new IllegalStateException("b" + text));
    Exception thrown = new IllegalArgumentException("a" + text, cause);
    thrown.addSuppressed(new Exception("c" + text));
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("js." + SECRET, SECRET, SECRET + ".js", 1),
          new StackTraceElement("js.b" + SECRET, "m" + SECRET, null, 2)
        });
    TestEvent event = new TestEvent().message("m" + text).thrown(thrown);
    event.thread = "t" + text;
    event.caller = new StackTraceElement("c." + SECRET, "m" + SECRET, SECRET + ".java", 1);
    event.properties.put("property", "p" + text);
    event.markers.addAll(List.of("M" + text, "N" + SECRET));
    event.mdc("user", text).mdc("other", "o" + text).mdc("id", NUMBER).mdc("enum", Name.hunter2);
    event
        .kv("text", text)
        .kv("buffer", CharBuffer.wrap(text))
        .kv("chars", text.toCharArray())
        .kv("bytes", text.getBytes(StandardCharsets.UTF_8))
        .kv("thrown", new IllegalStateException(text))
        .kv("optional", Optional.of(text))
        .kv("map", Map.of("a", Map.of("b", List.of(text, new String[] {text}))))
        .kv("record", new Room(text, new Room("r", Map.of("c", text))))
        .kv("object", new Bean(text))
        .kv("described", new Described(text))
        .kv(
            "tree2",
            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("t", text)
                .put("n", NUMBER))
        .kv(
            "tree3",
            tools.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("t", text)
                .put("n", NUMBER))
        .kv("numbers", new long[] {NUMBER, 7})
        .kv("atomic", new AtomicLong(NUMBER))
        .kv("big", BigInteger.valueOf(NUMBER))
        .kv("decimal", new BigDecimal(NUMBER).movePointLeft(3).scaleByPowerOfTen(3));
    return event;
  }

  /** Made apart by Jackson alone. */
  public static final class Bean {
    public final String text;
    public final List<Object> list;

    Bean(String text) {
      this.text = text;
      this.list = List.of(text, NUMBER);
    }
  }

  /** Without members. */
  public static final class Described {
    private final String text;

    Described(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return "I am " + text;
    }
  }

  private enum Name {
    hunter2
  }

  private static byte[] encoded(
      Schema schema, RecordOptions options, Supplier<RecordWriter> writers, TestEvent event) {
    EventEncoder encoder = EventEncoder.compile(schema, options, writers);
    EncodeSession session = encoder.newSession();
    encoder.encode(new TestEvent(), session);
    encoder.encode(event, session);
    return Arrays.copyOf(session.bytes(), session.length());
  }

  private static RecordOptions options(
      int limit, boolean nested, ObjectForm objects, StackTraceOptions trace, TextMask mask) {
    RecordOptions o = RecordOptions.defaults(Map.of("service.name", "gallery"), limit);
    return new RecordOptions(
        nested,
        o.fields(),
        o.context(),
        o.keyValues(),
        Map.of("static", "a " + SECRET, "static.number", NUMBER),
        o.facts(),
        o.metadata(),
        "",
        9,
        256,
        16,
        256,
        limit,
        false,
        objects,
        o.maskedKeys(),
        "***",
        mask,
        trace,
        true,
        true,
        false);
  }
}
