package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.status.DropReason;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which endpoint gets which chunk. */
class BalancingTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HEAD_START = Duration.ofNanos(Balancer.HEAD_START_NANOS);

  private long next;

  private static Stepped to(Balance balance) {
    List<Endpoint> endpoints = List.of(new Endpoint("a", 1), new Endpoint("b", 2));
    return new Stepped(Stepped.settings().with(endpoints, balance));
  }

  private void log(Stepped forward, int chunks) {
    for (int i = 0; i < chunks; i++) {
      forward.log(++next);
      forward.buffer.sealAll();
    }
    forward.work();
  }

  private static List<Long> sent(FakeTransport transport) {
    return transport.sent.stream().map(one -> one.numbers().get(0)).toList();
  }

  private static void fail(Stepped forward, FakeTransport transport, boolean sent) {
    transport.fail(sent ? Fault.CLOSED : Fault.UNREACHABLE, sent);
    forward.work();
  }

  private static void acknowledge(Stepped forward, FakeTransport transport) {
    while (!transport.underWay.isEmpty()) {
      transport.acknowledgeAll();
      forward.work();
    }
  }

  @Test
  void failover_usesTheFirstAloneWhileItWorksEvenWhenItIsFull() {
    Stepped forward = to(Balance.FAILOVER);
    log(forward, 6);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    assertThat(a.underWay).hasSize(4);
    acknowledge(forward, a);
    assertThat(sent(a)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(b.sent).isEmpty();
    assertThat(b.asked).as("not even connected").isZero();
  }

  @Test
  void failover_takesTheNextAtOnceWithTheSameIdsAndGoesBackAfterOneProvenChunk() {
    Stepped forward = to(Balance.FAILOVER);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    log(forward, 1);
    List<Sent> first = List.copyOf(a.sent);
    fail(forward, a, true);
    assertThat(b.sent).isEqualTo(first);
    acknowledge(forward, b);
    assertThat(forward.meters.snapshot().endpointUp()).isTrue();

    log(forward, 2);
    assertThat(sent(b)).containsExactly(1L, 2L, 3L);
    forward.advance(MINUTE);
    log(forward, 4);
    assertThat(sent(a)).as("one chunk to prove itself").containsExactly(1L, 4L);
    assertThat(sent(b)).containsExactly(1L, 2L, 3L, 5L, 6L);
    acknowledge(forward, a);
    acknowledge(forward, b);
    log(forward, 1);
    assertThat(a.last().numbers()).as("all again").containsExactly(next);
    acknowledge(forward, a);
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(next);
    assertThat(forward.told).hasSize(2);
    assertThat(forward.told.get(0)).startsWith("warn a:1: ");
    assertThat(forward.told.get(1)).startsWith("info a:1: takes chunks again");
  }

  @Test
  void endpointThatCannotBeReached_holdsNoChunkAndIsWaitedForAMomentOnly() {
    Stepped forward = to(Balance.FAILOVER);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    a.away = true;
    log(forward, 3);
    assertThat(a.asked).isEqualTo(1);
    assertThat(b.sent).isEmpty();
    assertThat(forward.shipper.idleNanos()).isEqualTo(HEAD_START.toNanos());
    forward.advance(HEAD_START);
    forward.work();
    assertThat(sent(b)).containsExactly(1L, 2L, 3L);
    acknowledge(forward, b);
    fail(forward, a, false);
    // from now on it is probed beside the other, which waits for nothing
    for (int i = 0; i < 5; i++) {
      forward.advance(MINUTE);
      log(forward, 1);
      assertThat(b.last().numbers()).containsExactly(next);
      acknowledge(forward, b);
      fail(forward, a, false);
    }
    assertThat(a.asked).isEqualTo(6);
    assertThat(a.sent).isEmpty();
  }

  @Test
  void pauses_growForEachEndpointOnItsOwn() {
    Stepped forward = to(Balance.FAILOVER);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    long expected = 500;
    for (int i = 0; i < 8; i++) {
      log(forward, 1);
      assertThat(a.underWay).hasSize(1);
      fail(forward, a, true);
      acknowledge(forward, b);
      forward.advance(Duration.ofMillis(expected - 1));
      int before = a.sent.size();
      log(forward, 1);
      acknowledge(forward, b);
      assertThat(a.sent).as("after %d ms", expected - 1).hasSize(before);
      forward.advance(Duration.ofMillis(1));
      expected = Math.min(30_000, 2 * expected);
    }
    fail(forward, b, false);
    assertThat(forward.meters.snapshot().balanced()).isTrue();
  }

  @Test
  void roundRobin_spreadsChunksAndLeavesOutWhatFails() {
    Stepped forward = to(Balance.ROUND_ROBIN);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    log(forward, 6);
    assertThat(sent(a)).containsExactly(1L, 3L, 5L);
    assertThat(sent(b)).containsExactly(2L, 4L, 6L);
    acknowledge(forward, a);
    fail(forward, b, true);
    // the suspects go one by one to the one that works
    acknowledge(forward, a);
    assertThat(sent(a)).containsExactly(1L, 3L, 5L, 2L, 4L, 6L);
    log(forward, 3);
    acknowledge(forward, a);
    assertThat(sent(a)).endsWith(7L, 8L, 9L);
    assertThat(b.sent).hasSize(3);
    forward.advance(MINUTE);
    log(forward, 2);
    acknowledge(forward, b);
    log(forward, 4);
    assertThat(b.sent.size()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void roundRobin_goesOnBesideAnEndpointThatTakesAndSaysNothing() {
    Stepped forward = to(Balance.ROUND_ROBIN);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    log(forward, 8);
    for (int i = 0; i < 10; i++) {
      log(forward, 4);
      acknowledge(forward, b);
    }
    assertThat(a.underWay).hasSize(4);
    assertThat(forward.pending()).isEqualTo(4);
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(next - 4);
  }

  @Test
  void suspectUnderWay_barsItsOwnConnectionAlone() {
    Stepped forward = to(Balance.ROUND_ROBIN);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    log(forward, 4);
    acknowledge(forward, a);
    fail(forward, b, true);
    assertThat(sent(a)).as("a suspect").endsWith(2L);
    forward.advance(MINUTE);
    log(forward, 1);
    assertThat(sent(b)).as("the other one").endsWith(4L);
    acknowledge(forward, b);
    assertThat(sent(b)).endsWith(5L);
    assertThat(a.underWay).hasSize(1);
  }

  @Test
  void failure_countsOnlyIfThatEndpointAcknowledgedAnotherChunkInBetween() {
    Stepped forward = to(Balance.FAILOVER);
    FakeTransport a = forward.transports.get(0);
    FakeTransport b = forward.transports.get(1);
    // a takes nothing at all; b works, and its acknowledgements say nothing about a
    for (int i = 0; i < 40; i++) {
      log(forward, 1);
      fail(forward, a, true);
      log(forward, 1);
      acknowledge(forward, b);
      forward.advance(MINUTE);
    }
    assertThat(forward.meters.snapshot().droppedTotal()).isZero();
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(next);
  }

  @Test
  void poisonChunk_isGivenUpThoughItMeetsSeveralEndpoints() {
    Stepped forward = to(Balance.FAILOVER);
    int rounds = 0;
    while (forward.meters.snapshot().chunksRejected() == 0) {
      assertThat(rounds++).isLessThan(200);
      log(forward, 1);
      for (FakeTransport one : forward.transports) {
        while (!one.underWay.isEmpty()) {
          if (((Chunk) one.underWay.get(0)).serial() == 1) {
            one.fail(Fault.CLOSED, true);
          } else {
            one.acknowledge(0);
          }
          forward.work();
        }
      }
      forward.advance(MINUTE);
    }
    assertThat(forward.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
    assertThat(forward.meters.snapshot().droppedTotal()).isEqualTo(1);
  }

  @Test
  void endpointUp_isTrueWhileAnyIs() {
    Stepped forward = to(Balance.ROUND_ROBIN);
    log(forward, 2);
    acknowledge(forward, forward.transports.get(0));
    acknowledge(forward, forward.transports.get(1));
    log(forward, 2);
    fail(forward, forward.transports.get(0), true);
    assertThat(forward.meters.snapshot().endpointUp()).isTrue();
    fail(forward, forward.transports.get(1), true);
    assertThat(forward.meters.snapshot().endpointUp()).isFalse();
    forward.advance(MINUTE);
    forward.work();
    acknowledge(forward, forward.transports.get(0));
    assertThat(forward.meters.snapshot().endpointUp()).isTrue();
  }

  @Test
  void withoutAck_aWrittenChunkThatSurvivesASecondEndsTheBackOff() {
    Stepped forward = new Stepped(withoutAck());
    FakeTransport a = forward.transport;
    long expected = 500;
    for (int i = 0; i < 4; i++) {
      log(forward, 1);
      acknowledge(forward, a);
      a.fail(Fault.CLOSED, true);
      forward.work();
      forward.advance(Duration.ofMillis(expected - 1));
      int before = a.sent.size();
      log(forward, 1);
      assertThat(a.sent).as("written is no proof").hasSize(before);
      forward.advance(Duration.ofMillis(1));
      forward.work();
      acknowledge(forward, a);
      expected *= 2;
    }
    forward.advance(Duration.ofSeconds(1));
    forward.work();
    assertThat(forward.meters.snapshot().endpointUp()).isTrue();
    a.fail(Fault.CLOSED, true);
    forward.work();
    forward.advance(Duration.ofMillis(500));
    int before = a.sent.size();
    log(forward, 1);
    assertThat(a.sent).hasSizeGreaterThan(before);
  }

  private static ForwardSettings withoutAck() {
    ForwardSettings settings = Stepped.settings();
    return settings.with(settings.transport().withoutAck());
  }
}
