package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.shiplog.Shiplog;
import dev.shiplog.testkit.ForwardEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The starter in an application without a web server: what it does to logging. */
final class StarterTest {
  private static final String LOGGER = StarterTest.class.getName();
  private static final String BANNER = ":: Spring Boot ::";

  private final List<String> arguments = new ArrayList<>();
  @TempDir Path dir;

  @Configuration(proxyBeanMethods = false)
  static class Application {}

  private final Properties before = (Properties) System.getProperties().clone();

  @AfterEach
  void leaveNothing() {
    System.setProperties(before); // Boot leaves its settings there, and respects what it finds
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  private void run(Runnable inside) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    try (ConfigurableApplicationContext context =
        application.run(arguments.toArray(String[]::new))) {
      assertThat(context.isRunning()).isTrue();
      inside.run();
    }
  }

  private void set(String key, Object value) {
    arguments.add("--" + key + "=" + value);
  }

  private static void log(String message) {
    LoggerFactory.getLogger(LOGGER).info(message);
  }

  private Map<?, ?> logged(Lines lines) {
    run(() -> log("hello"));
    assertThat(lines.of(LOGGER)).hasSize(1);
    return lines.of(LOGGER).get(0);
  }

  private void json() {
    set("shiplog.stdout.format", "json");
    set("spring.main.banner-mode", "off");
  }

  @Test
  void everyLine_isJsonFromTheFirstOn() {
    json();
    set("spring.application.name", "gallery");
    try (Lines lines = new Lines()) {
      Map<?, ?> line = logged(lines);
      assertThat(line.get("message")).isEqualTo("hello");
      assertThat(line.get("service.name")).isEqualTo("gallery");
      assertThat(lines.all()).hasSizeGreaterThan(2); // Boot's own among them
      assertThat(lines.text()).contains("No active profile set");
    }
  }

