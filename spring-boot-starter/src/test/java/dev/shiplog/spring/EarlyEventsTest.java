package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Properties;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** What is logged before the application is ready: all that Boot lets through, each once. */
@ExtendWith(Silence.class)
final class EarlyEventsTest {
  /** Wakes {@link Processor}, which stands in spring.factories for all tests. */
  private static final String SWITCH = "early-events";

  private final Properties before = (Properties) System.getProperties().clone();

  @Configuration(proxyBeanMethods = false)
  static class Application {}

  /** Logs through what Boot gives to whoever comes before logging. */
  @SuppressWarnings({"deprecation", "removal"}) // its new name is unknown to Boot 3
  static final class Processor implements org.springframework.boot.env.EnvironmentPostProcessor {
    private final Log log;

    Processor(DeferredLogFactory logs) {
      log = logs.getLog(Processor.class);
    }

    @Override
    public void postProcessEnvironment(
        ConfigurableEnvironment environment, SpringApplication application) {
      if (environment.getProperty(SWITCH, Boolean.class, false)) {
        log.info("from the environment");
      }
    }
  }

  @AfterEach
  void leaveNothing() {
    System.setProperties(before);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  @Test
  void earlyEvents_areToldOnceEach() {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.addInitializers(
        context -> LoggerFactory.getLogger(EarlyEventsTest.class).info("from an initializer"));
    try (Lines lines = new Lines();
        ConfigurableApplicationContext context =
            application.run(
                "--" + SWITCH + "=true",
                "--shiplog.stdout.format=json",
                "--spring.main.banner-mode=off")) {
      assertThat(context.isRunning()).isTrue();
      assertThat(messages(lines, Processor.class)).containsExactly("from the environment");
      assertThat(messages(lines, EarlyEventsTest.class)).contains("from an initializer");
      assertThat(lines.all().stream().map(line -> line.get("message")).toList())
          .doesNotHaveDuplicates();
      assertThat(lines.errors()).isEmpty();
    }
  }

  private static List<String> messages(Lines lines, Class<?> logger) {
    return lines.of(logger.getName()).stream()
        .map(line -> String.valueOf(line.get("message")))
        .toList();
  }
}
