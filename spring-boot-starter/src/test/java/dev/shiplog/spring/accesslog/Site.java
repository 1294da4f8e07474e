package dev.shiplog.spring.accesslog;

import ch.qos.logback.classic.LoggerContext;
import dev.shiplog.spring.Lines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;

/** An application on a web server of the test's choice, with its access log. Gone when closed. */
final class Site implements AutoCloseable {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** All are on the class path; the factory that is a bean decides. */
  enum Server {
    JETTY(
        WebApplicationType.SERVLET,
        "org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory",
        "org.springframework.boot.jetty.servlet.JettyServletWebServerFactory"),
    TOMCAT(
        WebApplicationType.SERVLET,
        "org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory",
        "org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory"),
    NETTY(
        WebApplicationType.REACTIVE,
        "org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory",
        "org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory");

    private final WebApplicationType type;
    private final String ofBoot3;
    private final String ofBoot4;

    Server(WebApplicationType type, String ofBoot3, String ofBoot4) {
      this.type = type;
      this.ofBoot3 = ofBoot3;
      this.ofBoot4 = ofBoot4;
    }

    private ApplicationContextInitializer<ConfigurableApplicationContext> initializer() {
      String name = ClassUtils.isPresent(ofBoot3, null) ? ofBoot3 : ofBoot4;
      Class<?> factory = ClassUtils.resolveClassName(name, null);
      return context -> ((GenericApplicationContext) context).registerBean(factory);
    }
  }

  private final Properties before = (Properties) System.getProperties().clone();
  private final Lines lines = new Lines();
  private final ConfigurableApplicationContext context;

  /** Opens it; {@code settings} are {@code key=value}. */
  Site(Server server, Class<?> application, String... settings) {
    SpringApplication spring = new SpringApplication(application);
    spring.setWebApplicationType(server.type);
    spring.addInitializers(server.initializer());
    List<String> all =
        new ArrayList<>(
            List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "shiplog.stdout.format=json",
                "shiplog.access-log.enabled=true"));
    all.addAll(List.of(settings));
    try {
      context = spring.run(all.stream().map("--"::concat).toArray(String[]::new));
    } catch (RuntimeException e) {
      lines.close();
      throw new IllegalStateException(lines.text() + lines.errors(), e);
    }
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** All that was printed. */
  String text() {
    return lines.text();
  }

  /** The events of the access log. */
  List<Map<?, ?>> all() {
    return lines.of(AccessLog.LOGGER);
  }

  /** The event of a request, which may come a moment after its answer. */
  Map<?, ?> told(String path) {
    Supplier<Stream<Map<?, ?>>> events =
        () -> all().stream().filter(line -> path.equals(line.get("url.path")));
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() - deadline < 0) {
      if (events.get().findFirst().isPresent()) {
        return events.get().findFirst().orElseThrow();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no event for " + path + " in " + lines.text());
  }

  @Override
  public void close() {
    try {
      context.close();
    } finally {
      lines.close();
      System.setProperties(before);
      ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
    }
  }
}
