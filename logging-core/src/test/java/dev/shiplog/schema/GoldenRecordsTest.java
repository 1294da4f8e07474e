package dev.shiplog.schema;

import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.schema.encoder.EncodeSession;
import dev.shiplog.schema.encoder.EventEncoder;
import dev.shiplog.schema.encoder.RecordOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records byte by byte as they have always been: a change of them is a change for every reader. */
class GoldenRecordsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final Map<String, Object> FACTS =
      Map.of(
          "service.name", "gallery",
          "service.version", "1.2",
          "service.instance.id", "gallery-1",
          "deployment.environment.name", "prod",
          "host.name", "node-7",
          "gcp.project", "museum",
          "process.pid", 7);

  private static Stream<TestEvent> events() {
    TestEvent full =
        new TestEvent()
            .message("painted \"Irises\"\nin blue")
            .mdc("user.id", "vincent")
            .mdc("trace_id", "0af7651916cd43dd8448eb211c80319c")
            .mdc("span_id", "b7ad6b7169203331")
            .mdc("trace_flags", "01")
            .kv("price", 12.5)
            .kv("sold", true)
            .kv("lots", List.of(1, "two"))
            .kv("frame", Map.of("wood", "oak"))
            .kv("password", "secret")
            .kv("id", 42)
            .kv("naïve key", "ü");
    full.markers.addAll(List.of("SOLD", "AUDIT"));
    TestEvent failed = new TestEvent().message("no paint").thrown(thrown());
    failed.severity = Severity.ERROR;
    TestEvent blank = new TestEvent().message(" ");
    blank.severity = Severity.TRACE;
    TestEvent bare = new TestEvent().message(null);
    bare.severity = Severity.WARN;
    bare.thread = null;
    TestEvent large = new TestEvent().message("m".repeat(3_000)).kv("small", 1);
    return Stream.of(full, failed, blank, bare, large);
  }

  private static Throwable thrown() {
    StackTraceElement[] frames = {
      new StackTraceElement("gallery.Easel", "paint", "Easel.java", 42),
      new StackTraceElement("gallery.Main", "main", "Main.java", 7)
    };
    Throwable cause = new IllegalArgumentException("no blue");
    cause.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("gallery.Paint", "open", "Paint.java", 12), frames[1]
        });
    Throwable thrown = new IllegalStateException("dry", cause);
    thrown.setStackTrace(frames);
    return thrown;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash", "gelf", "gcp", "otlp"})
  void records_areAsTheyHaveAlwaysBeen(String schema) {
    EventEncoder encoder =
        EventEncoder.compile(
            Schemas.named(schema).orElseThrow(),
            RecordOptions.defaults(FACTS, 2_048),
            JsonWriter::new);
    EncodeSession session = encoder.newSession();
    StringBuilder lines = new StringBuilder();
    events()
        .forEach(
            event -> {
              encoder.encode(event, session);
              lines.append(
                  new String(session.bytes(), 0, session.length(), StandardCharsets.UTF_8));
            });
    Written.is(FOLDER.resolve(schema + ".jsonl"), lines.toString());
  }
}
