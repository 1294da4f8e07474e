package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.config.FileValues;
import dev.shiplog.config.Key;
import dev.shiplog.config.KeySamples;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Problem;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The table of who wins, row by row as the page has it. */
final class WhoWinsTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String FORMAT = "logging.structured.format.console";
  private static final String LOGGER = WhoWinsTest.class.getName();

  /** Of each setting that is no text. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          FORMAT,
          "gelf",
          "logging.structured.json.context.include",
          "false",
          "logging.structured.json.stacktrace.root",
          "first",
          "logging.structured.json.stacktrace.max-throwable-depth",
          "7",
          "logging.structured.json.stacktrace.max-length",
          "512",
          "logging.structured.json.stacktrace.include-hashes",
          "true",
          "logging.structured.json.stacktrace.include-common-frames",
          "true");

  private final Properties before = (Properties) System.getProperties().clone();
  @TempDir Path folder;

  @Configuration(proxyBeanMethods = false)
  static class Application {}

  /** Adds to what Boot writes. */
  public static final class Customizer
      implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {
    @Override
    public void customize(JsonWriter.Members<ILoggingEvent> members) {
      members.add("customized", "yes");
    }
  }

  /**
   * A row of the page.
   *
   * @param ours our keys that it names; none if the setting is not handed on
   */
  record Row(String setting, String variant, String effect, List<String> ours, String beside) {
    static Row of(String line) {
      String[] cells = line.split("\\|");
      List<String> names = codes(cells[1]);
      List<String> keys = Keys.of(Scope.STDOUT).stream().map(Key::qualifiedName).toList();
      return new Row(
          names.get(0),
          cells[1].replaceFirst("`[^`]+`:?", "").strip(),
          cells[2].strip(),
          codes(cells[2]).stream().filter(keys::contains).toList(),
          cells[3].strip());
    }

    private static List<String> codes(String cell) {
      Matcher matcher = CODE.matcher(cell);
      return matcher.results().map(result -> result.group(1)).toList();
    }

    @Override
    public String toString() {
      return setting + " " + variant;
    }
  }

  static Stream<Row> rows() throws IOException {
    return SpringPage.lines().stream()
        .dropWhile(line -> !line.equals("## Who wins"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `"))
        .map(Row::of);
  }

  @AfterEach
  void leaveNothing() {
    System.setProperties(before);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  @Test
  void page_hasEverySettingThatTheStarterReads() throws IOException {
    assertThat(rows().map(Row::setting))
        .hasSizeGreaterThan(25)
        .contains(
            FORMAT,
            "logging.structured.format.file",
            "logging.structured.json.customizer",
            "logging.structured.json.stacktrace.include-hashes",
            "logging.structured.gelf.service.version",
            "logging.console.enabled",
            "logging.threshold.console");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void setting_doesWhatThePageSays(Row row) throws IOException {
    if (!row.ours().isEmpty()) {
      assertThat(row.beside()).isEqualTo("ours wins");
      row.ours().forEach(name -> isHandedOn(row, key(name)));
    } else if (row.effect().startsWith("nothing")) {
      Map<String, Object> written = written(row);
      Map<String, Object> without = new LinkedHashMap<>(Map.of(FORMAT, "logstash"));
      assertThat(settings(written)).isEqualTo(settings(without));
    } else {
      shows(row);
    }
  }

  private static Key<?> key(String name) {
    return Keys.of(Scope.STDOUT).stream()
        .filter(key -> key.qualifiedName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void isHandedOn(Row row, Key<?> key) {
    Map<String, Object> written = written(row);
    if (key.equals(Keys.NESTED)) {
      written.put(FORMAT, "ecs");
    }
    assertThat(written.keySet()).anyMatch(name -> name.startsWith(place(settings(written), key)));
    String ours = "shiplog.stdout." + EnvironmentValues.kebab(key.name());
    written.put(ours, KeySamples.valid(key));
    assertThat(place(settings(written), key)).contains(ours);
  }

  /** What the row sets, and what it takes for that to count. */
  private static Map<String, Object> written(Row row) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(FORMAT, "logstash");
    String name = row.setting().replace("<path>", "corp");
    written.put(name, SAMPLES.getOrDefault(row.setting(), "theirs"));
    return written;
  }

  private static Settings settings(Map<String, Object> written) {
    return SpringContext.of(SpringContext.file(written))
        .settings(Scope.STDOUT, "STDOUT", new FileValues("logback.xml"));
  }

  /** Where the value was written that counts, or would if this version knew it. */
  private static String place(Settings settings, Key<?> key) {
    return settings.problems().stream()
        .filter(problem -> problem.key().equals(key.qualifiedName()))
        .map(Problem::source)
        .findFirst()
        .orElseGet(() -> settings.source(key));
  }

  private void shows(Row row) throws IOException {
    Path file = folder.resolve("app.log");
    String toFile = "logging.file.name=" + file;
    switch (row.setting()) {
      case FORMAT ->
          assertThat(run(FORMAT + "=" + StarterTest.Plain.class.getName())).contains("plain loud");
      case "logging.structured.json.customizer" ->
          assertThat(run(FORMAT + "=logstash", row.setting() + "=" + Customizer.class.getName()))
              .contains("\"customized\":\"yes\"");
      case "logging.structured.format.file" -> {
        assertThat(run(toFile, row.setting() + "=logstash")).contains("\"log.logger\"");
        assertThat(Files.readString(file)).contains("\"logger_name\"").doesNotContain("log.logger");
      }
      case "logging.file.name" -> {
        assertThat(run(toFile)).contains("\"message\":\"loud\"");
        assertThat(Files.readString(file)).contains("loud").doesNotContain("\"message\"");
      }
      case "logging.console.enabled" -> assertThat(run(row.setting() + "=false")).isEmpty();
      case "logging.threshold.console" ->
          assertThat(run(row.setting() + "=WARN")).contains("loud").doesNotContain("quiet");
      case "logging.threshold.file" -> {
        assertThat(run(toFile, row.setting() + "=WARN")).contains("loud", "quiet");
        assertThat(Files.readString(file)).contains("loud").doesNotContain("quiet");
      }
      case "logging.pattern.console" ->
          assertThat(run(row.setting() + "=theirs %m%n"))
              .contains("\"message\":\"loud\"")
              .doesNotContain("theirs");
      case "logging.level.<logger>" ->
          assertThat(run("logging.level." + LOGGER + "=WARN"))
              .contains("loud")
              .doesNotContain("quiet");
      case "logging.config" -> {
        Path config = folder.resolve("logback-mine.xml");
        Files.writeString(
            config,
            """
            <configuration>
              <appender name="MINE" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>mine %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="MINE"/></root>
            </configuration>
            """);
        assertThat(run(row.setting() + "=" + config.toUri()))
            .contains("mine loud")
            .doesNotContain("{");
      }
      case "shiplog.stdout.enabled", "shiplog.enabled" ->
          assertThat(run(row.setting() + "=false"))
              .contains(": loud")
              .doesNotContain("\"message\"");
      default -> throw new AssertionError("nobody knows how to try " + row);
    }
  }

  /** What is printed by an application that logs {@code quiet} and {@code loud}. */
  private String run(String... properties) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.main.banner-mode=off");
    arguments.add("--shiplog.stdout.format=json");
    Stream.of(properties).map(property -> "--" + property).forEach(arguments::add);
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    try (Lines lines = new Lines();
        ConfigurableApplicationContext context =
            application.run(arguments.toArray(String[]::new))) {
      assertThat(context.isRunning()).isTrue();
      LoggerFactory.getLogger(LOGGER).info("quiet");
      LoggerFactory.getLogger(LOGGER).warn("loud");
      return lines.text();
    }
  }
}
