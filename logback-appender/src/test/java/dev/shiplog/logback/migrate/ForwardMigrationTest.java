package dev.shiplog.logback.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shiplog.docs.Surroundings;
import dev.shiplog.logback.differential.JsonValues;
import dev.shiplog.logback.endtoend.Child;
import dev.shiplog.testkit.ReceivedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link MigrationTest} for those who sent events to fluentd. */
@Timeout(60)
class ForwardMigrationTest {
  private static final Path CONFIGURATIONS = Path.of("src/test/resources/migrate");

  @TempDir Path folder;

  @Test
  void recordsAfterwards_haveAllThatMoreAppendersSentBefore() throws Exception {
    List<ReceivedEvent> before = run("logback-more-appenders/before.xml");
    List<ReceivedEvent> after = run("logback-more-appenders/after.xml");
    for (int i = 0; i < before.size(); i++) {
      Map<String, Object> had = fields(before.get(i));
      Map<String, Object> has = fields(after.get(i));
      assertThat(had).hasSizeGreaterThan(4);
      assertThat(has).containsAllEntriesOf(had);
      assertThat(after.get(i).tag()).isEqualTo(before.get(i).tag());
    }
  }

  private List<ReceivedEvent> run(String name) throws Exception {
    String configuration = Files.readString(CONFIGURATIONS.resolve(name));
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try (Surroundings surroundings = new Surroundings(configuration, folder)) {
      String port = String.valueOf(surroundings.endpoint().port());
      Path file = folder.resolve("logback.xml");
      Files.writeString(
          file,
          surroundings
              .adapted()
              .replace("<remoteHost>fluentd<", "<remoteHost>127.0.0.1<")
              .replace("<port>24224<", "<port>" + port + "<"));
      Painter.configure(context, file);
      Painter.paint(context);
      List<ReceivedEvent> events = surroundings.endpoint().await(3);
      context.stop();
      return events;
    }
  }

  /** A throwable's text without its last line break, and the marker where ours has all of them. */
  private static Map<String, Object> fields(ReceivedEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>(event.fields());
    fields.computeIfPresent("throwable", (name, text) -> text.toString().stripTrailing());
    Object marker = fields.remove("marker");
    if (marker != null) {
      fields.put("tags", List.of(marker));
    }
    return fields;
  }

  @Test
  void recordsAfterwards_haveAllThatDockersDriverSentBefore() throws Exception {
    Path peer = CONFIGURATIONS.resolve("docker-fluentd-driver");
    Map<String, Object> had =
        JsonValues.of(
            (ObjectNode) new JsonMapper().readTree(Files.readString(peer.resolve("before.json"))));
    String configuration = Files.readString(peer.resolve("after.xml"));
    try (Surroundings surroundings = new Surroundings(configuration, folder)) {
      String attributes = "container.id=" + had.get("container_id") + ",container.name=gallery";
      Path file = folder.resolve("logback.xml");
      Files.writeString(file, surroundings.adapted());
      try (Child child =
          Child.application(
              folder,
              Map.of("OTEL_RESOURCE_ATTRIBUTES", attributes),
              Painter.class,
              file.toString())) {
        child.awaitEnd();
      }
      ReceivedEvent has = surroundings.endpoint().await(3).get(0);
      assertThat(has.fields()).containsAllEntriesOf(had);
      assertThat(Files.readString(peer.resolve("before.yaml")))
          .contains("tag: " + has.tag() + "\n");
    }
  }
}
