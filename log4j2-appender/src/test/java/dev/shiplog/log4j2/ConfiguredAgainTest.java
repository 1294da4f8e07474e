package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ForwardEndpointTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two classes with an endpoint each, as {@code docs/testing.md} says that they work. */
@Timeout(60)
class ConfiguredAgainTest {
  @BeforeAll
  static void configure(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("log4j2.xml");
    Files.writeString(
        file,
        """
        <Configuration>
          <Appenders>
            <ShiplogFluentd name="FLUENTD" drainRemainder="drop">
              <Endpoint value="127.0.0.1:9"/>
            </ShiplogFluentd>
          </Appenders>
          <Loggers>
            <Logger name="testing" level="info"><AppenderRef ref="FLUENTD"/></Logger>
            <Root level="off"/>
          </Loggers>
        </Configuration>
        """);
    LoggerContext.getContext(false).setConfigLocation(file.toUri());
  }

  @AfterAll
  static void putBack() {
    LoggerContext.getContext(false).setConfigLocation(null);
  }

  /** One test class. */
  @Nested
  @ForwardEndpointTest(property = "shiplog.fluentd.endpoint")
  class First {
    @BeforeAll
    static void configure() {
      Configurator.reconfigure();
    }

    @Test
    void event_arrives(ForwardEndpoint endpoint) {
      arrives(endpoint, "first");
    }
  }

  /** Another one in the same JVM. */
  @Nested
  @ForwardEndpointTest(property = "shiplog.fluentd.endpoint")
  class Second {
    @BeforeAll
    static void configure() {
      Configurator.reconfigure();
    }

    @Test
    void event_arrives(ForwardEndpoint endpoint) {
      arrives(endpoint, "second");
    }
  }

  private static void arrives(ForwardEndpoint endpoint, String message) {
    LogManager.getLogger("testing.Checkout").info(message);

    assertThat(endpoint.await(1))
        .extracting(event -> event.field("message"))
        .containsExactly(message);
  }
}
