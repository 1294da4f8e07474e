package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Handshake;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The starter in a web application: access log and actuator. */
final class WebTest {
  private final Properties before = (Properties) System.getProperties().clone();
  private final List<String> arguments = new ArrayList<>();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Application {
    @GetMapping("/painters/{id}")
    String painter(@PathVariable("id") String id) {
      return "painter " + id;
    }

    @GetMapping("/slow")
    Callable<String> slow() {
      return () -> "slow";
    }

    @GetMapping("/broken")
    String broken() {
      throw new IllegalStateException("broken");
    }
  }

  private interface Visit {
    void in(ConfigurableApplicationContext context) throws Exception;
  }

  @AfterEach
  void leaveNothing() {
    System.setProperties(before);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  private void set(String key, Object value) {
    arguments.add("--" + key + "=" + value);
  }

  private void run(Visit visit) throws Exception {
    set("server.port", 0);
    set("server.address", "127.0.0.1");
    set("spring.main.banner-mode", "off");
    set("shiplog.stdout.format", "json");
    set("shiplog.access-log.enabled", true);
    try (ConfigurableApplicationContext context =
        SpringApplication.run(Application.class, arguments.toArray(String[]::new))) {
      visit.in(context);
    }
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext context, String path, String... headers) throws Exception {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The event of a request may come a moment after its answer. */
  private static Map<?, ?> told(Lines lines, String path) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() - deadline < 0) {
      for (Map<?, ?> line : lines.of("access-log")) {
        if (path.equals(line.get("url.path"))) {
          return line;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no event for " + path + " in " + lines.text());
  }

  @Test
  void request_isOneEvent() throws Exception {
    set("shiplog.access-log.query-parameters", "page");
    set("shiplog.access-log.request-headers", "X-Room");
    try (Lines lines = new Lines()) {
      run(
          context -> {
            get(context, "/painters/7?page=2&token=geheim", "X-Room", "3", "User-Agent", "visitor");
            Map<?, ?> line = told(lines, "/painters/7");
            assertThat(line.get("http.request.method")).isEqualTo("GET");
            assertThat(line.get("http.response.status_code")).isEqualTo(200);
            assertThat(line.get("http.response.body.bytes")).isEqualTo(9);
            assertThat(line.get("http.route")).isEqualTo("/painters/{id}");
            assertThat(line.get("url.query")).isEqualTo("page=2");
            assertThat(line.get("http.request.headers.x-room")).isEqualTo("3");
            assertThat(line.get("user_agent.original")).isEqualTo("visitor");
            assertThat(line.get("client.address")).isEqualTo("127.0.0.1");
            assertThat(line.get("event.outcome")).isEqualTo("success");
            assertThat(String.valueOf(line.get("event.duration"))).matches("[1-9]\\d+");
            assertThat(lines.text()).doesNotContain("geheim");
          });
    }
  }

  @Test
  void asynchronousRequest_isToldOnceWhenItIsComplete() throws Exception {
    try (Lines lines = new Lines()) {
      run(
          context -> {
            assertThat(get(context, "/slow").body()).isEqualTo("slow");
            assertThat(told(lines, "/slow").get("http.response.body.bytes")).isEqualTo(4);
            get(context, "/painters/8");
            told(lines, "/painters/8");
            assertThat(lines.of("access-log")).hasSize(2);
          });
    }
  }

  @Test
  void failure_isToldAsOne() throws Exception {
    try (Lines lines = new Lines()) {
      run(
          context -> {
            assertThat(get(context, "/broken").statusCode()).isEqualTo(500);
            assertThat(told(lines, "/broken").get("http.response.status_code")).isEqualTo(500);
            assertThat(told(lines, "/broken").get("event.outcome")).isEqualTo("failure");
            get(context, "/nowhere");
            assertThat(told(lines, "/nowhere").get("http.response.status_code")).isEqualTo(404);
          });
    }
  }

  @Test
  void excludedPath_isNotTold() throws Exception {
    set("shiplog.access-log.exclude", "/actuator/**");
    try (Lines lines = new Lines()) {
      run(
          context -> {
            get(context, "/actuator/health");
            get(context, "/painters/9");
            told(lines, "/painters/9");
            assertThat(lines.of("access-log")).hasSize(1);
          });
    }
  }

  @Test
  void trustedProxy_isBelievedAndTheAddressShortened() throws Exception {
    set("shiplog.access-log.trusted-proxies", "127.0.0.0/8");
    set("shiplog.access-log.client-address", "shortened");
    try (Lines lines = new Lines()) {
      run(
          context -> {
            get(context, "/painters/10", "X-Forwarded-For", "6.6.6.6, 203.0.113.77");
            assertThat(told(lines, "/painters/10").get("client.address")).isEqualTo("203.0.113.0");
          });
    }
  }

  private static JsonNode pipeline(JsonNode page, String kind) {
    for (JsonNode pipeline : page.at("/pipelines")) {
      if (kind.equals(pipeline.at("/kind").asText())) {
        return pipeline;
      }
    }
    throw new AssertionError("no " + kind + " in " + page);
  }

  @Test
  void actuator_showsSettingsFactsAndMeters() throws Exception {
    set("management.endpoints.web.exposure.include", "health,shiplog");
    set("management.endpoint.health.show-details", "always");
    set("spring.application.name", "gallery");
    set("shiplog.fluentd.auth.shared-key", "hunter2");
    set("shiplog.fluentd.no-such-key", "hunter3");
    Behaviour authenticated = Handshake.likeFluentd("hunter2").then(Behaviour.acknowledging());
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(authenticated).start();
        Lines lines = new Lines()) {
      set("shiplog.fluentd.endpoint", endpoint.address());
      run(
          context -> {
            String body = get(context, "/actuator/shiplog").body();
            assertThat(body).contains("auth.sharedKey").doesNotContain("hunter");
            assertThat(get(context, "/actuator/health").body()).doesNotContain("hunter");
            JsonNode page = new JsonMapper().readTree(body);
            JsonNode stdout = pipeline(page, "stdout");
            assertThat(stdout.at("/kind").asText()).as("%s", page).isEqualTo("stdout");
            assertThat(stdout.at("/meters/accepted").asLong()).isPositive();
            assertThat(stdout.at("/settings").findValuesAsText("key")).contains("stdout.format");
            assertThat(page.at("/detected").size()).isPositive();
            JsonNode health = new JsonMapper().readTree(get(context, "/actuator/health").body());
            assertThat(health.at("/status").asText()).isEqualTo("UP");
            assertThat(health.at("/components/shiplog/status").asText()).isEqualTo("UP");
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(
                    registry
                        .get("shiplog.accepted")
                        .tag("appender", "STDOUT")
                        .functionCounter()
                        .count())
                .isPositive();
            assertThat(lines.all()).isNotEmpty();
          });
      leaveNothing();
      Silence.await();
    }
  }
}
