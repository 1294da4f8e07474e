package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shiplog.logback.differential.EventGenerator;
import dev.shiplog.logback.differential.JsonValues;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.jackson.ObjectForms;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schemas;
import dev.shiplog.schema.encoder.ContainerFields;
import dev.shiplog.schema.encoder.EncodeSession;
import dev.shiplog.schema.encoder.EventEncoder;
import dev.shiplog.schema.encoder.RecordOptions;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ExtensionValue;
import org.msgpack.value.ImmutableValue;
import org.msgpack.value.Value;
import org.slf4j.event.KeyValuePair;

/** Every event is the same record in both encodings, as foreign parsers read them. */
class EncodingsContractTest {
  private static final long SEED = 20_260_317;
  private static final int EVENTS = 1_500;
  private static final RecordOptions OPTIONS =
      RecordOptions.defaults(Map.of("service.name", "gallery"), 256 * 1024);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash"})
  void record_isTheSameInJsonAndMessagePack(String schema) throws IOException {
    EventGenerator generator = new EventGenerator(SEED);
    Way json = new Way(schema, OPTIONS, JsonWriter::new);
    Way packed = new Way(schema, OPTIONS, MessagePackWriter::new);
    for (int i = 0; i < EVENTS; i++) {
      String label = "seed " + SEED + ", event " + i;
      ILoggingEvent event = generator.next();
      json.encode(event);
      packed.encode(event);
      Map<String, Object> read =
          JsonValues.of((ObjectNode) JSON.readTree(json.session.bytes(), 0, json.session.length()));
      List<Value> entry = packed.entry();
      assertThat(entry).as(label).hasSize(2);
      assertThat(time(entry.get(0).asExtensionValue())).as(label).isEqualTo(event.getInstant());
      assertThat(plain(entry.get(1))).as(label).isEqualTo(asDoubles(read));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ecs, false",
    "ecs, true",
    "logstash, false",
    "logstash, true",
    "gcp, false",
    "gcp, true"
  })
  void recordOfAllSettings_isTheSameInJsonAndMessagePack(String schema, boolean nested) {
    EventGenerator generator = new EventGenerator(SEED);
    RecordOptions options = everything(nested);
    Way json = new Way(schema, options, JsonWriter::new);
    Way packed = new Way(schema, options, MessagePackWriter::new);
    for (int i = 0; i < EVENTS / 5; i++) {
      LoggingEvent event = (LoggingEvent) generator.next();
      event.setCallerData(
          new StackTraceElement[] {
            new StackTraceElement("gallery.Easel", "paint", i % 3 == 0 ? null : "Easel.java", i - 1)
          });
      same("seed " + SEED + ", event " + i, event, json, packed);
    }
    assertThat(json.read().toString()).contains("node-7", "0123", "paint", "art");
  }

  /** What the references have no home for, and ours has. */
  @ParameterizedTest
  @CsvSource({"ecs, false", "ecs, true", "logstash, false", "gcp, true"})
  void valueOfEveryKind_isTheSameInJsonAndMessagePack(String schema, boolean nested) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerName("gallery");
    event.setLevel(Level.INFO);
    event.setMessage("values");
    event.setInstant(Instant.ofEpochSecond(1_795_419_545, 123_456_789));
    event.setThreadName("main");
    event.setMDCPropertyMap(Map.of());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("instant", Instant.ofEpochSecond(1_795_419_545, 7));
    values.put("date", LocalDate.of(2026, 11, 23));
    values.put("some", Optional.of(List.of(1, "two")));
    values.put("none", Optional.empty());
    values.put("record", new Frame("oak", 12.5, List.of(new byte[] {1, -2, 3})));
    values.put("bytes", new byte[] {0, -1, 127, -128});
    values.put("object", new Bean());
    values.put("map", Map.of(1, Optional.of(new Frame("pine", 0, List.of()))));
    values.put("array", new Object[] {new Bean(), null, 'c'});
    values.forEach((key, value) -> event.addKeyValuePair(new KeyValuePair(key, value)));
    Way json = new Way(schema, everything(nested), JsonWriter::new);
    Way packed = new Way(schema, everything(nested), MessagePackWriter::new);

    same(schema, event, json, packed);

