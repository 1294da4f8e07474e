package dev.shiplog.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.jackson.ObjectForms;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schemas;
import dev.shiplog.schema.encoder.ContainerFields;
import dev.shiplog.schema.encoder.EncodeSession;
import dev.shiplog.schema.encoder.EventEncoder;
import dev.shiplog.schema.encoder.EventEncoder.Fit;
import dev.shiplog.schema.encoder.MaskedNames;
import dev.shiplog.schema.encoder.NameRule;
import dev.shiplog.schema.encoder.RecordOptions;
import dev.shiplog.schema.encoder.StackTraceOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whatever an event holds, in any schema: it is one whole record within its limit in either
 * encoding, that foreign parsers accept, and both say the same where nothing had to be cut.
 */
class EventEncoderFuzzTest {
  /** OTLP's frame alone takes half of it. */
  private static final int LEAST_LIMIT = 600;

  private static final ObjectForm JACKSON = ObjectForms.detect(null);

  @FuzzTest
  void event_isAWholeRecordInEitherEncoding(FuzzedDataProvider data) {
    String schema = data.pickValue(new String[] {"ecs", "logstash", "gcp", "gelf", "otlp"});
    RecordOptions options = options(data);
    TestEvent event = event(data);
    EventEncoder json =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, JsonWriter::new);
    EventEncoder msgpack =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, MessagePackWriter::new);
    EncodeSession line = json.newSession();
    EncodeSession entry = msgpack.newSession();

    Fit lineFit = json.encode(event, line);
    Fit entryFit = msgpack.encode(event, entry);

    assertThat(line.length()).isBetween(1, options.maxEventBytes());
    assertThat(entry.length()).isBetween(1, options.maxEventBytes());
    Map<String, @Nullable Object> lineRead = Foreign.line(line.bytes(), line.length());
    Map<String, @Nullable Object> entryRead = Foreign.entry(entry.bytes(), entry.length());
    // these two have a form in JSON that MessagePack has not
    boolean alike = !schema.equals("gelf") && !schema.equals("otlp");
    if (alike && lineFit == Fit.WHOLE && entryFit == Fit.WHOLE) {
      assertThat(Foreign.same(lineRead, entryRead)).as("%s\n%s", lineRead, entryRead).isTrue();
    }
  }

  private static RecordOptions options(FuzzedDataProvider data) {
    int limit = data.consumeInt(LEAST_LIMIT, 40_000);
    return new RecordOptions(
        data.consumeBoolean(),
        NameRule.ALL,
        NameRule.ALL,
        NameRule.ALL,
        Map.of("static.field", "é"),
        Map.of("service.name", "gallery", "process.pid", 7),
        style -> ContainerFields.NONE,
        "",
        9,
        data.consumeInt(1, 256),
        data.consumeInt(1, 16),
        data.consumeInt(16, 256),
        limit,
        data.consumeBoolean(),
        data.consumeBoolean() ? JACKSON : ObjectForm.TEXT,
        MaskedNames.DEFAULT,
        "****",
        TextMask.NONE,
        StackTraceOptions.DEFAULT,
        true,
        true,
        false);
  }

  private static TestEvent event(FuzzedDataProvider data) {
    TestEvent event = new TestEvent();
    event.epochSecond = data.consumeLong();
    event.nano = data.consumeInt(0, 999_999_999);
    event.severity = data.pickValue(Severity.values());
    event.logger = FuzzedValues.chars(data);
    event.thread = data.consumeBoolean() ? FuzzedValues.chars(data) : null;
    event.message = data.consumeBoolean() ? FuzzedValues.chars(data) : null;
    event.thrown = data.consumeInt(0, 4) == 0 ? thrown(data) : null;
    for (int i = data.consumeInt(0, 3); i > 0; i--) {
      event.markers.add(FuzzedValues.chars(data));
    }
    for (int i = data.consumeInt(0, 6); i > 0; i--) {
      event.mdc(key(data), FuzzedValues.value(data, 0));
    }
    for (int i = data.consumeInt(0, 10); i > 0; i--) {
      event.kv(key(data), FuzzedValues.value(data, 0));
    }
    return event;
  }

  private static @Nullable String key(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 3)) {
      case 0 -> null;
      case 1 -> data.consumeString(20);
      case 2 -> data.pickValue(List.of("message", "a", "a.b", "a.b.c", "kv.a", "log.level", ""));
      default -> FuzzedValues.chars(data);
    };
  }

  private static Throwable thrown(FuzzedDataProvider data) {
    Throwable cause = new IllegalStateException(FuzzedValues.chars(data));
    StackTraceElement frame =
        new StackTraceElement(FuzzedValues.chars(data), FuzzedValues.chars(data), null, 7);
    cause.setStackTrace(new StackTraceElement[] {frame});
    Throwable thrown = new RuntimeException(FuzzedValues.chars(data), cause);
    thrown.setStackTrace(new StackTraceElement[] {frame, frame});
    thrown.addSuppressed(cause);
    return thrown;
  }
}
