package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.transport.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints that are Unix domain sockets. */
@Timeout(60)
class UnixEndpointTest {
  private Path socket;

  /** Not a @TempDir, whose path may be longer than the 108 bytes that a socket's may have. */
  @BeforeEach
  void makeFolder() throws IOException {
    socket = Files.createTempDirectory("unix").resolve("fluent.sock");
  }

  @AfterEach
  void removeFolder() throws IOException {
    Files.deleteIfExists(socket);
    Files.delete(socket.getParent());
  }

  private ForwardSettings settings() {
    return Shipped.to(1).with(List.of(Endpoint.unix(socket)), Balance.FAILOVER);
  }

  private ForwardEndpoint listening(Behaviour... inTurn) {
    return ForwardEndpoint.builder().socket(socket).behave(inTurn).start();
  }

  @Test
  void chunks_goThroughAndAreAcknowledged() {
    try (ForwardEndpoint endpoint = listening(Behaviour.acknowledging());
        Shipped shipped = new Shipped(settings())) {
      assertThat(endpoint.address()).isEqualTo(Endpoint.unix(socket).toString());
      for (int n = 0; n < 200; n++) {
        shipped.log("app", n, 10_000);
      }
      assertThat(Shipped.numbers(endpoint.await(200)))
          .isEqualTo(LongStream.range(0, 200).boxed().toList());
      shipped.awaitEnd();
      assertThat(endpoint.duplicates()).isEmpty();
      assertThat(endpoint.connections()).isEqualTo(1);
    }
  }

  @Test
  void missingSocket_isToldWithItsPathAndWaitedFor() {
    try (Shipped shipped = new Shipped(settings())) {
      shipped.logChunk(0);
      shipped.awaitTold("unix://" + socket + ": ");
      try (ForwardEndpoint endpoint = listening(Behaviour.acknowledging())) {
        endpoint.await(1);
        shipped.awaitEnd();
      }
    }
  }

  @Test
  void endpointThatEndsInTheMiddle_getsTheChunkAgain() {
    try (ForwardEndpoint endpoint = listening(Faults.cutAfter(100), Behaviour.acknowledging());
        Shipped shipped = new Shipped(settings())) {
      shipped.logChunk(0);
      shipped.awaitEnd();
      assertThat(Shipped.numbers(endpoint.distinctEvents())).containsExactly(0L);
    }
  }

  @Test
  void endpointThatNeverAcknowledges_asFluentdsInUnixIsOfUseWithoutAck() {
    ForwardSettings settings = settings();
    try (ForwardEndpoint endpoint = listening(Behaviour.silent());
        Shipped shipped = new Shipped(settings.with(settings.transport().withoutAck()))) {
      shipped.logChunk(0);
      shipped.logChunk(1);
      endpoint.await(2);
      shipped.awaitEnd();
      assertThat(endpoint.frames()).allMatch(frame -> frame.chunk() == null);
    }
  }
}
