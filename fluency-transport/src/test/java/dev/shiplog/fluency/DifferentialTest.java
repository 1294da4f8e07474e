package dev.shiplog.fluency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.transport.BuiltinTransport;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.TransportSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same chunks through both transports: the endpoint must not be able to tell. */
@Timeout(60)
class DifferentialTest {
  private static final Outgoing[] CHUNKS = {
    new TestChunk("gallery", "AAAAAAAAAAAAAAAAAAAAAA==", 1, 0),
    new TestChunk("gallery.access-log", "AAAAAAAAAAAAAAAAAAAAAQ==", 3, 100),
    new TestChunk("t".repeat(128), "AAAAAAAAAAAAAAAAAAAAAg==", 40, 1_000),
    // more pages than the kernel takes buffers at once
    new TestChunk("große.tür", "AAAAAAAAAAAAAAAAAAAAAw==", 70, 100_000),
    new TestChunk("gallery", "AAAAAAAAAAAAAAAAAAAABA==", 1, 70_000),
  };

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chunks_arriveTheSameWayThroughBoth(boolean ack) {
    Arrived builtin = sent(ack, true);
    Arrived fluency = sent(ack, false);

    assertThat(fluency.frames()).hasSameSizeAs(CHUNKS);
    assertThat(fluency.frames()).isEqualTo(builtin.frames());
    assertThat(fluency.said()).isEqualTo(builtin.said());
    for (int i = 0; i < CHUNKS.length; i++) {
      Frame frame = fluency.frames().get(i);
      Map<String, @Nullable Object> option =
          ack
              ? Map.of("size", (long) CHUNKS[i].events(), "chunk", CHUNKS[i].toString())
              : Map.of("size", (long) CHUNKS[i].events());
      assertThat(frame.tag()).isEqualTo(CHUNKS[i].tag());
      assertThat(frame.mode()).isEqualTo(Frame.Mode.PACKED_FORWARD);
      assertThat(frame.events()).hasSize(CHUNKS[i].events());
      assertThat(frame.option()).isEqualTo(option);
    }
  }

  /** What the endpoint stored, and what the transport said of it. */
  private record Arrived(List<Frame> frames, List<String> said) {}

  private static Arrived sent(boolean ack, boolean builtin) {
    TransportSettings settings = lockStep(ack);
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      Endpoint at = new Endpoint("127.0.0.1", endpoint.port());
      ForwardTransport transport =
          builtin
              ? new BuiltinTransport(
                  at, settings, InetAddress::getAllByName, Thread::new, System::nanoTime, () -> 0)
              : new FluencyProvider().open(List.of(at), settings, Thread::new).get(0);
      List<String> said = new Pump(transport).send(CHUNKS);
      endpoint.await("all frames", () -> endpoint.frames().size() == CHUNKS.length);
      transport.close();
      assertThat(endpoint.connections()).isEqualTo(1);
      assertThat(endpoint.problems()).isEmpty();
      return new Arrived(endpoint.frames(), said);
    }
  }

  /** One chunk at a time, so that both say the same in the same order. */
  private static TransportSettings lockStep(boolean ack) {
    TransportSettings defaults = TransportSettings.defaults();
    return new TransportSettings(
        ack,
        1,
        defaults.connectTimeout(),
        defaults.writeTimeout(),
        defaults.ackTimeout(),
        defaults.maxAge(),
        defaults.maxIdle());
  }
}
