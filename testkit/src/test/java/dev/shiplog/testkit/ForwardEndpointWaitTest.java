package dev.shiplog.testkit;

import static dev.shiplog.testkit.Sender.entry;
import static dev.shiplog.testkit.Sender.eventTime;
import static dev.shiplog.testkit.Sender.map;
import static dev.shiplog.testkit.Sender.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Waiting, looking, forgetting, and the life of an endpoint. */
class ForwardEndpointWaitTest {
  @Test
  void await_saysWhatDidArriveWhenTheDeadlinePasses() throws IOException {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Sender sender = new Sender(endpoint.port())) {
      sender.send(packed("gallery.sales", "id", event("sold")));
      endpoint.await(1);

      assertThatThrownBy(() -> endpoint.await(2, Duration.ofMillis(20)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Waited 20 ms for 2 events, but 1 events in 1 frames came")
          .hasMessageContaining("{gallery.sales=1}")
          .hasMessageContaining("message=sold");
    }
  }

  @Test
  void await_failsAtOnceWhenSomethingMalformedCame() throws IOException {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Sender sender = new Sender(endpoint.port())) {
      sender.send(new byte[] {(byte) 0xC1});

      long before = System.nanoTime();
      assertThatThrownBy(() -> endpoint.await(1))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("problem: this is no msgpack");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ForwardEndpoint.DEADLINE);
    }
  }

  @Test
  void events_areFoundByTagAndPattern() throws IOException {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Sender sender = new Sender(endpoint.port());
        Sender other = new Sender(endpoint.port())) {
      sender.send(packed("gallery.access-log", "1", event("a"), event("b")));
      other.send(packed("gallery.sales", "2", event("c")));

      assertThat(endpoint.await(2, "gallery.access-log.**")).hasSize(2);
      endpoint.await(3);
      assertThat(endpoint.events("gallery.sales")).hasSize(1);
      assertThat(endpoint.byTag().keySet()).containsExactly("gallery.access-log", "gallery.sales");
      assertThat(endpoint.connections()).isEqualTo(2);
    }
  }

  @Test
  void duplicates_areToldByTheirChunk() throws IOException {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Sender sender = new Sender(endpoint.port())) {
      sender.send(packed("a", "once", event("x")));
      sender.send(packed("a", "again", event("y")));
      sender.send(packed("a", "again", event("y")));

      assertThat(endpoint.await(3)).hasSize(3);
      assertThat(endpoint.duplicates()).isEqualTo(Map.of("again", 2));
      assertThat(endpoint.distinctEvents())
          .extracting(event -> event.field("message"))
          .containsExactly("x", "y");
    }
  }

  @Test
  void clear_forgetsAndGoesOn() throws IOException {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Sender sender = new Sender(endpoint.port())) {
      sender.send(packed("a", "1", event("x")));
      endpoint.await(1);
      endpoint.clear();
      assertThat(endpoint.events()).isEmpty();

      sender.send(packed("a", "2", event("y")));
      assertThat(endpoint.await(1)).hasSize(1);
    }
  }

  @Test
  void requireChunk_countsAFrameWithoutOneAsAProblem() throws IOException {
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().requireChunk().start();
        Sender sender = new Sender(endpoint.port())) {
      sender.send(packed("a", event("x"), true, map("size", 1)));

      endpoint.await("a problem", () -> !endpoint.problems().isEmpty());
      assertThat(endpoint.problems())
          .containsExactly("a frame of tag a asks for no acknowledgement");
    }
  }

  @Test
  void close_endsConnectionsAndKeepsWhatCame() throws IOException {
    ForwardEndpoint endpoint = ForwardEndpoint.start();
    int port = endpoint.port();
    try (Sender sender = new Sender(port)) {
      sender.send(packed("a", "1", event("x")));
      assertThat(sender.answer()).contains("ack");
      endpoint.close();

      assertThat(endpoint.events()).hasSize(1);
      assertThat(sender.isClosedByPeer()).isTrue();
      assertThatThrownBy(() -> new Sender(port)).isInstanceOf(ConnectException.class);
    }
    try (ForwardEndpoint again = ForwardEndpoint.builder().port(port).start()) {
      assertThat(again.address()).isEqualTo("127.0.0.1:" + port);
    }
  }

  private static byte[] event(String message) throws IOException {
    return entry(eventTime(Instant.EPOCH.plusSeconds(1)), map("message", message));
  }
}
