package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

/** The starter under {@code @SpringBootTest}: quiet on stderr, and its events are captured. */
@ExtendWith({Silence.class, OutputCaptureExtension.class})
final class SpringTestTest {
  private static final String MESSAGE = "seen by the test";

  private static Properties before = new Properties();

  @Configuration(proxyBeanMethods = false)
  static class Application {}

  @BeforeAll
  static void remember() {
    before = (Properties) System.getProperties().clone();
  }

  @AfterAll
  static void leaveNothing() {
    System.setProperties(before);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  private static List<String> told(CapturedOutput output) {
    LoggerFactory.getLogger(SpringTestTest.class).info(MESSAGE);
    assertThat(output.getErr()).isEmpty();
    return output.getOut().lines().filter(line -> line.contains(MESSAGE)).toList();
  }

  @Nested
  @DirtiesContext
  @SpringBootTest(
      classes = Application.class,
      webEnvironment = WebEnvironment.NONE,
      properties = "shiplog.stdout.format=json")
  class Json {
    @Test
    void event_isCapturedOnceAsJson(CapturedOutput output) throws Exception {
      List<String> told = told(output);

      assertThat(told).hasSize(1);
      assertThat(new JsonMapper().readTree(told.get(0)).get("message").asText()).isEqualTo(MESSAGE);
    }
  }

  @Nested
  @DirtiesContext
  @SpringBootTest(
      classes = Application.class,
      webEnvironment = WebEnvironment.NONE,
      properties = "shiplog.stdout.format=pretty")
  class Pretty {
    @Test
    void event_isCapturedOnceForPeople(CapturedOutput output) {
      List<String> told = told(output);

      assertThat(told).hasSize(1);
      assertThat(told.get(0)).contains("INFO").doesNotStartWith("{");
    }
  }
}
