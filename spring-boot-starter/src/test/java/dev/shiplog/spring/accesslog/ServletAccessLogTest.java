package dev.shiplog.spring.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.testkit.ForwardEndpoint;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The access log of servlet containers; what they have in common is in WebTest besides. */
final class ServletAccessLogTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final String BODY_BYTES = "http.response.body.bytes";

  /** Characters of one, two, three and four bytes. */
  private static final String PAGE = "aä€\uD83D\uDE80 " + "Größe ".repeat(500);

  private static final int HALF = 4;

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

    @GetMapping("/page")
    void page(HttpServletResponse response) throws IOException {
      response.setContentType("text/html;charset=UTF-8");
      PrintWriter page = response.getWriter();
      page.print(PAGE.substring(0, HALF)); // ends within a surrogate pair
      page.print(PAGE.substring(HALF));
    }

    @GetMapping("/page/latin")
    void latin(HttpServletResponse response) throws IOException {
      response.setContentType("text/plain;charset=ISO-8859-1");
      response.getWriter().printf("%s%n", "é");
      response.getWriter().println('ü');
    }

    @GetMapping("/page/torn")
    void torn(HttpServletResponse response) throws IOException {
      response.getWriter().print("half a page");
      throw new IllegalStateException("torn");
    }

    @GetMapping("/page/refused")
    void refused(HttpServletResponse response) throws IOException {
      response.getWriter().print("half a page");
      response.sendError(HttpServletResponse.SC_CONFLICT);
    }

    @GetMapping("/page/handled")
    void handled(HttpServletResponse response) throws IOException {
      response.getWriter().print("half a page");
      response.resetBuffer();
      response.getWriter().print("sorry");
    }

    @GetMapping("/page/flushed")
    void flushed(HttpServletResponse response) throws IOException {
      response.getWriter().print("at once");
      response.flushBuffer();
    }

    @Bean
    Filter tracer() {
      return new Tracer();
    }
  }

  /** Outside of ours, and only while this thread is at it. */
  private static final class Tracer implements Filter, Ordered {
    @Override
    public int getOrder() {
      return AccessLog.ORDER - 1;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      MDC.put("trace.id", TRACE);
      try {
        chain.doFilter(request, response);
      } finally {
        MDC.remove("trace.id");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Server.class,
      names = {"TOMCAT", "JETTY"})
  void exchanges_areToldAlikeByEveryContainer(Site.Server server) throws Exception {
    try (Site site =
        new Site(server, Application.class, "shiplog.access-log.exclude=/actuator/**")) {
      site.get("/actuator/health");
      site.get("/painters/7;jsessionid=geheim;x=1?token=geheim", "Authorization", "geheim");
      Map<?, ?> painter = site.told("/painters/7;x=1");
      assertThat(painter.get("http.route")).isEqualTo("/painters/{id}");
      assertThat(painter.get("http.response.status_code")).isEqualTo(200);
      assertThat(painter.get(BODY_BYTES)).isEqualTo(9);
      assertThat(painter.get("http.version")).isEqualTo("1.1");
      assertThat(painter.get("url.domain")).isEqualTo("127.0.0.1");
      assertThat(painter.get("trace.id")).isEqualTo(TRACE);
      assertThat(String.valueOf(painter.get("message"))).startsWith("GET /painters/7;x=1 200 in ");

      site.get("/slow");
      Map<?, ?> slow = site.told("/slow");
      assertThat(slow.get(BODY_BYTES)).isEqualTo(4);
      assertThat(slow.get("trace.id")).as("told by another thread").isEqualTo(TRACE);

      site.get("/broken");
      assertThat(site.told("/broken").get("http.response.status_code")).isEqualTo(500);
      assertThat(site.told("/broken").get("event.outcome")).isEqualTo("failure");
      site.get("/nowhere");
      assertThat(site.told("/nowhere").get("http.response.status_code")).isEqualTo(404);

      assertThat(site.all()).hasSize(4);
      assertThat(site.text()).doesNotContain("geheim");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Server.class,
      names = {"TOMCAT", "JETTY"})
  void pageOfAWriter_isAnsweredAsWithoutTheAccessLog(Site.Server server) throws Exception {
    try (Site site = new Site(server, Application.class)) {
      HttpResponse<String> page = site.get("/page");
      byte[] bytes = PAGE.getBytes(StandardCharsets.UTF_8);
      assertThat(page.body()).isEqualTo(PAGE);
      assertThat(page.headers().firstValueAsLong("Content-Length")).hasValue(bytes.length);
      assertThat(site.told("/page").get(BODY_BYTES)).isEqualTo(bytes.length);

      HttpResponse<String> latin = site.get("/page/latin");
      int length = ("éü" + System.lineSeparator().repeat(2)).length();
      assertThat(latin.body().lines()).containsExactly("é", "ü");
      assertThat(latin.headers().firstValueAsLong("Content-Length")).hasValue(length);
      assertThat(site.told("/page/latin").get(BODY_BYTES)).isEqualTo(length);

      assertThat(site.get("/page/handled").body()).isEqualTo("sorry");
      assertThat(site.told("/page/handled").get(BODY_BYTES)).isEqualTo(5);
      assertThat(site.get("/page/flushed").body()).isEqualTo("at once");
      assertThat(site.told("/page/flushed").get(BODY_BYTES)).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Server.class,
      names = {"TOMCAT", "JETTY"})
  void pageThatBreaksOff_isAnsweredByTheErrorPage(Site.Server server) throws Exception {
    try (Site site = new Site(server, Application.class)) {
      HttpResponse<String> torn = site.get("/page/torn", "Accept", "application/json");
      assertThat(torn.statusCode()).isEqualTo(500);
      assertThat(torn.body()).contains("\"path\":\"/page/torn\"").doesNotContain("half");
      assertThat(site.told("/page/torn").get("http.response.status_code")).isEqualTo(500);
      assertThat(site.told("/page/torn").get(BODY_BYTES)).as("not known").isNull();

      HttpResponse<String> refused = site.get("/page/refused", "Accept", "application/json");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("\"path\":\"/page/refused\"").doesNotContain("half");
      assertThat(site.told("/page/refused").get("http.response.status_code")).isEqualTo(409);
      assertThat(site.told("/page/refused").get(BODY_BYTES)).as("not known").isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Server.class,
      names = {"TOMCAT", "JETTY"})
  void exclusion_isOfPathsWithinTheApplication(Site.Server server) throws Exception {
    try (Site site =
        new Site(
            server,
            Application.class,
            "server.servlet.context-path=/gallery",
            "shiplog.access-log.exclude=/actuator/**,/painters/{id}")) {
      site.get("/gallery/actuator/health");
      site.get("/gallery/painters/7");
      site.get("/gallery/slow");

      assertThat(site.told("/gallery/slow").get("http.response.status_code")).isEqualTo(200);
      assertThat(site.all()).hasSize(1);
    }
  }

  @Test
  void exchange_hasATagOfItsOwn() throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Site site =
            new Site(
                Site.Server.TOMCAT,
                Application.class,
                "spring.application.name=gallery",
                "shiplog.fluentd.endpoint=" + endpoint.address())) {
      site.get("/painters/7");
      site.told("/painters/7");
      Shiplog.drain(Duration.ofSeconds(10));

      assertThat(List.copyOf(endpoint.events("gallery.access-log"))).hasSize(1);
      assertThat(endpoint.events("gallery.access-log").get(0).field("url.path"))
          .isEqualTo("/painters/7");
    }
  }
}
