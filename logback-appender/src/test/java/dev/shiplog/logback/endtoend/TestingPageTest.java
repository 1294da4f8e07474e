package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.shiplog.Shiplog;
import dev.shiplog.docs.Snippets;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Handshake;
import dev.shiplog.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What {@code docs/testing.md} shows works as it stands there. */
@Timeout(60)
class TestingPageTest {
  private static final String PAGE = "docs/testing.md";
  private static final String FILE = "logback.configurationFile";

  static final String CONFIGURATION =
      """
      <configuration>
        <appender name="FLUENTD" class="dev.shiplog.logback.FluentdAppender">
          <endpoint>127.0.0.1:9</endpoint>
          <drainRemainder>drop</drainRemainder>
        </appender>
        <logger name="testing" level="info"><appender-ref ref="FLUENTD"/></logger>
      </configuration>
      """;

  /** As the page shows it: what it says is compared with this file, and so is the rest. */
  static final class Page {
    private Page() {}

    static void configureAgain() {
      LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
      context.reset();
      try {
        new ContextInitializer(context).autoConfig();
      } catch (JoranException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static final class Collector {
    private static final ForwardEndpoint ENDPOINT = ForwardEndpoint.start();

    static {
      System.setProperty("shiplog.fluentd.endpoint", ENDPOINT.address());
    }

    private Collector() {}

    /** The endpoint, with nothing in it of what was logged until now. */
    static ForwardEndpoint emptied() {
      Shiplog.drain(Duration.ofSeconds(5));
      ENDPOINT.clear();
      return ENDPOINT;
    }
  }

  @BeforeAll
  static void configure(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("logback.xml");
    Files.writeString(file, CONFIGURATION);
    System.setProperty(FILE, file.toString());
    Page.configureAgain();
    Collector.emptied();
    Page.configureAgain();
  }

  @AfterAll
  static void putBack() {
    System.clearProperty(FILE);
    System.clearProperty("shiplog.fluentd.endpoint");
    Page.configureAgain();
    Collector.emptied().close();
  }

  /** One test class. */
  @Nested
  class First {
    private final ForwardEndpoint endpoint = Collector.emptied();

    @RepeatedTest(2)
    void event_arrivesAlone() {
      arrivesAlone(endpoint, "first");
    }
  }

  /** Another one in the same JVM. */
  @Nested
  class Second {
    private final ForwardEndpoint endpoint = Collector.emptied();

    @RepeatedTest(2)
    void event_arrivesAlone() {
      arrivesAlone(endpoint, "second");
    }
  }

  private static void arrivesAlone(ForwardEndpoint endpoint, String message) {
    LoggerFactory.getLogger("testing.Checkout").info("{} awaited", message);

    assertThat(endpoint.await(1))
        .extracting(event -> event.field("message"))
        .containsExactly(message + " awaited");
    LoggerFactory.getLogger("testing.Checkout").info("left behind");
  }

  @Test
  void endpoint_isAsBuilt(@TempDir Path folder) throws IOException {
    TestAuthority authority = TestAuthority.create();
    Files.writeString(folder.resolve("ca.pem"), authority.pem());
    ForwardEndpoint endpoint =
        ForwardEndpoint.builder()
            .tls(authority.issue("127.0.0.1"))
            .behave(Handshake.likeFluentd("a key").then(Behaviour.acknowledging()))
            .start();
    Behaviour hangsUp = connection -> connection.read();
    endpoint.behave(hangsUp);
    endpoint.close();
    assertThat(endpoint.problems()).isEmpty();
  }

  @Test
  void snippets_areInThisFile() throws IOException {
    String source =
        squeezed(
            Files.readString(
                Path.of("src/test/java/dev/shiplog/logback/endtoend/TestingPageTest.java")));
    for (String start :
        List.of("final class Collector", "static void", "TestAuthority", "Behaviour")) {
      assertThat(Snippets.of(PAGE, "java", start))
          .hasSize(1)
          .allSatisfy(snippet -> assertThat(source).contains(squeezed(snippet)));
    }
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ");
  }
}
