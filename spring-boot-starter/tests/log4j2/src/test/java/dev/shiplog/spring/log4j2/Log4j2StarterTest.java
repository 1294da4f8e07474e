package dev.shiplog.spring.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.testkit.ForwardEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.Reconfigurable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The starter where spring-boot-starter-log4j2 stands in for spring-boot-starter-logging. */
final class Log4j2StarterTest {
  private static final String LOGGER = Log4j2StarterTest.class.getName();
  private static final String BANNER = ":: Spring Boot ::";

  private final List<String> arguments = new ArrayList<>();
  private final Properties before = (Properties) System.getProperties().clone();
  @TempDir Path dir;

  @Configuration(proxyBeanMethods = false)
  static class Application {}

  @AfterEach
  void leaveNothing() {
    System.setProperties(before); // Boot leaves its settings there, and respects what it finds
    // Boot 4 reads the file of the one before again, and where that logged to a file opens one
    // that is called by the property, which is gone
    context().setConfiguration(new DefaultConfiguration());
    assertThat(Path.of("${sys:LOG_FILE}")).doesNotExist();
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

  private void json() {
    set("shiplog.stdout.format", "json");
    set("spring.main.banner-mode", "off");
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  @Test
  void boot_isTheVersionThatIsMeant() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.boot"));
  }

  @Test
  void everyLine_isJsonFromTheFirstOn() {
    json();
    set("spring.application.name", "gallery");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      Map<?, ?> line = printed.of(LOGGER).get(0);
      assertThat(line.get("message")).isEqualTo("hello");
      assertThat(line.get("service.name")).isEqualTo("gallery");
      assertThat(printed.all()).hasSizeGreaterThan(2); // Boot's own among them
      assertThat(printed.text()).contains("No active profile set");
      assertThat(printed.errors()).isEmpty();
    }
  }

