package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.faults.Faults;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections end when nothing is wrong, and what a load balancer makes of idle ones. */
@Timeout(60)
class ConnectionLifeTest {
  private static final Duration EVER = Duration.ofHours(1);

  private static ForwardSettings living(int port, Duration age, Duration idle) {
    ForwardSettings settings = Shipped.to(port);
    return settings.with(settings.transport().with(age, idle));
  }

  private static void assertAllArrivedOnce(ForwardEndpoint endpoint, int events) {
    assertThat(Shipped.numbers(endpoint.events()))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, events).boxed().toList());
  }

  @Test
  void connection_isReplacedByAgeWithoutAFailure() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(living(endpoint.port(), Duration.ofMillis(100), EVER))) {
      int[] n = {0};
      shipped.await(
          "a few connections",
          () -> {
            shipped.logChunk(n[0]++);
            return endpoint.connections() >= 4;
          });
      shipped.awaitEnd();
      assertAllArrivedOnce(endpoint, n[0]);
      shipped.await("the old ones to end", () -> endpoint.openConnections() <= 1);
      assertThat(shipped.told).isEmpty();
      assertThat(shipped.meters.snapshot().chunksRetried()).isZero();
    }
  }

  @Test
  void connection_isClosedByUsWhenIdleAndMadeAnewForTheNextEvent() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(living(endpoint.port(), EVER, Duration.ofMillis(50)))) {
      for (int n = 0; n < 3; n++) {
        shipped.logChunk(n);
        shipped.awaitEnd();
        shipped.await("the connection to end", () -> endpoint.openConnections() == 0);
      }
      assertAllArrivedOnce(endpoint, 3);
      assertThat(endpoint.connections()).isEqualTo(3);
      assertThat(shipped.told).isEmpty();
    }
  }

  @Test
  void idleConnectionCutWithAReset_losesNothingAndIsNoFailure() {
    // acknowledges one chunk, then ends the connection with a reset while nothing is under way
    Behaviour cutting =
        connection -> {
          var frame = connection.read();
          if (frame != null) {
            connection.store(frame);
            connection.acknowledge(frame);
            connection.pause(Duration.ofMillis(20));
            connection.reset();
          }
        };
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(cutting).start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      for (int n = 0; n < 5; n++) {
        shipped.logChunk(n);
        shipped.awaitEnd();
        shipped.await("the cut", () -> endpoint.openConnections() == 0);
      }
      assertThat(Shipped.numbers(endpoint.distinctEvents())).containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(endpoint.connections()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void idleConnectionCutWithoutAWord_isFoundOutByTheAckDeadlineAndLosesNothing() {
    // as a load balancer that has forgotten the connection: what comes is taken, and nothing
    // follows
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .behave(Faults.stallAfter(1), Behaviour.acknowledging())
                .start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port(), 60_000, 60_000, 200))) {
      shipped.logChunk(0);
      shipped.awaitEnd();
      shipped.logChunk(1);
      shipped.awaitEnd();
      assertAllArrivedOnce(endpoint, 2);
      shipped.awaitTold("no acknowledgement within 200 ms");
    }
  }
}
