package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.shiplog.Shiplog;
import dev.shiplog.config.TlsBundle;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.TestAuthority;
import dev.shiplog.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** TLS by the name of one of Spring's SSL bundles. */
@Timeout(60)
final class SslBundleTest {
  private static final String MESSAGE = "over TLS";

  @TempDir static Path folder;
  private static TestAuthority authority;
  private static TestIdentity identity;

  private final List<String> arguments = new ArrayList<>();
  private final Properties before = (Properties) System.getProperties().clone();

  @Configuration(proxyBeanMethods = false)
  static class Application {}

  @BeforeAll
  static void makeIdentity() throws IOException {
    authority = TestAuthority.create();
    identity = authority.issue("localhost", "127.0.0.1");
    Files.writeString(folder.resolve("ca.pem"), authority.pem());
  }

  @AfterEach
  void leaveNothing() {
    System.setProperties(before);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  private void set(String key, Object value) {
    arguments.add("--" + key + "=" + value);
  }

  /** What is on System.err when an application that logs to {@code endpoint} has come so far. */
  private String run(ForwardEndpoint endpoint, Consumer<Lines> soFar) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(
        Map.of(
            "shiplog.fluentd.endpoint",
            endpoint.address(),
            "shiplog.fluentd.drain-timeout",
            "0s",
            "shiplog.fluentd.drain-remainder",
            "drop"));
    try (Lines lines = new Lines();
        ConfigurableApplicationContext context =
            application.run(arguments.toArray(String[]::new))) {
      assertThat(context.isRunning()).isTrue();
      LoggerFactory.getLogger(SslBundleTest.class).info(MESSAGE);
      soFar.accept(lines);
      return lines.errors();
    }
  }

  private void arrives(ForwardEndpoint endpoint) {
    Silence.await();
    String told =
        run(endpoint, lines -> endpoint.await(MESSAGE, () -> messages(endpoint).contains(MESSAGE)));
    assertThat(told).isEmpty();
  }

  private void isTold(ForwardEndpoint endpoint, String... words) {
    long deadline = System.nanoTime() + ForwardEndpoint.DEADLINE.toNanos();
    String told =
        run(
            endpoint,
            lines -> {
              while (Stream.of(words).anyMatch(word -> !lines.errors().contains(word))
                  && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(1_000_000);
              }
            });
    assertThat(told).contains(words);
    assertThat(endpoint.events()).isEmpty();
  }

  /** Told, and nothing is tried: a drain would. */
  private void closes(ForwardEndpoint endpoint, String... words) {
    isTold(endpoint, words);
    Shiplog.drain(Duration.ofMillis(300));
    assertThat(endpoint.connections()).isZero();
  }

  private static List<String> messages(ForwardEndpoint endpoint) {
    return endpoint.events().stream().map(event -> String.valueOf(event.field("message"))).toList();
  }

