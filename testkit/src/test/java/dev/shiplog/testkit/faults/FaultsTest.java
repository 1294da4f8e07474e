package dev.shiplog.testkit.faults;

import static dev.shiplog.testkit.Sender.entry;
import static dev.shiplog.testkit.Sender.eventTime;
import static dev.shiplog.testkit.Sender.map;
import static dev.shiplog.testkit.Sender.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.testkit.Sender;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePackException;

/** That each fault is the fault that it is said to be. */
class FaultsTest {
  @Test
  void stall_letsTheWindowFill() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.stall());
        SocketChannel channel = SocketChannel.open(address(endpoint))) {
      channel.configureBlocking(false);
      ByteBuffer piece = ByteBuffer.allocate(64 << 10);
      long written = 0;
      while (channel.write(piece.clear()) > 0) {
        written += piece.position();
        assertThat(written).isLessThan(64L << 20);
      }
      assertThat(endpoint.bytes()).isZero();
    }
  }

  @Test
  void stallAfter_servesTheFirstFramesAlone() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.stallAfter(1));
        Sender sender = new Sender(endpoint.port())) {
      sender.send(chunk("a", "1"));
      assertThat(sender.answer()).isEqualTo(ack("1"));
      sender.send(chunk("a", "2"));
      assertThat(endpoint.events()).hasSize(1);
    }
  }

  @Test
  void slowRead_takesItsTimeAndIsHonest() throws IOException {
    byte[] chunk = chunk("a", "1");
    try (ForwardEndpoint endpoint = with(Faults.slowRead(8, Duration.ofMillis(2)));
        Sender sender = new Sender(endpoint.port())) {
      long start = System.nanoTime();
      sender.send(chunk);
      assertThat(sender.answer()).isEqualTo(ack("1"));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(2L * (chunk.length / 8)));
    }
  }

  @Test
  void cutAfter_resetsWithinTheChunk() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.cutAfter(10), Behaviour.acknowledging())) {
      try (Sender sender = new Sender(endpoint.port())) {
        sender.send(chunk("a", "1"));
        assertThatThrownBy(sender::answer).isInstanceOf(IOException.class);
      }
      try (Sender sender = new Sender(endpoint.port())) {
        sender.send(chunk("a", "1"));
        assertThat(sender.answer()).isEqualTo(ack("1"));
      }
      assertThat(endpoint.duplicates()).isEmpty();
    }
  }

  @Test
  void closeBeforeAck_leavesADuplicateToComeWithTheSameChunk() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.closeBeforeAck(), Behaviour.acknowledging())) {
      for (int attempt = 0; attempt < 2; attempt++) {
        try (Sender sender = new Sender(endpoint.port())) {
          sender.send(chunk("a", "1"));
          if (attempt == 0) {
            assertThat(sender.isClosedByPeer()).isTrue();
          } else {
            assertThat(sender.answer()).isEqualTo(ack("1"));
          }
        }
      }
      assertThat(endpoint.duplicates()).containsEntry("1", 2);
      assertThat(endpoint.distinctEvents()).hasSize(1);
    }
  }

  @Test
  void closeAtOnce_acceptsAndCloses() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.closeAtOnce());
        Sender sender = new Sender(endpoint.port())) {
      assertThat(sender.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void wrongAck_namesAnotherChunk() throws IOException {
    assertThat(answerOf(Faults.wrongAck())).startsWith("{\"ack\":").isNotEqualTo(ack("1"));
  }

  @Test
  void splitAck_isWhole() throws IOException {
    assertThat(answerOf(Faults.splitAck())).isEqualTo(ack("1"));
  }

  @Test
  void ackInPairs_answersTwoAtATimeWithMoreKeys() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.ackInPairs());
        Sender sender = new Sender(endpoint.port())) {
      sender.send(chunk("a", "1"));
      endpoint.await(1);
      sender.send(chunk("a", "2"));
      assertThat(sender.answer()).contains("\"ack\":\"1\"").contains("took");
      assertThat(sender.answer()).contains("\"ack\":\"2\"").contains("took");
    }
  }

  @Test
  void garbage_isNoMsgpack() {
    assertThatThrownBy(() -> answerOf(Faults.garbage())).isInstanceOf(MessagePackException.class);
  }

  @Test
  void endlessAnswer_doesNotEnd() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.endlessAnswer());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(chunk("a", "1"));
      assertThat(socket.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);
    }
  }

  @Test
  void helo_isSaidBeforeAnythingIsAsked() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.helo());
        Sender sender = new Sender(endpoint.port())) {
      assertThat(sender.answer()).startsWith("[\"HELO\",{\"nonce\":");
      sender.send(chunk("a", "1"));
      endpoint.await("the frame's bytes", () -> endpoint.bytes() > 0);
      assertThat(endpoint.frames()).isEmpty();
    }
  }

  @Test
  void neverAck_passesOverThePoisonAndGoesOn() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.neverAck(FaultsTest::isPoison));
        Sender sender = new Sender(endpoint.port())) {
      sender.send(chunk("poison", "1"));
      sender.send(chunk("a", "2"));
      assertThat(sender.answer()).isEqualTo(ack("2"));
    }
  }

  @Test
  void closeOn_closesAtThePoisonAndKeepsNothingOfIt() throws IOException {
    try (ForwardEndpoint endpoint = with(Faults.closeOn(FaultsTest::isPoison));
        Sender sender = new Sender(endpoint.port())) {
      sender.send(chunk("a", "1"));
      sender.send(chunk("poison", "2"));
      assertThat(sender.answer()).isEqualTo(ack("1"));
      assertThat(sender.isClosedByPeer()).isTrue();
      assertThat(endpoint.events("poison")).isEmpty();
    }
  }

  @Test
  void reservedPort_refusesUntilAnEndpointOpensIt() throws IOException {
    try (ReservedPort port = new ReservedPort()) {
      assertThatThrownBy(() -> new Sender(port.port())).isInstanceOf(ConnectException.class);
      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder());
          Sender sender = new Sender(port.port())) {
        assertThat(endpoint.address()).isEqualTo(port.address());
        sender.send(chunk("a", "1"));
        assertThat(sender.answer()).isEqualTo(ack("1"));
      }
      assertThatThrownBy(() -> new Sender(port.port())).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void unansweredPort_swallowsConnects() throws IOException {
    try (UnansweredPort port = new UnansweredPort();
        Socket socket = new Socket()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port());
      assertThatThrownBy(() -> socket.connect(address, 50))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static ForwardEndpoint with(Behaviour... behaviours) {
    return ForwardEndpoint.builder().receiveBuffer(32 << 10).behave(behaviours).start();
  }

  private static boolean isPoison(Frame frame) {
    return frame.tag().equals("poison");
  }

  private static String answerOf(Behaviour behaviour) throws IOException {
    try (ForwardEndpoint endpoint = with(behaviour);
        Sender sender = new Sender(endpoint.port())) {
      sender.send(chunk("a", "1"));
      return sender.answer();
    }
  }

  private static InetSocketAddress address(ForwardEndpoint endpoint) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.port());
  }

  private static byte[] chunk(String tag, String id) throws IOException {
    return packed(tag, id, entry(eventTime(Instant.now()), map("message", "hello")));
  }

  private static String ack(String id) {
    return "{\"ack\":\"" + id + "\"}";
  }
}