  @Test
  void banner_isOffWhereStdoutIsJson() {
    set("shiplog.stdout.format", "json");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.of(LOGGER)).hasSize(1);
      assertThat(printed.text()).doesNotContain(BANNER);
    }
  }

  @Test
  void banner_staysBeforeLinesForPeople() {
    set("shiplog.stdout.format", "pretty");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.text()).contains(BANNER);
    }
  }

  @Test
  void banner_staysWhereItIsAskedFor() {
    set("shiplog.stdout.format", "json");
    set("spring.main.banner-mode", "console");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.text()).contains(BANNER);
    }
  }

  @Test
  void levelsAndThreshold_areThoseOfBoot() {
    json();
    set("logging.level." + LOGGER, "DEBUG");
    set("logging.threshold.console", "WARN");
    try (Printed printed = new Printed()) {
      run(
          () -> {
            assertThat(LoggerFactory.getLogger(LOGGER).isDebugEnabled()).isTrue();
            LoggerFactory.getLogger(LOGGER).debug("quiet");
            LoggerFactory.getLogger(LOGGER).warn("loud");
          });
      assertThat(printed.all()).hasSize(1);
      assertThat(printed.all().get(0).get("message")).isEqualTo("loud");
    }
  }

  @Test
  void console_isOffWhereBootSaysSo() {
    set("logging.console.enabled", "false");
    set("spring.main.banner-mode", "off");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.text()).isEmpty();
    }
  }

  @Test
  void wrongSetting_isToldAndTheApplicationRuns() {
    json();
    set("shiplog.stdout.max-event-bytes", "many");
    set("shiplog.stdout.asinc", "true");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.text()).contains("No active profile set");
      assertThat(printed.of(LOGGER)).hasSize(1);
      assertThat(printed.errors()).contains("maxEventBytes: many").contains("stdout.async is the");
    }
  }

  @Test
  void structuredFormatOfBoot_choosesTheSchema() {
    set("spring.main.banner-mode", "off");
    set("logging.structured.format.console", "logstash");
    set("logging.structured.json.add.corp", "red");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.all())
          .anySatisfy(
              line -> {
                assertThat(line.get("message")).isEqualTo("hello");
                assertThat(line.get("logger_name")).isEqualTo(LOGGER);
                assertThat(line.get("corp")).isEqualTo("red");
              });
    }
  }

  @Test
  void logFile_staysBoots() throws Exception {
    json();
    Path file = dir.resolve("app.log");
    set("logging.file.name", file);
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.of(LOGGER)).hasSize(1);
    }
    assertThat(Files.readString(file)).contains("hello").doesNotContain("\"message\"");
  }

  @Test
  void configurationFileOfTheUser_isLeftAlone() throws Exception {
    Path file = dir.resolve("log4j2-mine.xml");
    Files.writeString(
        file,
        """
        <Configuration>
          <Appenders>
            <Console name="Console" follow="true"><PatternLayout pattern="mine %m%n"/></Console>
          </Appenders>
          <Loggers><Root level="INFO"><AppenderRef ref="Console"/></Root></Loggers>
        </Configuration>
        """);
    set("logging.config", file.toUri());
    set("spring.main.banner-mode", "off");
    try (Printed printed = new Printed()) {
      run(() -> log("hello"));
      assertThat(printed.text().lines()).isNotEmpty().allMatch(line -> line.startsWith("mine "));
    }
  }

  @Test
  void ourAppenderInTheUsersFile_isConfiguredBySpring() throws Exception {
    Path file = dir.resolve("log4j2-mine.xml");
    Files.writeString(
        file,
        """
        <Configuration>
          <Appenders><ShiplogStdout name="OURS" format="pretty"/></Appenders>
          <Loggers><Root level="WARN"><AppenderRef ref="OURS"/></Root></Loggers>
        </Configuration>
        """);
    json();
    set("logging.config", file.toUri());
    set("shiplog.field", "team=red");
    try (Printed printed = new Printed()) {
      run(() -> LoggerFactory.getLogger(LOGGER).warn("hello"));
      assertThat(printed.all()).hasSize(1);
      assertThat(printed.all().get(0).get("team")).isEqualTo("red");
    }
  }

  @Test
  void endpoint_turnsForwardingOn() throws Exception {
    json();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Printed printed = new Printed()) {
      set("shiplog.fluentd.endpoint", endpoint.address());
      set("spring.application.name", "gallery");
      run(
          () -> {
            log("forwarded");
            Shiplog.drain(Duration.ofSeconds(10));
          });
      assertThat(printed.of(LOGGER)).hasSize(1);
      assertThat(endpoint.events())
          .anyMatch(
              event -> event.tag().equals("gallery") && "forwarded".equals(event.field("message")));
    }
  }

  @Test
  void secondApplication_forwardsNothingToADefaultEndpoint() throws Exception {
    json();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Printed printed = new Printed()) {
      run(
          () -> {
            set("shiplog.fluentd.endpoint", endpoint.address());
            run(() -> run(() -> log("hello")));
            assertThat(context().getConfiguration().getAppenders())
                .containsKey("STDOUT")
                .doesNotContainKey("FLUENTD");
          });
      assertThat(printed.of(LOGGER)).hasSize(1);
      assertThat(printed.errors()).containsOnlyOnce("settings of another application");
      assertThat(endpoint.connections()).isZero();
    }
  }

  @Test
  void fileThatIsReadAgain_keepsOurAppenders() throws Exception {
    json();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Printed printed = new Printed()) {
      set("shiplog.fluentd.endpoint", endpoint.address());
      run(
          () -> {
            log("first");
            // what Log4j does when it sees that a file has changed
            context().onChange((Reconfigurable) context().getConfiguration());
            log("second");
            Shiplog.drain(Duration.ofSeconds(10));
          });
      assertThat(printed.of(LOGGER))
          .extracting(line -> String.valueOf(line.get("message")))
          .containsExactly("first", "second");
      for (String message : List.of("first", "second")) {
        assertThat(endpoint.events())
            .filteredOn(event -> message.equals(event.field("message")))
            .hasSize(1);
      }
    }
  }

  @Test
  void restarts_leaveNoThreadBehind() throws Exception {
    json();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Printed printed = new Printed()) {
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
      assertThat(printed.of(LOGGER)).hasSize(4);
      assertThat(printed.text().lines().filter(line -> line.contains("No active profile set")))
          .hasSize(4);
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
