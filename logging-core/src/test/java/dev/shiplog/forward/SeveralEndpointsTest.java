package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.testkit.faults.ReservedPort;
import dev.shiplog.testkit.faults.UnansweredPort;
import dev.shiplog.transport.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two endpoints over real sockets, one of which misbehaves. */
@Timeout(60)
class SeveralEndpointsTest {
  private static final int EVER = 60_000;

  private static ForwardSettings to(ForwardSettings settings, Balance balance, int... ports) {
    List<Endpoint> endpoints =
        Arrays.stream(ports).mapToObj(port -> new Endpoint("127.0.0.1", port)).toList();
    return settings.with(endpoints, balance);
  }

  private static ForwardSettings to(Balance balance, int... ports) {
    return to(Shipped.to(ports[0]), balance, ports);
  }

  private static void assertAllArrived(int events, ForwardEndpoint... endpoints) {
    List<Long> numbers = new ArrayList<>();
    for (ForwardEndpoint endpoint : endpoints) {
      numbers.addAll(Shipped.numbers(endpoint.distinctEvents()));
    }
    assertThat(numbers.stream().distinct())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, events).boxed().toList());
  }

  @Test
  void failover_goesToTheNextAndBackWhenTheFirstIsThereAgain() throws Exception {
    try (ReservedPort first = new ReservedPort();
        ForwardEndpoint second = ForwardEndpoint.start();
        Shipped shipped = new Shipped(to(Balance.FAILOVER, first.port(), second.port()))) {
      shipped.logChunk(0);
      second.await(1);
      shipped.awaitTold("127.0.0.1:" + first.port() + ": ");
      try (ForwardEndpoint back = first.open(ForwardEndpoint.builder())) {
        int[] n = {1};
        shipped.await(
            "chunks to go to the first again",
            () -> {
              shipped.logChunk(n[0]++);
              return back.events().size() >= 5;
            });
        shipped.awaitEnd();
        int before = second.events().size();
        for (int i = 0; i < 10; i++) {
          shipped.logChunk(n[0]++);
        }
        shipped.awaitEnd();
        assertThat(second.events()).as("the first alone").hasSize(before);
        assertAllArrived(n[0], back, second);
        shipped.awaitTold("127.0.0.1:" + first.port() + ": takes chunks again");
      }
    }
  }

  @Test
  void endpointThatSwallowsSyns_delaysNothingWhenAnotherLives() throws Exception {
    ForwardSettings patient = Shipped.to(1, EVER, EVER, EVER);
    for (Balance balance : Balance.values()) {
      try (UnansweredPort dead = new UnansweredPort();
          ForwardEndpoint alive = ForwardEndpoint.start();
          Shipped shipped = new Shipped(to(patient, balance, dead.port(), alive.port()))) {
        // the connect deadline is a minute, and so is that of this test
        for (int n = 0; n < 20; n++) {
          shipped.logChunk(n);
          shipped.awaitEnd();
        }
        assertAllArrived(20, alive);
      }
    }
  }

  @Test
  void roundRobin_spreadsChunksOverBoth() {
    try (ForwardEndpoint one = ForwardEndpoint.start();
        ForwardEndpoint other = ForwardEndpoint.start();
        Shipped shipped = new Shipped(to(Balance.ROUND_ROBIN, one.port(), other.port()))) {
      for (int n = 0; n < 40; n++) {
        shipped.logChunk(n);
        shipped.awaitEnd();
      }
      assertAllArrived(40, one, other);
      assertThat(one.frames()).hasSizeGreaterThan(10);
      assertThat(other.frames()).hasSizeGreaterThan(10);
      assertThat(one.connections() + other.connections()).isEqualTo(2);
    }
  }

  @Test
  void readerOfAFewBytesASecond_isGivenUpAndTheOtherEndpointUsed() {
    try (ForwardEndpoint slow =
            ForwardEndpoint.builder()
                .receiveBuffer(4096)
                .behave(Faults.slowRead(1, Duration.ofMillis(50)))
                .start();
        ForwardEndpoint other = ForwardEndpoint.start();
        Shipped shipped =
            new Shipped(
                to(Shipped.to(1, EVER, 1000, 3000), Balance.FAILOVER, slow.port(), other.port()))) {
      for (int n = 0; n < 1000; n++) {
        shipped.log("app", n, 10_000);
      }
      shipped.awaitEnd();
      assertAllArrived(1000, other);
      shipped.awaitTold("127.0.0.1:" + slow.port() + ": ");
    }
  }

  @Test
  void acceptThenClose_isAFailureAndTheOtherEndpointIsUsed() {
    for (Balance balance : Balance.values()) {
      try (ForwardEndpoint closing =
              ForwardEndpoint.builder().behave(Faults.closeAtOnce()).start();
          ForwardEndpoint other = ForwardEndpoint.start();
          Shipped shipped = new Shipped(to(balance, closing.port(), other.port()))) {
        for (int n = 0; n < 50; n++) {
          shipped.logChunk(n);
        }
        shipped.awaitEnd();
        assertAllArrived(50, other);
        shipped.awaitTold("127.0.0.1:" + closing.port() + ": ");
        // each of the fifty asks for haste and so for one attempt at once
        assertThat(closing.connections()).as("no attempt after attempt").isLessThan(150);
      }
    }
  }

  @Test
  void chunkThatTheFirstStoredButNeverAcknowledged_goesToTheOtherWithTheSameId() {
    try (ForwardEndpoint first = ForwardEndpoint.builder().behave(Behaviour.silent()).start();
        ForwardEndpoint other = ForwardEndpoint.start();
        Shipped shipped =
            new Shipped(
                to(Shipped.to(1, EVER, EVER, 200), Balance.FAILOVER, first.port(), other.port()))) {
      shipped.logChunk(0);
      shipped.awaitEnd();
      first.await(1);
      assertThat(other.frames().get(0).chunk()).isNotNull();
      assertThat(other.frames().get(0).chunk()).isEqualTo(first.frames().get(0).chunk());
    }
  }

  @Test
  void withoutAck_acceptThenCloseIsAFailureToo() {
    ForwardSettings settings = Shipped.to(1);
    try (ForwardEndpoint closing = ForwardEndpoint.builder().behave(Faults.closeAtOnce()).start();
        Shipped shipped =
            new Shipped(
                to(
                    settings.with(settings.transport().withoutAck()),
                    Balance.FAILOVER,
                    closing.port()))) {
      shipped.await(
          "a failure, with whichever chunk the close is noticed in time",
          () -> {
            shipped.logChunk(0);
            return shipped.told.stream().anyMatch(one -> one.contains(":" + closing.port() + ": "));
          });
      shipped.await("the meter", snapshot -> !snapshot.endpointUp());
    }
  }
}
