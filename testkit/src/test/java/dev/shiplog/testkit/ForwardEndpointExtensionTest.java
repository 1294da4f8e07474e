package dev.shiplog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension in each of the ways in which it can be registered. */
class ForwardEndpointExtensionTest {
  private static final String PROPERTY = "shiplog.testkit.endpoint";

  @Nested
  @ForwardEndpointTest(property = PROPERTY)
  class AnnotatedClass {
    private final ForwardEndpoint constructors;

    AnnotatedClass(ForwardEndpoint endpoint) {
      this.constructors = endpoint;
    }

    @RepeatedTest(2)
    void endpoint_isOneForTheClassAndEmptyBeforeEachTest(ForwardEndpoint endpoint)
        throws IOException {
      assertThat(endpoint).isSameAs(constructors);
      assertThat(System.getProperty(PROPERTY)).isEqualTo(endpoint.address());
      assertThat(endpoint.events()).isEmpty();
      try (Sender sender = new Sender(endpoint.port())) {
        sender.send(oneEvent());
        endpoint.await(1);
      }
    }

    @Nested
    class Inner {
      @Test
      void endpoint_isThatOfTheClassAround(ForwardEndpoint endpoint) {
        assertThat(endpoint).isSameAs(constructors);
      }
    }
  }

  @AfterAll
  static void property_isGoneAfterTheClass() {
    assertThat(System.getProperty(PROPERTY)).isNull();
  }

  @Nested
  class InstanceField {
    private static final Set<ForwardEndpoint> SEEN = new HashSet<>();

    @RegisterExtension
    final ForwardEndpointExtension fluentd =
        new ForwardEndpointExtension(ForwardEndpoint.builder().acknowledge(false));

    @RepeatedTest(2)
    void endpoint_isAnotherForEachTest(ForwardEndpoint endpoint) {
      assertThat(endpoint).isSameAs(fluentd.endpoint());
      assertThat(SEEN.add(endpoint)).isTrue();
    }
  }

  private static byte[] oneEvent() throws IOException {
    byte[] entry = Sender.entry(Sender.eventTime(Instant.now()), Sender.map("message", "x"));
    return Sender.packed("a", "id", entry);
  }
}
