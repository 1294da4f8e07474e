package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shiplog.docs.Snippets;
import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.logback.differential.JsonValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The configurations that the page of JsonTemplateLayout shows before and after: both run, and what
 * the one wrote is in what the other writes.
 */
class MigrationTest {
  private static final Path CONFIGURATIONS =
      Path.of("src/test/resources/migrate/json-template-layout");

  /** Times of two runs, and the version of ECS that each follows. */
  private static final Set<String> UNLIKE = Set.of("@timestamp", "ecs.version");

  @Test
  void recordsAfterwards_haveAllThatTheyHadBefore() throws IOException {
    List<Map<String, Object>> before = run("before.xml");
    List<Map<String, Object>> after = run("after.xml");
    for (int i = 0; i < before.size(); i++) {
      Map<String, Object> had = before.get(i);
      had.keySet().removeAll(UNLIKE);
      assertThat(had).hasSizeGreaterThan(5);
      assertThat(after.get(i)).containsAllEntriesOf(had);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before.xml", "after.xml"})
  void page_showsTheConfigurationsThatAreRunHere(String file) throws IOException {
    assertThat(Snippets.of("docs/migrate/json-template-layout.md", "xml", "<Configuration>"))
        .contains(Files.readString(CONFIGURATIONS.resolve(file)));
  }

  private static List<Map<String, Object>> run(String file) throws IOException {
    PrintStream stdout = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    System.setProperty("shiplog.stdout.via", "system-out");
    try (Configured configured =
        Configured.with(Form.XML, Files.readString(CONFIGURATIONS.resolve(file)))) {
      paint(configured.logger("gallery.Curator"));
      assertThat(configured.told()).isEmpty();
    } finally {
      System.clearProperty("shiplog.stdout.via");
      System.setOut(stdout);
    }
    List<Map<String, Object>> records = new ArrayList<>();
    for (String line : bytes.toString(StandardCharsets.UTF_8).lines().toList()) {
      ObjectNode record = (ObjectNode) new JsonMapper().readTree(line);
      records.add(JsonValues.of(JsonValues.flat(record)));
    }
    assertThat(records).hasSize(3);
    return records;
  }

  private static void paint(Logger log) {
    ThreadContext.put("user", "vincent");
    try {
      log.info("painted {} in {} strokes", "Irises", 12);
      log.warn(MarkerManager.getMarker("AUDIT"), "nearly out of blue");
      Throwable thrown = new IllegalStateException("dry");
      thrown.setStackTrace(
          new StackTraceElement[] {
            new StackTraceElement("gallery.Easel", "paint", "Easel.java", 4)
          });
      log.error("no paint", thrown);
    } finally {
      ThreadContext.clearMap();
    }
  }
}