  @Test
  void settings_haveRelaxedNames() {
    json();
    set("shiplog.stack-trace.max-frames", "3");
    set("shiplog.field[0]", "team=red");
    set("shiplog.stdout.schema", "logstash");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      Map<?, ?> line =
          lines.all().stream()
              .filter(l -> LOGGER.equals(l.get("logger_name")))
              .findFirst()
              .orElseThrow();
      assertThat(line.get("level")).isEqualTo("INFO");
      assertThat(line.get("team")).isEqualTo("red");
    }
  }

  @Test
  void wrongSetting_isToldWithItsOriginAndTheApplicationRuns() {
    json();
    set("shiplog.stdout.max-event-bytes", "many");
    set("shiplog.stdout.asinc", "true");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      assertThat(lines.of(LOGGER)).hasSize(1);
      assertThat(lines.errors())
          .contains("maxEventBytes: many")
          .contains("stdout.async is the nearest");
    }
  }

  @Test
  void endpoint_turnsForwardingOn() throws Exception {
    json();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Lines lines = new Lines()) {
      set("shiplog.fluentd.endpoint", endpoint.address());
      set("spring.application.name", "gallery");
      run(
          () -> {
            log("forwarded");
            Shiplog.drain(Duration.ofSeconds(10));
          });
      assertThat(lines.of(LOGGER)).hasSize(1);
      assertThat(endpoint.events())
          .anyMatch(
              event -> event.tag().equals("gallery") && "forwarded".equals(event.field("message")));
    }
  }

  @Test
  void configurationFileOfTheUser_isLeftAlone() throws Exception {
    Path file = dir.resolve("logback-mine.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>mine %msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="CONSOLE"/></root>
        </configuration>
        """);
    set("logging.config", file.toUri());
    set("spring.main.banner-mode", "off");
    set("shiplog.fluentd.endpoint", "127.0.0.1:9");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      assertThat(lines.text().lines()).isNotEmpty().allMatch(line -> line.startsWith("mine "));
      assertThat(lines.errors()).doesNotContain("127.0.0.1:9");
    }
  }

  @Test
  void includeFile_givesTheUsersFileOurAppenders() throws Exception {
    Path file = dir.resolve("logback-mine.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <include resource="dev/shiplog/spring/logback-appenders.xml"/>
          <root level="WARN"><appender-ref ref="STDOUT"/></root>
        </configuration>
        """);
    json();
    set("logging.config", file.toUri());
    set("shiplog.field", "team=red");
    try (Lines lines = new Lines()) {
      run(() -> LoggerFactory.getLogger(LOGGER).warn("hello"));
      assertThat(lines.all()).hasSize(1);
      assertThat(lines.all().get(0).get("team")).isEqualTo("red");
    }
  }

  @Test
  void wrongSettingInTheUsersFile_doesNotStopTheApplication() throws Exception {
    Path file = dir.resolve("logback-mine.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <appender name="STDOUT" class="dev.shiplog.logback.StdoutAppender">
            <format>json</format><maxEventBytes>many</maxEventBytes>
          </appender>
          <root level="WARN"><appender-ref ref="STDOUT"/></root>
        </configuration>
        """);
    set("logging.config", file.toUri());
    set("spring.main.banner-mode", "off");
    try (Lines lines = new Lines()) {
      run(() -> LoggerFactory.getLogger(LOGGER).warn("hello"));
      assertThat(lines.text()).contains("\"hello\"");
    }
  }

  @Test
  void banner_isOffWhereStdoutIsJson() {
    set("shiplog.stdout.format", "json");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      assertThat(lines.of(LOGGER)).hasSize(1);
      assertThat(lines.text()).doesNotContain(BANNER);
    }
  }

  @Test
  void banner_staysBeforeLinesForPeople() {
    set("shiplog.stdout.format", "pretty");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      assertThat(lines.text()).contains(BANNER);
    }
  }

  @Test
  void banner_staysWhereItIsAskedFor() {
    set("shiplog.stdout.format", "json");
    set("spring.main.banner-mode", "console");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      assertThat(lines.text()).contains(BANNER);
    }
  }

  @Test
  void levelsAndThreshold_areThoseOfBoot() {
    json();
    set("logging.level." + LOGGER, "DEBUG");
    set("logging.threshold.console", "WARN");
    try (Lines lines = new Lines()) {
      run(
          () -> {
            LoggerFactory.getLogger(LOGGER).debug("quiet");
            assertThat(LoggerFactory.getLogger(LOGGER).isDebugEnabled()).isTrue();
            LoggerFactory.getLogger(LOGGER).warn("loud");
          });
      assertThat(lines.all()).hasSize(1);
      assertThat(lines.all().get(0).get("message")).isEqualTo("loud");
    }
  }

  @Test
  void console_isOffWhereBootSaysSo() {
    set("logging.console.enabled", "false");
    set("spring.main.banner-mode", "off");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      assertThat(lines.text()).isEmpty();
    }
  }

  @Test
  void structuredFormatOfBoot_choosesTheSchemaAndShapesTheRecords() {
    set("spring.main.banner-mode", "off");
    set("logging.structured.format.console", "ecs");
    set("logging.structured.ecs.service.name", "from-boot");
    set("logging.structured.ecs.service.environment", "prod");
    set("logging.structured.json.add.corp", "red");
    set("logging.structured.json.exclude", "process.pid");
    set("logging.structured.json.rename.message", "text");
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      Map<?, ?> line =
          lines.all().stream()
              .filter(one -> "hello".equals(one.get("text")))
              .findAny()
              .orElseThrow();
      assertThat(line.get("corp")).isEqualTo("red");
      // nested, as Boot writes it
      assertThat(line.get("service"))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("name", "from-boot")
          .containsEntry("environment", "prod");
      assertThat(lines.text()).doesNotContain("\"pid\"");
    }
  }

  @Test
  void structuredFormatOfOneNobodyKnows_staysBoots() {
    set("spring.main.banner-mode", "off");
    set("logging.structured.format.console", Plain.class.getName());
    try (Lines lines = new Lines()) {
      run(() -> log("hello"));
      assertThat(lines.text()).contains("plain hello");
    }
  }

  /** A formatter of the user's. */
  public static final class Plain
      implements org.springframework.boot.logging.structured.StructuredLogFormatter<
          ch.qos.logback.classic.spi.ILoggingEvent> {
    @Override
    public String format(ch.qos.logback.classic.spi.ILoggingEvent event) {
      return "plain " + event.getFormattedMessage() + "\n";
    }
  }

  @Test
  void logFile_staysBoots() throws Exception {
    json();
    Path file = dir.resolve("app.log");
    set("logging.file.name", file);
    try (Lines lines = new Lines()) {
      assertThat(logged(lines).get("message")).isEqualTo("hello");
    }
    assertThat(Files.readString(file)).contains("hello").doesNotContain("\"message\"");
  }

  @Test
  void restarts_leaveNoThreadBehind() throws Exception {
    json();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Lines lines = new Lines()) {
      set("shiplog.fluentd.endpoint", endpoint.address());
      for (int i = 0; i < 4; i++) {
        int round = i;
        run(() -> log("round " + round));
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (senders() > 1 && System.nanoTime() - deadline < 0) {
        Thread.onSpinWait();
      }
      assertThat(senders()).isLessThanOrEqualTo(1);
      assertThat(lines.of(LOGGER)).hasSize(4);
      Shiplog.drain(Duration.ofSeconds(10));
      for (int i = 0; i < 4; i++) {
        String message = "round " + i;
        assertThat(endpoint.events())
            .filteredOn(event -> message.equals(event.field("message")))
            .hasSize(1);
      }
    }
  }

  private static long senders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("shiplog-forward"))
        .count();
  }
}
