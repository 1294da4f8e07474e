package dev.shiplog.spring.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The access log where Log4j writes it. */
final class Log4j2AccessLogTest {
  private static final String LOGGER = "access-log";

  private final Properties before = (Properties) System.getProperties().clone();
  @TempDir Path dir;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Application {
    @GetMapping("/painters")
    String painters() {
      return "vincent";
    }
  }

  @AfterEach
  void leaveNothing() {
    System.setProperties(before);
    ((LoggerContext) LogManager.getContext(false)).setConfiguration(new DefaultConfiguration());
  }

  @Test
  void numbers_areNumbersAndNoEntriesOfTheContext() throws Exception {
    Path file = dir.resolve("app.log");
    try (Printed printed = new Printed()) {
      try (ConfigurableApplicationContext context =
          SpringApplication.run(
              Application.class,
              "--server.port=0",
              "--server.address=127.0.0.1",
              "--spring.main.banner-mode=off",
              "--logging.file.name=" + file,
              "--shiplog.stdout.format=json",
              "--shiplog.mdc.exclude=*",
              "--shiplog.access-log.enabled=true")) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/painters");
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (printed.of(LOGGER).isEmpty() && System.nanoTime() - deadline < 0) {
          Thread.onSpinWait(); // it may come a moment after the answer
        }
      }
      Map<?, ?> line = printed.of(LOGGER).get(0);
      assertThat(line.get("http.response.status_code")).isEqualTo(200.0);
      assertThat(line.get("http.response.body.bytes")).isEqualTo(7.0);
      assertThat(line.get("event.duration")).isInstanceOf(Double.class);
      assertThat(line.get("url.path")).isEqualTo("/painters");
      assertThat(String.valueOf(line.get("message"))).startsWith("GET /painters 200 in ");
    }
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.contains(LOGGER))
        .singleElement()
        .asString()
        .matches(".* : GET /painters 200 in \\d+ ms");
  }
}
