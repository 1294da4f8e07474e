package dev.shiplog.logback.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shiplog.logback.differential.JsonValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The configurations that the migration pages show before and after: both run, and what the one
 * wrote is in what the other writes.
 */
class MigrationTest {
  private static final Path CONFIGURATIONS = Path.of("src/test/resources/migrate");
  private static final Path PAGES = Path.of("../docs/migrate");
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Times of two runs, and the version of ECS that each follows. */
  private static final Set<String> UNLIKE = Set.of("@timestamp", "ecs.version");

  private final LoggerContext context = new LoggerContext();

  @ParameterizedTest
  @ValueSource(strings = {"logstash-logback-encoder", "ecs-logging-java"})
  void recordsAfterwards_haveAllThatTheyHadBefore(String peer) throws Exception {
    compare(run(CONFIGURATIONS.resolve(peer + "/before.xml")), after(peer));
  }

  @Test
  void recordsAfterwards_haveAllThatSpringBootWroteBefore() throws Exception {
    Properties properties = new Properties();
    properties.load(
        new StringReader(
            Files.readString(CONFIGURATIONS.resolve("spring-boot/before.properties"))));
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new PropertiesPropertySource("file", properties));
    context.putObject(Environment.class.getName(), environment);
    List<Map<String, Object>> before =
        captured(
            () -> {
              StructuredLogEncoder encoder = new StructuredLogEncoder();
              encoder.setFormat(properties.getProperty("logging.structured.format.console"));
              encoder.setContext(context);
              encoder.start();
              ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
              appender.setContext(context);
              appender.setEncoder(encoder);
              appender.start();
              context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
            });

    compare(before, after("spring-boot"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logstash-logback-encoder",
        "ecs-logging-java",
        "spring-boot",
        "logback-more-appenders",
        "docker-fluentd-driver"
      })
  void page_showsTheConfigurationsThatAreRunHere(String peer) throws IOException {
    String page = Files.readString(PAGES.resolve(peer + ".md"));
    try (var files = Files.list(CONFIGURATIONS.resolve(peer))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        String language = name.substring(name.indexOf('.') + 1);
        assertThat(page).contains("```" + language + "\n" + Files.readString(file) + "```");
      }
    }
  }

  private List<Map<String, Object>> after(String peer) throws Exception {
    return run(CONFIGURATIONS.resolve(peer + "/after.xml"));
  }

  private List<Map<String, Object>> run(Path configuration) throws Exception {
    return captured(() -> Painter.configure(context, configuration));
  }

  /** What is to be done before events are logged. */
  @FunctionalInterface
  private interface Configuring {
    void run() throws JoranException;
  }

  private List<Map<String, Object>> captured(Configuring configuring) throws Exception {
    PrintStream stdout = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    System.setProperty("shiplog.stdout.via", "system-out");
    try {
      context.setMDCAdapter(new LogbackMDCAdapter());
      configuring.run();
      Painter.paint(context);
    } finally {
      context.stop();
      context.reset();
      System.clearProperty("shiplog.stdout.via");
      System.setOut(stdout);
    }
    List<Map<String, Object>> records = new ArrayList<>();
    for (String line : bytes.toString(StandardCharsets.UTF_8).lines().toList()) {
      records.add(JsonValues.of(JsonValues.flat((ObjectNode) MAPPER.readTree(line))));
    }
    assertThat(records).hasSize(3);
    return records;
  }

  private static void compare(List<Map<String, Object>> before, List<Map<String, Object>> after) {
    for (int i = 0; i < before.size(); i++) {
      Map<String, Object> had = before.get(i);
      Map<String, Object> has = after.get(i);
      had.keySet().removeAll(UNLIKE);
      assertThat(had).isNotEmpty();
      assertThat(has).containsAllEntriesOf(had);
    }
  }
}
