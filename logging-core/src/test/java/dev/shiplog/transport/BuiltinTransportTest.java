package dev.shiplog.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.faults.UnansweredPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client stepped by the test, against a plain socket. */
@Timeout(30)
class BuiltinTransportTest {
  private static final byte[] ACK_A = {(byte) 0x81, (byte) 0xa3, 'a', 'c', 'k', (byte) 0xa1, 'A'};

  private static final long SECOND = 1_000_000_000;

  private final Heard heard = new Heard();
  private ServerSocket server;
  private BuiltinTransport transport;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    transport = transportTo("endpoint");
  }

  private BuiltinTransport transportTo(String host) {
    return new BuiltinTransport(
        new Endpoint(host, server.getLocalPort()),
        TransportSettings.defaults(),
        name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
        Thread::new,
        System::nanoTime,
        () -> 0);
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    server.close();
  }

  private void stepUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("heard only %s", heard.said).isNegative();
      if (transport.step(heard) == 0) {
        transport.await(10_000_000);
      }
    }
  }

  /** Takes a connection, reads one frame of a few bytes and acknowledges chunk A. */
  private Socket acceptAndAcknowledge() throws IOException {
    stepUntil(() -> heard.said.contains("connected"));
    Socket socket = server.accept();
    InputStream in = socket.getInputStream();
    stepUntil(() -> available(in) > 0);
    socket.getOutputStream().write(ACK_A);
    stepUntil(() -> heard.said.contains("acked A"));
    return socket;
  }

  private static int available(InputStream in) {
    try {
      return in.available();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void connectionCutWhileUnused_isReplacedBeforeAByteIsSentOnIt() throws IOException {
    transport.submit(new TestChunk("A", 10));
    try (Socket first = acceptAndAcknowledge()) {
      first.shutdownOutput();
      // shut down, not closed: a chunk sent this way would vanish without a reset
      heard.said.clear();
      transport.submit(new TestChunk("A", 10));
      try (Socket second = acceptAndAcknowledge()) {
        assertThat(heard.said).containsExactly("connected", "acked A");
        assertThat(available(first.getInputStream())).isLessThan(100);
        assertThat(second.getPort()).isNotEqualTo(first.getPort());
      }
    }
  }

  @Test
  void room_endsWithTheLimitWhetherConnectedOrNot() throws IOException {
    for (String name : List.of("A", "B", "C", "D")) {
      assertThat(transport.hasRoom()).isTrue();
      transport.submit(new TestChunk(name, 10));
    }
    assertThat(transport.hasRoom()).isFalse();
    try (Socket socket = acceptAndAcknowledge()) {
      assertThat(transport.hasRoom()).isTrue();
      transport.submit(new TestChunk("E", 10));
      assertThat(transport.hasRoom()).isFalse();
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void refusedConnection_givesAllChunksBackUnsent() throws IOException {
    server.close();
    transport.submit(new TestChunk("A", 10));
    transport.submit(new TestChunk("B", 10));
    stepUntil(() -> heard.said.size() == 3);
    assertThat(heard.said)
        .containsExactly("failed UNREACHABLE", "retry A unsent", "retry B unsent");
    assertThat(transport.idleNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void failure_namesTheAddressUnlessItIsWhatTheEndpointIsCalled() throws IOException {
    String address = InetAddress.getLoopbackAddress().getHostAddress();
    server.close();
    for (String host : List.of("endpoint", address)) {
      transport.close();
      transport = transportTo(host);
      transport.submit(new TestChunk("A", 10));
      stepUntil(() -> heard.said.remove("retry A unsent"));
    }
    assertThat(heard.details).hasSize(2);
    assertThat(heard.details.get(0))
        .isEqualTo(address + ":" + server.getLocalPort() + ": " + heard.details.get(1));
  }

  @Test
  void addressThatSwallowsSyns_costsTheFirstConnectItsDeadlineAndNoLaterOne() throws IOException {
    InetAddress alive = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    try (UnansweredPort dead = new UnansweredPort()) {
      server.close();
      server = new ServerSocket();
      server.bind(new InetSocketAddress(alive, dead.port()));
      transport.close();
      AtomicLong now = new AtomicLong();
      CountDownLatch mayResolve = new CountDownLatch(1);
      transport =
          new BuiltinTransport(
              new Endpoint("endpoint", dead.port()),
              TransportSettings.defaults(),
              host -> {
                try {
                  mayResolve.await();
                } catch (InterruptedException e) {
                  throw new UnknownHostException(host);
                }
                return new InetAddress[] {InetAddress.getLoopbackAddress(), alive};
              },
              Thread::new,
              now::get,
              () -> 0);
      transport.submit(new TestChunk("A", 10));
      transport.step(heard);
      now.set(SECOND);
      mayResolve.countDown();
      stepUntil(() -> transport.idleNanos() == 5 * SECOND);
      assertThat(heard.said).isEmpty();
      now.addAndGet(5 * SECOND);
      acceptAndAcknowledge().close();
      stepUntil(() -> !transport.isConnected());
      heard.said.clear();
      // no time passes from now on: a dead address, were it tried first, would never be given up
      transport.submit(new TestChunk("A", 10));
      acceptAndAcknowledge().close();
    }
  }

  @Test
  void ipv6Address_isConnectedTo() throws IOException {
    server.close();
    server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0));
    } catch (IOException e) {
      Assumptions.abort("no IPv6 on this machine: " + e);
    }
    transport.close();
    transport =
        new BuiltinTransport(
            new Endpoint("::1", server.getLocalPort()),
            TransportSettings.defaults(),
            InetAddress::getAllByName,
            Thread::new,
            System::nanoTime,
            () -> 0);
    transport.submit(new TestChunk("A", 10));
    try (Socket socket = acceptAndAcknowledge()) {
      assertThat(socket.getInetAddress()).isInstanceOf(Inet6Address.class);
    }
  }

  @Test
  void connect_makesAConnectionThoughThereIsNothingToSend() throws IOException {
    assertThat(transport.isConnected()).isFalse();
    transport.connect();
    assertThat(transport.idleNanos()).isZero();
    stepUntil(() -> heard.said.contains("connected"));
    assertThat(transport.isConnected()).isTrue();
    transport.submit(new TestChunk("A", 10));
    try (Socket socket = acceptAndAcknowledge()) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void connectionAcceptedAndClosed_hasFailedThoughNothingWasSentOnIt() throws IOException {
    transport.connect();
    stepUntil(() -> heard.said.contains("connected"));
    server.accept().close();
    stepUntil(() -> heard.said.contains("failed CLOSED"));
    assertThat(transport.isConnected()).isFalse();
    assertThat(transport.idleNanos()).as("it does not connect again by itself").isPositive();
  }

  @Test
  void disconnect_forgetsAllAndTheClientGoesOn() throws IOException {
    transport.submit(new TestChunk("A", 10));
    stepUntil(() -> heard.said.contains("connected"));
    try (Socket first = server.accept()) {
      transport.disconnect();
      assertThat(first.getInputStream().readAllBytes()).hasSizeGreaterThanOrEqualTo(0);
      heard.said.clear();
      transport.submit(new TestChunk("A", 10));
      try (Socket second = acceptAndAcknowledge()) {
        assertThat(heard.said).containsExactly("connected", "acked A");
        assertThat(second.getInetAddress()).isEqualTo(first.getInetAddress());
      }
    }
  }

  @Test
  void wakeUp_endsTheWaitThatComesNext() throws IOException {
    transport.wakeUp(Thread.currentThread());
    transport.await(Duration.ofHours(1).toNanos());
    transport.submit(new TestChunk("A", 10));
    try (Socket socket = acceptAndAcknowledge()) {
      transport.wakeUp(Thread.currentThread());
      transport.await(Duration.ofHours(1).toNanos());
      assertThat(socket.isClosed()).isFalse();
    }
  }

  @Test
  void address_isWrittenWithBracketsWhenItIsV6() {
    assertThat(new Endpoint("::1", 24224)).hasToString("[::1]:24224");
    assertThat(new Endpoint("fluentd", 24224)).hasToString("fluentd:24224");
  }
}
