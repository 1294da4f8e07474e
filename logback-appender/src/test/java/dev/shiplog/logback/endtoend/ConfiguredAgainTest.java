package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ForwardEndpointTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Two classes with an endpoint each, as {@code docs/testing.md} says that they work. */
@Timeout(60)
class ConfiguredAgainTest {
  private static final String FILE = "logback.configurationFile";

  @BeforeAll
  static void configure(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("logback.xml");
    Files.writeString(file, TestingPageTest.CONFIGURATION);
    System.setProperty(FILE, file.toString());
    TestingPageTest.Page.configureAgain();
  }

  @AfterAll
  static void putBack() {
    System.clearProperty(FILE);
    TestingPageTest.Page.configureAgain();
  }

  /** One test class. */
  @Nested
  @ForwardEndpointTest(property = "shiplog.fluentd.endpoint")
  class First {
    @BeforeAll
    static void configure() {
      TestingPageTest.Page.configureAgain();
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
      TestingPageTest.Page.configureAgain();
    }

    @Test
    void event_arrives(ForwardEndpoint endpoint) {
      arrives(endpoint, "second");
    }
  }

  private static void arrives(ForwardEndpoint endpoint, String message) {
    LoggerFactory.getLogger("testing.Checkout").info(message);

    assertThat(endpoint.await(1))
        .extracting(event -> event.field("message"))
        .containsExactly(message);
  }
}
