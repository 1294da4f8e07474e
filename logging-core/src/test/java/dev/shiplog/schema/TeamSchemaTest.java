package dev.shiplog.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.schema.encoder.EncodeSession;
import dev.shiplog.schema.encoder.EventEncoder;
import dev.shiplog.schema.encoder.RecordOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schema of one's own that the docs show is one that works. */
class TeamSchemaTest {
  private static final String BEGIN = "// docs/schemas.md: begin\n";

  @Test
  void page_showsTheSchemaThatIsTestedHere() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/shiplog/schema/TeamSchema.java"));
    int from = source.indexOf(BEGIN) + BEGIN.length();
    String shown = source.substring(from, source.indexOf("// docs/schemas.md: end"));

    assertThat(Files.readString(Path.of("../docs/schemas.md")))
        .contains("```java\n" + shown + "```");
  }

  @Test
  void page_showsTheRecordThatTheSchemaMakes() throws IOException {
    TestEvent event = new TestEvent().mdc("user", "vincent").kv("price", 12.5).kv("level", "x");
    event.severity = Severity.ERROR;
    event.logger = "gallery.shop.Till";
    EventEncoder encoder =
        EventEncoder.compile(
            new TeamSchema(),
            RecordOptions.defaults(Map.of("service.name", "gallery"), 16_384),
            JsonWriter::new);
    EncodeSession session = encoder.newSession();
    encoder.encode(event, session);
    String line = new String(session.bytes(), 0, session.length(), StandardCharsets.UTF_8);

    assertThat(Files.readString(Path.of("../docs/schemas.md")))
        .contains("```json\n" + line + "```");
  }
}
