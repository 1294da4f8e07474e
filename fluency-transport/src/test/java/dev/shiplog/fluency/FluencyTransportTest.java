package dev.shiplog.fluency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.testkit.faults.ReservedPort;
import dev.shiplog.testkit.faults.UnansweredPort;
import dev.shiplog.transport.Compression;
import dev.shiplog.transport.Credentials;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Secret;
import dev.shiplog.transport.Security;
import dev.shiplog.transport.TlsSettings;
import dev.shiplog.transport.TransportSettings;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Fluency gets wrong, and what becomes of it behind our interface. */
@Timeout(60)
class FluencyTransportTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofMillis(250);
  private static final TestChunk A = new TestChunk("test", "A", 10, 100);
  private static final TestChunk B = new TestChunk("test", "B", 10, 100);
  private static final TestChunk LARGE = new TestChunk("test", "LARGE", 60, 1_000_000);

  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

  @AfterEach
  void couriers_endWithTheTransport() {
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  static List<Arguments> answers() {
    return List.of(
        Arguments.of("splitAck", Faults.splitAck(), List.of("connected", "acked A")),
        Arguments.of(
            "wrongAck", Faults.wrongAck(), List.of("connected", "failed UNKNOWN_ACK", "retry A")),
        Arguments.of(
            "garbage", Faults.garbage(), List.of("connected", "failed GARBAGE", "retry A")),
        Arguments.of(
            "endlessAnswer",
            Faults.endlessAnswer(),
            List.of("connected", "failed GARBAGE", "retry A")),
        Arguments.of(
            "closeBeforeAck",
            Faults.closeBeforeAck(),
            List.of("connected", "failed CLOSED", "retry A")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void chunk_hasItsResultWhateverTheAnswer(String name, Behaviour behaviour, List<String> said) {
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(behaviour).start()) {
      ForwardTransport transport = to(endpoint.port(), true, LONG, LONG, LONG);

      assertThat(new Pump(transport).send(A)).isEqualTo(said);
      transport.close();
    }
  }

  @Test
  void greeting_isNamedWhenTheEndpointWantsAKey() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(Faults.helo()).start()) {
      ForwardTransport transport = to(endpoint.port(), true, LONG, LONG, LONG);

      assertThat(new Pump(transport).send(A)).contains("failed KEY_EXPECTED");
      transport.close();
    }
  }

  @Test
  void stalledEndpoint_isGivenUpAtTheWriteDeadline() {
    try (ForwardEndpoint endpoint =
        ForwardEndpoint.builder()
            .receiveBuffer(4096)
            .behave(Faults.stall(), Behaviour.acknowledging())
            .start()) {
      ForwardTransport transport = to(endpoint.port(), true, LONG, Duration.ofMillis(20), LONG);
      Pump pump = new Pump(transport);

      assertThat(pump.send(LARGE))
          .containsExactly("connected", "failed WRITE_TIMEOUT", "retry LARGE");
      assertThat(pump.slowestStep()).isLessThan(AT_ONCE);
      assertThat(pump.send(A)).containsExactly("connected", "acked A");
      transport.close();
    }
  }

  @Test
  void silentEndpoint_isGivenUpAtTheAckDeadline() {
    try (ForwardEndpoint endpoint =
        ForwardEndpoint.builder().behave(Behaviour.silent(), Behaviour.acknowledging()).start()) {
      ForwardTransport transport = to(endpoint.port(), true, LONG, LONG, SHORT);
      Pump pump = new Pump(transport);

      assertThat(pump.send(A)).containsExactly("connected", "failed ACK_TIMEOUT", "retry A");
      assertThat(pump.send(A)).containsExactly("connected", "acked A");
      transport.close();
    }
  }

  @Test
  void connect_hasItsDeadline() throws Exception {
    try (UnansweredPort port = new UnansweredPort()) {
      ForwardTransport transport = to(port.port(), true, SHORT, LONG, LONG);
      Pump pump = new Pump(transport);

      assertThat(pump.send(A)).containsExactly("failed UNREACHABLE", "retry A unsent");
      assertThat(pump.slowestStep()).isLessThan(AT_ONCE);
      transport.close();
    }
  }

  @Test
  void refusedConnection_isTriedAgain() throws Exception {
    try (ReservedPort port = new ReservedPort()) {
      ForwardTransport transport = to(port.port(), true, LONG, LONG, LONG);
      Pump pump = new Pump(transport);
      assertThat(pump.send(A)).containsExactly("failed UNREACHABLE", "retry A unsent");

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        assertThat(pump.send(A, B)).containsExactly("connected", "acked A", "acked B");
        assertThat(endpoint.frames()).hasSize(2);
        transport.close();
      }
    }
  }

  @Test
  void unknownHost_isNamed() {
    ForwardTransport transport =
        open(new Endpoint("no-such-host.invalid", 24224), settings(true, LONG, LONG, LONG));

    assertThat(new Pump(transport).send(A)).containsExactly("failed UNRESOLVED", "retry A unsent");
    transport.close();
  }

  @Test
  void connectionThatWasCutUnused_costsNothing() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      ForwardTransport transport = to(endpoint.port(), false, LONG, LONG, LONG);
      Pump pump = new Pump(transport);
      pump.send(A);
      endpoint.await("the first chunk", () -> endpoint.frames().size() == 1);

      endpoint.disconnect();
      endpoint.await("the end of the connection", () -> endpoint.openConnections() == 0);

      assertThat(pump.send(B)).containsExactly("connected", "acked B");
      endpoint.await("the second chunk", () -> endpoint.frames().size() == 2);
      transport.close();
    }
  }

  @Test
  void idleConnection_isLetGo() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      TransportSettings defaults = TransportSettings.defaults();
      ForwardTransport transport =
          open(
              new Endpoint("127.0.0.1", endpoint.port()),
              new TransportSettings(true, 4, LONG, LONG, LONG, defaults.maxAge(), SHORT));
      Pump pump = new Pump(transport);
      pump.send(A);
      assertThat(endpoint.openConnections()).isEqualTo(1);

      while (transport.step(pump) == 0) {
        transport.await(transport.idleNanos());
      }

      endpoint.await("the end of the connection", () -> endpoint.openConnections() == 0);
      assertThat(pump.send(B)).containsExactly("connected", "acked B");
      transport.close();
    }
  }

  static List<TransportSettings> beyondFluency() {
    TransportSettings plain = TransportSettings.defaults();
    return List.of(
        plain.with(new Security(TlsSettings.trusting(null), null)),
        plain.with(new Security(null, Credentials.key("client", Secret.of("key")))),
        new TransportSettings(
            true, 1, LONG, LONG, LONG, LONG, LONG, Compression.GZIP, Security.none()));
  }

  /** The settings see to it that this is not asked for: here it would go out in the clear. */
  @ParameterizedTest
  @MethodSource("beyondFluency")
  void settings_openNothingWhereFluencyCannotDoWhatTheySay(TransportSettings settings) {
    assertThatThrownBy(() -> open(new Endpoint("127.0.0.1", 24224), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot do ");
    assertThat(threads).isEmpty();
  }

  @Test
  void close_doesNotWaitForAStalledEndpoint() {
    try (ForwardEndpoint endpoint =
        ForwardEndpoint.builder().receiveBuffer(4096).behave(Faults.stall()).start()) {
      ForwardTransport transport = to(endpoint.port(), true, LONG, LONG, LONG);
      transport.submit(LARGE);
      endpoint.await("the connection", () -> endpoint.openConnections() == 1);

      long before = System.nanoTime();
      transport.close();

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE);
    }
  }

  private ForwardTransport to(
      int port, boolean ack, Duration connect, Duration write, Duration ackTimeout) {
    return open(new Endpoint("127.0.0.1", port), settings(ack, connect, write, ackTimeout));
  }

  private ForwardTransport open(Endpoint endpoint, TransportSettings settings) {
    return new FluencyProvider()
        .open(
            List.of(endpoint),
            settings,
            task -> {
              Thread thread = new Thread(task);
              threads.add(thread);
              return thread;
            })
        .get(0);
  }

  private static TransportSettings settings(
      boolean ack, Duration connect, Duration write, Duration ackTimeout) {
    TransportSettings defaults = TransportSettings.defaults();
    return new TransportSettings(
        ack, 4, connect, write, ackTimeout, defaults.maxAge(), defaults.maxIdle());
  }
}