  @Test
  void pemBundle_hasTheAuthorities() {
    set("spring.ssl.bundle.pem.collector.truststore.certificate", folder.resolve("ca.pem").toUri());
    set("shiplog.fluentd.tls.bundle", "collector");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start()) {
      arrives(endpoint);
    }
  }

  @Test
  void pemBundle_hasOurCertificate() throws IOException {
    TestIdentity own = authority.issue("client");
    Path cert = Files.writeString(folder.resolve("cert.pem"), own.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), own.keyPem());
    set("spring.ssl.bundle.pem.collector.truststore.certificate", folder.resolve("ca.pem").toUri());
    set("spring.ssl.bundle.pem.collector.keystore.certificate", cert.toUri());
    set("spring.ssl.bundle.pem.collector.keystore.private-key", key.toUri());
    set("shiplog.fluentd.tls.bundle", "collector");
    try (ForwardEndpoint endpoint =
        ForwardEndpoint.builder().tls(identity).clientsOf(authority).start()) {
      arrives(endpoint);
    }
  }

  @Test
  void jksBundle_hasTheAuthorities() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority.certificate());
    Path file = folder.resolve("ca.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    set("spring.ssl.bundle.jks.collector.truststore.location", file.toUri());
    set("spring.ssl.bundle.jks.collector.truststore.password", "changeit");
    set("spring.ssl.bundle.jks.collector.truststore.type", "PKCS12");
    set("shiplog.fluentd.tls.bundle", "collector");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start()) {
      arrives(endpoint);
    }
  }

  @Test
  void renewedBundle_isThatOfTheNextApplication() throws IOException {
    Path ca = Files.writeString(folder.resolve("renewed.pem"), TestAuthority.create().pem());
    set("spring.ssl.bundle.pem.collector.truststore.certificate", ca.toUri());
    set("shiplog.fluentd.tls.bundle", "collector");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start()) {
      isTold(endpoint, "is not trusted");
      Files.writeString(ca, authority.pem());
      run(endpoint, lines -> endpoint.await(MESSAGE, () -> messages(endpoint).contains(MESSAGE)));
    }
  }

  @Test
  void bundles_areEqualIfTheyHaveTheSameKeysAndCertificates() {
    TestIdentity own = authority.issue("client");
    TlsBundle bundle = bundle(own, Map.of());

    assertThat(bundle(own, Map.of())).isEqualTo(bundle).hasSameHashCodeAs(bundle);
    assertThat(bundle(authority.issue("client"), Map.of())).isNotEqualTo(bundle);
    assertThat(bundle(own, Map.of("truststore.certificate", TestAuthority.create().pem())))
        .isNotEqualTo(bundle);
    assertThat(bundle(own, Map.of("key.alias", "ssl"))).isNotEqualTo(bundle);
  }

  private static TlsBundle bundle(TestIdentity own, Map<String, Object> besides) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("truststore.certificate", authority.pem());
    settings.put("keystore.certificate", own.certificatePem());
    settings.put("keystore.private-key", own.keyPem());
    settings.putAll(besides);
    Map<String, Object> file = new HashMap<>();
    settings.forEach((key, value) -> file.put("spring.ssl.bundle.pem.collector." + key, value));
    SpringContext context = SpringContext.of(SpringContext.file(file));
    return Objects.requireNonNull(new SslBundles(context.environment()).named("collector"));
  }

  @Test
  void endpointOfAnotherAuthority_isRefused() {
    set("spring.ssl.bundle.pem.collector.truststore.certificate", folder.resolve("ca.pem").toUri());
    set("shiplog.fluentd.tls.bundle", "collector");
    TestIdentity strangers = TestAuthority.create().issue("localhost", "127.0.0.1");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(strangers).start()) {
      isTold(endpoint, "is not trusted");
    }
  }

  @Test
  void hostThatTheCertificateDoesNotName_isRefused() {
    set("spring.ssl.bundle.pem.collector.truststore.certificate", folder.resolve("ca.pem").toUri());
    set("shiplog.fluentd.tls.bundle", "collector");
    TestIdentity others = authority.issue("elsewhere.example");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(others).start()) {
      isTold(endpoint, "elsewhere.example, not for");
    }
  }

  @Test
  void bundleThatThereIsNot_closes() {
    set("shiplog.fluentd.tls.bundle", "colector");
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      closes(
          endpoint,
          "fluentd.tls.bundle: colector, names no bundle that there is",
          "nothing is sent");
    }
  }

  @Test
  void bundleThatCannotBeRead_closes() {
    set("spring.ssl.bundle.pem.collector.truststore.certificate", "file:/no/such/ca.pem");
    set("shiplog.fluentd.tls.bundle", "collector");
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      closes(endpoint, "fluentd.tls.bundle: collector, cannot be used: ", "nothing is sent");
    }
  }

  @Test
  void bundleBesideFiles_closes() {
    set("spring.ssl.bundle.pem.collector.truststore.certificate", folder.resolve("ca.pem").toUri());
    set("shiplog.fluentd.tls.bundle", "collector");
    set("shiplog.fluentd.tls.ca", folder.resolve("ca.pem"));
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start()) {
      closes(endpoint, "fluentd.tls.bundle", "says the same");
    }
  }
}
