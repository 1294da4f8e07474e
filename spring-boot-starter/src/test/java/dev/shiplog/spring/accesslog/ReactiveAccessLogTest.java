package dev.shiplog.spring.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The access log of WebFlux, on Netty. */
final class ReactiveAccessLogTest {
  private static final String KEY = "a-tracer";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final CountDownLatch ASKED = new CountDownLatch(1);

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Application {
    @GetMapping("/painters/{id}")
    Mono<String> painter(@PathVariable("id") String id) {
      return Mono.delay(Duration.ofMillis(1)).map(tick -> "painter " + id);
    }

    @GetMapping("/parts")
    Flux<String> parts() {
      return Flux.just("one", "two", "three");
    }

    @GetMapping("/broken")
    Mono<String> broken() {
      return Mono.error(new IllegalStateException("broken"));
    }

    @GetMapping("/closed")
    Mono<String> closed() {
      return Mono.error(new ResponseStatusException(HttpStatus.GONE));
    }

    @GetMapping("/never")
    Mono<String> never() {
      return Mono.<String>never().doOnSubscribe(subscription -> ASKED.countDown());
    }

    /** As tracing does: the trace is in the context, and MDC gets it where that is put in place. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter tracer() {
      return (exchange, chain) ->
          chain.filter(exchange).contextWrite(context -> context.put(KEY, TRACE));
    }
  }

  @BeforeAll
  static void trace() {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor(
            KEY,
            () -> MDC.get("trace.id"),
            trace -> MDC.put("trace.id", trace),
            () -> MDC.remove("trace.id"));
  }

  @AfterAll
  static void leaveNothing() {
    ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
  }

  @Test
  void exchanges_areToldWithWhatBecameOfThem() throws Exception {
    try (Site site =
        new Site(
            Site.Server.NETTY,
            Application.class,
            "shiplog.access-log.exclude=/actuator/**",
            "shiplog.access-log.query-parameters=page",
            "shiplog.access-log.request-headers=X-Room,Authorization")) {
      site.get("/actuator/health");
      site.get(
          "/painters/7;jsessionid=geheim?page=2&token=geheim",
          "X-Room",
          "3",
          "User-Agent",
          "visitor",
          "Authorization",
          "geheim");
      Map<?, ?> painter = site.told("/painters/7");
      assertThat(painter.get("http.request.method")).isEqualTo("GET");
      assertThat(painter.get("http.route")).isEqualTo("/painters/{id}");
      assertThat(painter.get("http.response.status_code")).isEqualTo(200);
      assertThat(painter.get("http.response.body.bytes")).isEqualTo(9);
      assertThat(painter.get("url.query")).isEqualTo("page=2");
      assertThat(painter.get("http.request.headers.x-room")).isEqualTo("3");
      assertThat(painter.get("http.request.headers.authorization")).isEqualTo("****");
      assertThat(painter.get("user_agent.original")).isEqualTo("visitor");
      assertThat(painter.get("client.address")).isEqualTo("127.0.0.1");
      assertThat(painter.get("trace.id")).isEqualTo(TRACE);
      assertThat(String.valueOf(painter.get("event.duration"))).matches("[1-9]\\d+");

      site.get("/parts");
      assertThat(site.told("/parts").get("http.response.body.bytes")).isEqualTo(11);

      site.get("/broken");
      assertThat(site.told("/broken").get("http.response.status_code")).isEqualTo(500);
      assertThat(site.told("/broken").get("event.outcome")).isEqualTo("failure");
      assertThat(site.told("/broken").get("trace.id")).isEqualTo(TRACE);

      String page = site.get("/closed").body();
      assertThat(site.told("/closed").get("http.response.status_code")).isEqualTo(410);
      assertThat(site.told("/closed").get("event.outcome")).isEqualTo("success");
      assertThat(site.told("/closed").get("http.response.body.bytes")).isEqualTo(page.length());

      site.get("/nowhere");
      assertThat(site.told("/nowhere").get("http.response.status_code")).isEqualTo(404);

      goAwayFrom(site);
      assertThat(site.told("/never").get("http.response.status_code")).isEqualTo(499);

      assertThat(site.all()).as("each once").hasSize(6);
      assertThat(site.text()).doesNotContain("geheim");
    }
  }

  @Test
  void exclusion_isOfPathsWithinTheApplication() throws Exception {
    try (Site site =
        new Site(
            Site.Server.NETTY,
            Application.class,
            "spring.webflux.base-path=/gallery",
            "shiplog.access-log.exclude=/actuator/**,/painters/{id}")) {
      site.get("/gallery/actuator/health");
      site.get("/gallery/painters/7");
      site.get("/gallery/parts");

      assertThat(site.told("/gallery/parts").get("http.response.status_code")).isEqualTo(200);
      assertThat(site.all()).hasSize(1);
    }
  }

  /** A client that does not wait for its answer. */
  private static void goAwayFrom(Site site) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      String request = "GET /never HTTP/1.1\r\nHost: gallery\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(ASKED.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
