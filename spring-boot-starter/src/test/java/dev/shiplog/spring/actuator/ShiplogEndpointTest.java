package dev.shiplog.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.shiplog.spring.Lines;
import dev.shiplog.spring.Silence;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Handshake;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What the actuator's page tells, and what it does not. */
final class ShiplogEndpointTest {
  private final Properties before = (Properties) System.getProperties().clone();
  private final ForwardEndpoint endpoint =
      ForwardEndpoint.builder()
          .behave(Handshake.likeFluentd("geheim").then(Behaviour.acknowledging()))
          .start();

  @Configuration(proxyBeanMethods = false)
  static class Application {}

  @AfterEach
  void leaveNothing() {
    System.setProperties(before);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
    Silence.await();
    endpoint.close();
  }

  private JsonNode page(String... arguments) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(
        Map.of(
            "shiplog.stdout.format",
            "json",
            "shiplog.fluentd.endpoint",
            endpoint.address(),
            "shiplog.fluentd.auth.shared-key",
            "geheim"));
    try (Lines lines = new Lines();
        ConfigurableApplicationContext context = application.run(arguments)) {
      assertThat(context.isRunning()).isTrue();
      assertThat(lines.all()).isNotEmpty();
      return new JsonMapper().valueToTree(new ShiplogEndpoint().page());
    }
  }

  private static JsonNode setting(JsonNode page, String key) {
    for (JsonNode pipeline : page.get("pipelines")) {
      for (JsonNode setting : pipeline.get("settings")) {
        if (pipeline.get("kind").asText().equals("fluentd")
            && setting.get("key").asText().equals(key)) {
          return setting;
        }
      }
    }
    throw new AssertionError("no " + key + " in " + page);
  }

  @Test
  void secret_isMaskedAndItsSourceTold() {
    JsonNode page = page();

    assertThat(page.toString()).doesNotContain("geheim");
    assertThat(setting(page, "fluentd.auth.sharedKey").get("value").asText()).contains("*");
    assertThat(setting(page, "fluentd.auth.sharedKey").get("source").asText())
        .contains("shared-key");
  }

  @Test
  void everySetting_hasItsSource() {
    JsonNode page = page("--spring.application.name=gallery");

    assertThat(setting(page, "service.name").get("value").asText()).isEqualTo("gallery");
    assertThat(setting(page, "service.name").get("source").asText())
        .contains("spring.application.name");
    assertThat(setting(page, "fluentd.ack").get("source").asText()).isEqualTo("default");
    assertThat(page.get("pipelines").findValues("source"))
        .isNotEmpty()
        .allSatisfy(source -> assertThat(source.asText()).isNotBlank());
    assertThat(page.get("detected")).isNotEmpty();
    assertThat(page.get("detected").findValues("source"))
        .allSatisfy(source -> assertThat(source.asText()).isNotBlank());
  }
}
