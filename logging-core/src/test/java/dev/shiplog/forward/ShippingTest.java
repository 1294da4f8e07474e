package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.status.DropReason;
import dev.shiplog.transport.Fault;
import dev.shiplog.transport.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the shipper makes of results: forget, try again, give up. */
class ShippingTest {
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  /** A sink with so many sealed chunks of one event each, numbered from 1 on. */
  private static Stepped withChunks(int chunks) {
    Stepped forward = new Stepped(Stepped.settings());
    for (int n = 1; n <= chunks; n++) {
      addChunk(forward, n);
    }
    return forward;
  }

  private static void addChunk(Stepped forward, long number) {
    forward.log(number);
    forward.buffer.sealAll();
  }

  private static List<Long> firstNumbers(List<Sent> sent) {
    return sent.stream().map(one -> one.numbers().get(0)).toList();
  }

  private static List<Long> underWay(Stepped forward) {
    List<Sent> sent = forward.transport.sent;
    return firstNumbers(sent.subList(sent.size() - forward.transport.underWay.size(), sent.size()));
  }

  @Test
  void chunks_travelSideBySideUpToTheLimit() {
    Stepped forward = withChunks(6);
    forward.work();
    assertThat(underWay(forward)).containsExactly(1L, 2L, 3L, 4L);

    forward.transport.acknowledge(2);
    forward.transport.acknowledge(0);
    forward.work();

    assertThat(firstNumbers(forward.transport.sent)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(2);
    assertThat(forward.meters.snapshot().chunksAcked()).isEqualTo(2);
    assertThat(forward.meters.snapshot().endpointUp()).isTrue();
  }

  @Test
  void chunk_keepsItsIdAndContentWhenItIsSentAgain() {
    Stepped forward = withChunks(1);
    forward.work();
    Sent first = forward.transport.last();

    forward.transport.fail(Fault.CLOSED, true);
    forward.work();
    assertThat(forward.transport.sent).as("not before the back-off is over").hasSize(1);
    assertThat(forward.shipper.idleNanos()).isEqualTo(HALF_SECOND.toNanos());
    forward.advance(HALF_SECOND);
    forward.work();

    assertThat(forward.transport.sent).containsExactly(first, first);
    assertThat(forward.meters.snapshot().chunksRetried()).isEqualTo(1);
    forward.transport.acknowledgeAll();
    forward.work();
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(1);
  }

  @Test
  void backOff_doublesUpToItsMaximumAndAConnectDoesNotResetIt() {
    Stepped forward = withChunks(1);
    forward.work();
    for (long expected : new long[] {500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000}) {
      forward.transport.connected();
      forward.transport.fail(Fault.CLOSED, true);
      forward.work();
      assertThat(nextAttemptIn(forward)).isEqualTo(Duration.ofMillis(expected));
    }
    forward.transport.acknowledgeAll();
    forward.work();
    addChunk(forward, 2);
    forward.work();
    forward.transport.fail(Fault.UNREACHABLE, false);
    forward.work();
    assertThat(nextAttemptIn(forward)).as("an acknowledgement does").isEqualTo(HALF_SECOND);
  }

  /** Lets time pass up to the next attempt; fails if it came earlier. */
  private static Duration nextAttemptIn(Stepped forward) {
    int before = forward.transport.sent.size();
    Duration waited = Duration.ZERO;
    while (forward.transport.sent.size() == before) {
      forward.advance(Duration.ofMillis(100));
      waited = waited.plusMillis(100);
      forward.work();
      assertThat(waited).isLessThan(Duration.ofMinutes(1));
    }
    return waited;
  }

  @Test
  void backOff_isFullyJittered() {
    BackOff backOff = new BackOff(HALF_SECOND, Duration.ofSeconds(30), () -> 0.25);
    assertThat(backOff.next()).isEqualTo(125_000_000);
    assertThat(backOff.next()).isEqualTo(250_000_000);
  }

  @Test
  void transportsWish_isHeardWhenItAsksForALongerWait() {
    Stepped forward = withChunks(1);
    forward.work();
    forward.transport.settle(0, new Result.Retry(Duration.ofSeconds(7), false));
    forward.work();
    assertThat(nextAttemptIn(forward)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void chunks_stayInOrderWhenTheEndpointIsAwayForAWhile() {
    Stepped forward = withChunks(6);
    forward.work();
    forward.transport.fail(Fault.CLOSED, true);
    forward.work();
    for (int i = 0; i < 5; i++) {
      forward.advance(Duration.ofMinutes(1));
      forward.work();
      forward.transport.fail(Fault.UNREACHABLE, false);
      forward.work();
    }
    forward.advance(Duration.ofMinutes(1));
    forward.work();
    int before = forward.transport.sent.size() - forward.transport.underWay.size();
    while (!forward.transport.underWay.isEmpty()) {
      forward.transport.acknowledge(0);
      forward.work();
    }

    List<Sent> sent = forward.transport.sent;
    assertThat(firstNumbers(sent.subList(before, sent.size())))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void chunks_travelAloneOnceTheyWentDownTogether() {
    Stepped forward = withChunks(5);
    forward.work();
    forward.transport.fail(Fault.CLOSED, true);
    forward.work();
    for (long suspect = 1; suspect <= 4; suspect++) {
      forward.advance(HALF_SECOND);
      forward.work();
      assertThat(underWay(forward)).containsExactly(suspect);
      forward.transport.acknowledgeAll();
      forward.work();
    }
    addChunk(forward, 6);
    forward.work();
    assertThat(underWay(forward)).as("and in company again afterwards").containsExactly(5L, 6L);
  }

  @Test
  void poisonChunk_isGivenUpAfterEightFailuresAndCostsNoOther() {
    Stepped forward = withChunks(5);
    int rounds = 0;
    long next = 6;
    // the endpoint closes the connection at chunk 1 and takes all others
    while (forward.meters.snapshot().chunksRejected() == 0) {
      assertThat(rounds++).isLessThan(200);
      forward.work();
      int poison = underWay(forward).indexOf(1L);
      if (poison < 0) {
        forward.transport.acknowledgeAll();
      } else {
        for (int i = 0; i < poison; i++) {
          forward.transport.acknowledge(0);
        }
        forward.transport.fail(Fault.CLOSED, true);
      }
      addChunk(forward, next++);
      forward.advance(Duration.ofMinutes(1));
      forward.work();
    }
    while (forward.pending() > 0) {
      assertThat(rounds++).isLessThan(200);
      forward.advance(Duration.ofMinutes(1));
      forward.work();
      forward.transport.acknowledgeAll();
      forward.work();
    }

    assertThat(forward.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(next - 2);
    // once in company; twice in a row, which counts once; seven times behind others
    assertThat(firstNumbers(forward.transport.sent).stream().filter(n -> n == 1)).hasSize(10);
    assertThat(forward.told).anyMatch(message -> message.contains("given up"));
  }

  @Test
  void chunkNeverAcknowledged_isGivenUpWhileTheConnectionStaysAndOthersPass() {
    Stepped forward = withChunks(1);
    forward.work();
    int others = 1;
    for (int failures = 0; failures < 8; failures++) {
      assertThat(forward.meters.snapshot().chunksRejected()).isZero();
      addChunk(forward, ++others);
      forward.work();
      int other = underWay(forward).indexOf((long) others);
      forward.transport.acknowledge(other);
      forward.transport.settle(0, new Result.Retry(Duration.ZERO, true));
      forward.work();
    }

    assertThat(forward.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(8);
    assertThat(forward.pending()).isZero();
  }

  @Test
  void endpointThatAcknowledgesNothing_costsNoChunk() {
    Stepped forward = withChunks(3);
    for (int i = 0; i < 100; i++) {
      forward.work();
      forward.transport.fail(i % 2 == 0 ? Fault.CLOSED : Fault.ACK_TIMEOUT, true);
      forward.work();
      forward.advance(Duration.ofMinutes(1));
    }

    assertThat(forward.pending()).isEqualTo(3);
    assertThat(forward.meters.snapshot().droppedTotal()).isZero();
    assertThat(forward.transport.sent)
        .extracting(Sent::id)
        .containsAll(ids(forward))
        .hasSizeGreaterThan(100);
    assertThat(ids(forward)).hasSize(3);
  }

  private static List<String> ids(Stepped forward) {
    return forward.transport.sent.stream().map(Sent::id).distinct().toList();
  }

  @Test
  void chunk_isGivenUpAndToldWhenTheTransportRejectsIt() {
    Stepped forward = withChunks(2);
    forward.work();
    forward.transport.settle(0, new Result.Rejected("too large"));
    forward.transport.acknowledge(0);
    forward.work();

    assertThat(forward.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(1);
    assertThat(forward.told).singleElement().asString().contains("too large");
  }

  @Test
  void failures_areToldOnceAMinuteAndRecoveryIsAnnounced() {
    Stepped forward = withChunks(1);
    for (int i = 0; i < 20; i++) {
      forward.work();
      forward.transport.fail(Fault.UNREACHABLE, false);
      forward.work();
      forward.advance(HALF_SECOND);
      forward.shipper.hurry();
    }
    assertThat(forward.told).singleElement().asString().startsWith("warn test:24224");
    assertThat(forward.meters.snapshot().endpointUp()).isFalse();
    forward.advance(Duration.ofMinutes(1));
    forward.work();
    forward.transport.fail(Fault.UNREACHABLE, false);
    forward.work();
    assertThat(forward.told).hasSize(2).last().asString().contains("21 times");

    forward.advance(Duration.ofMinutes(1));
    forward.work();
    forward.transport.acknowledgeAll();
    forward.work();
    assertThat(forward.told).hasSize(3).last().asString().startsWith("info").contains("again");
  }

  @Test
  void chunksUnderWay_areKeptWhenTheShipperStartsAfresh() {
    Stepped forward = withChunks(3);
    forward.work();
    forward.shipper.recover(new IllegalStateException("the test wants it"));
    forward.assertBalanced();
    forward.advance(HALF_SECOND);
    forward.work();
    forward.transport.acknowledgeAll();
    forward.work();

    assertThat(forward.meters.snapshot().delivered()).isEqualTo(3);
    assertThat(ids(forward)).hasSize(3);
  }
}