    assertThat(json.read())
        .containsEntry("instant", "2026-11-23T07:39:05.000000007Z")
        .containsEntry("date", "2026-11-23")
        .containsEntry("some", List.of(BigInteger.ONE, "two"))
        .containsEntry("bytes", "AP9/gA==")
        .containsEntry("record", Map.of("wood", "oak", "width", 12.5, "marks", List.of("Af4D")))
        .containsEntry("object", Map.of("name", "bean", "size", BigInteger.TWO));
  }

  private static void same(String label, ILoggingEvent event, Way json, Way packed) {
    json.encode(event);
    packed.encode(event);
    Map<String, @Nullable Object> line = json.read();
    Map<String, @Nullable Object> entry =
        Foreign.entry(packed.session.bytes(), packed.session.length());
    assertThat(Foreign.same(line, entry)).as("%s: %s is %s", label, line, entry).isTrue();
  }

  private record Frame(String wood, double width, List<byte[]> marks) {}

  /** Read by Jackson. */
  public static final class Bean {
    public String getName() {
      return "bean";
    }

    public int getSize() {
      return 2;
    }
  }

  /** All that a record may have, nested or not. */
  private static RecordOptions everything(boolean nested) {
    Map<String, Object> container =
        Map.of(
            "container.id",
            "0123",
            "container.image.tag",
            List.of("1", "latest"),
            "host.name",
            "node-7",
            "kubernetes.labels",
            Map.of("app", "shop"));
    Map<String, Object> changes = new HashMap<>();
    changes.put("nested", nested);
    changes.put("callerData", true);
    changes.put("sequence", true);
    changes.put("configured", Map.of("team", "art", "rooms", 7));
    changes.put(
        "metadata", (Function<String, ContainerFields>) names -> ContainerFields.of(container));
    changes.put("objects", ObjectForms.whenNeeded(EncodingsContractTest.class.getClassLoader()));
    return with(OPTIONS, changes);
  }

  /** The same options but for some components, by name. */
  private static RecordOptions with(RecordOptions options, Map<String, Object> changes) {
    RecordComponent[] components = RecordOptions.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Object changed = changes.get(components[i].getName());
        values[i] = changed == null ? components[i].getAccessor().invoke(options) : changed;
      }
      return RecordOptions.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("options are no record any more", e);
    }
  }

  /** EventTime: seconds and nanoseconds, 32 bits each. */
  private static Instant time(ExtensionValue value) {
    assertThat(value.getType()).isZero();
    BigInteger bits = new BigInteger(1, value.getData());
    return Instant.ofEpochSecond(bits.shiftRight(32).longValue(), bits.intValue() & 0xFFFF_FFFFL);
  }

  private static Object plain(Value value) {
    if (value.isMapValue()) {
      Map<String, Object> map = new LinkedHashMap<>();
      value
          .asMapValue()
          .map()
          .forEach((key, member) -> map.put(key.asStringValue().asString(), plain(member)));
      return map;
    }
    if (value.isArrayValue()) {
      List<Object> list = new ArrayList<>();
      value.asArrayValue().forEach(element -> list.add(plain(element)));
      return list;
    }
    if (value.isIntegerValue()) {
      return new BigDecimal(value.asIntegerValue().toBigInteger()).doubleValue();
    }
    if (value.isFloatValue()) {
      return value.asFloatValue().toDouble();
    }
    if (value.isBooleanValue()) {
      return value.asBooleanValue().getBoolean();
    }
    return value.isNilValue() ? "(null)" : value.asStringValue().asString();
  }

  /** MessagePack has no numbers beyond 64 bits: what is compared is the double nearest to each. */
  private static Object asDoubles(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> converted = new LinkedHashMap<>();
      map.forEach((key, member) -> converted.put(key, asDoubles(member)));
      return converted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(EncodingsContractTest::asDoubles).toList();
    }
    return value instanceof BigDecimal number ? number.doubleValue() : value;
  }

  /** One encoding. */
  private static final class Way {
    final EventEncoder encoder;
    final EncodeSession session;
    private final LogbackEvent view = new LogbackEvent(null);

    Way(String schema, RecordOptions options, Supplier<RecordWriter> writers) {
      encoder = EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, writers);
      session = encoder.newSession();
    }

    void encode(ILoggingEvent event) {
      assertThat(encoder.encode(view.show(event), session)).isEqualTo(EventEncoder.Fit.WHOLE);
      view.clear();
    }

    /** The line, after all checks of what a line must be. */
    Map<String, @Nullable Object> read() {
      return Foreign.line(session.bytes(), session.length());
    }

    List<Value> entry() throws IOException {
      try (MessageUnpacker unpacker =
          MessagePack.newDefaultUnpacker(session.bytes(), 0, session.length())) {
        ImmutableValue value = unpacker.unpackValue();
        assertThat(unpacker.hasNext()).isFalse();
        return value.asArrayValue().list();
      }
    }
  }
}
