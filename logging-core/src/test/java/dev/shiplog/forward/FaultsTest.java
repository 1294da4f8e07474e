package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.status.DropReason;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.testkit.faults.ReservedPort;
import dev.shiplog.testkit.faults.UnansweredPort;
import dev.shiplog.transport.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints, networks and callers that misbehave, over real sockets. */
@Timeout(60)
class FaultsTest {
  private static final int EVER = 60_000;

  private static ForwardEndpoint behaving(Behaviour... inTurn) {
    return ForwardEndpoint.builder().behave(inTurn).start();
  }

  private static List<Long> numbersFrom0(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static void assertAllArrivedOnce(ForwardEndpoint endpoint, int events) {
    assertThat(Shipped.numbers(endpoint.distinctEvents()))
        .containsExactlyInAnyOrderElementsOf(numbersFrom0(events));
  }

  @Test
  void endpointKilledInTheMiddleOfAChunk_getsThatChunkAgain() {
    try (ForwardEndpoint endpoint = behaving(Faults.cutAfter(300_000), Behaviour.acknowledging());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      for (int n = 0; n < 100; n++) {
        shipped.log("app", n, 9000);
      }
      endpoint.await(100);
      shipped.awaitEnd();

      assertAllArrivedOnce(endpoint, 100);
      assertThat(endpoint.duplicates()).isEmpty();
      assertThat(shipped.meters.snapshot().chunksRetried()).isPositive();
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(100);
    }
  }

  @Test
  void endpointKilledBeforeItAcknowledges_getsThatChunkOnceMoreWithTheSameId() {
    try (ForwardEndpoint endpoint = behaving(Faults.closeBeforeAck(), Behaviour.acknowledging());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      shipped.logChunk(0);
      endpoint.await(2);
      shipped.awaitEnd();

      assertThat(endpoint.frames()).hasSize(2);
      assertThat(endpoint.duplicates()).hasSize(1).containsValue(2);
      assertAllArrivedOnce(endpoint, 1);
    }
  }

  @Test
  void portRefusedAtStart_delaysEventsOnly() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Shipped shipped = new Shipped(Shipped.to(port.port()))) {
      for (int n = 0; n < 50; n++) {
        shipped.logChunk(n);
      }
      shipped.awaitTold("refused");
      assertThat(shipped.meters.snapshot().endpointUp()).isFalse();
      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        assertThat(Shipped.numbers(endpoint.await(50))).isEqualTo(numbersFrom0(50));
        shipped.awaitEnd();
        shipped.awaitTold("takes chunks again");
        assertThat(shipped.meters.snapshot().chunksRetried()).as("none was sent").isZero();
      }
    }
  }

  @Test
  void swallowedSyn_isGivenUpByDeadlineAndCallersDoNotNotice() throws Exception {
    try (UnansweredPort port = new UnansweredPort();
        Shipped shipped = new Shipped(Shipped.to(port.port(), 50, EVER, EVER))) {
      shipped.logChunk(0);
      shipped.awaitTold("no answer in 50 ms");
      long[] calls = new long[1000];
      for (int n = 0; n < calls.length; n++) {
        long before = System.nanoTime();
        shipped.log(n);
        calls[n] = System.nanoTime() - before;
      }
      Arrays.sort(calls);
      assertThat(Duration.ofNanos(calls[990])).as("p99").isLessThan(Duration.ofMillis(20));
    }
  }

  @Test
  void nameThatLeadsElsewhereMeanwhile_isFollowed() {
    AtomicInteger lookups = new AtomicInteger();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped =
            new Shipped(
                Shipped.to(endpoint.port()),
                host -> {
                  byte last = (byte) (lookups.incrementAndGet() < 4 ? 77 : 1);
                  return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, last})};
                })) {
      shipped.logChunk(0);
      endpoint.await(1);
      shipped.awaitEnd();
      assertThat(lookups).hasValue(4);
      shipped.awaitTold("127.0.0.77");
    }
  }

  @Test
  void deadAddress_isFollowedByTheNextAndNamesAreLookedUpAtEachConnect() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped =
            new Shipped(
                Shipped.to(endpoint.port()),
                host -> {
                  lookups.incrementAndGet();
                  return new InetAddress[] {
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 77}),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1})
                  };
                })) {
      shipped.logChunk(0);
      endpoint.await(1);
      shipped.awaitEnd();
      assertThat(lookups).hasValue(1);
      endpoint.disconnect();
      shipped.logChunk(1);
      endpoint.await(2);
      assertThat(lookups.get()).isGreaterThan(1);
    }
  }

  @Test
  void hangingLookup_costsOneThreadAndNothingElse() {
    CountDownLatch hang = new CountDownLatch(1);
    AtomicInteger lookups = new AtomicInteger();
    try (Shipped shipped =
        new Shipped(
            Shipped.to(1, 20, EVER, EVER),
            host -> {
              lookups.incrementAndGet();
              try {
                hang.await();
              } catch (InterruptedException e) {
                throw new UnknownHostException(host);
              }
              return new InetAddress[0];
            })) {
      shipped.logChunk(0);
      shipped.await("a second attempt", () -> connectsTold(shipped) > 0);
      shipped.sink.drain(Duration.ofMillis(200));
      assertThat(lookups).hasValue(1);
    } finally {
      hang.countDown();
    }
  }

  private static long connectsTold(Shipped shipped) {
    return shipped.told.stream().filter(one -> one.contains("no answer in 20 ms")).count();
  }

  @Test
  void unknownHost_isToldByName() {
    ForwardSettings settings =
        ForwardSettings.defaults(new Endpoint("fluentd.invalid", 24224), "head");
    try (Shipped shipped =
        new Shipped(
            settings,
            host -> {
              throw new UnknownHostException(host);
            })) {
      shipped.logChunk(0);
      shipped.awaitTold("UnknownHostException: fluentd.invalid");
    }
  }

  @Test
  void halfOpenConnection_isNoticedWithinTheAckDeadline() {
    try (ForwardEndpoint endpoint = behaving(Behaviour.silent(), Behaviour.acknowledging());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port(), EVER, EVER, 100))) {
      shipped.logChunk(0);
      shipped.awaitEnd();
      shipped.awaitTold("no acknowledgement within 100 ms");
      assertAllArrivedOnce(endpoint, 1);
      assertThat(endpoint.duplicates()).hasSize(1);
    }
  }

  @Test
  void stalledPeer_isGivenUpByTheWriteDeadlineAndMemoryStaysBounded() {
    // an ack deadline too: a suspect alone is small enough for the kernel to take it
    try (ForwardEndpoint endpoint = behaving(Faults.stall());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port(), EVER, 200, 1000))) {
      for (int n = 0; n < 4000; n++) {
        shipped.log("app", n, 10_000);
      }
      assertThat(shipped.meters.snapshot().bufferBytes()).isLessThanOrEqualTo(32 << 20);
      assertThat(shipped.meters.dropped(DropReason.OVERFLOW, 2)).isPositive();
      shipped.awaitTold("not taken within 200 ms");
      endpoint.behave(Behaviour.acknowledging());
      shipped.awaitEnd();
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(endpoint.distinctEvents().size());
    }
  }

  @Test
  void stalledPeer_holdsNeitherCloseNorTheThread() {
    ForwardEndpoint.Builder stalled =
        ForwardEndpoint.builder().receiveBuffer(4096).behave(Faults.stall());
    try (ForwardEndpoint endpoint = stalled.start()) {
      Shipped shipped = new Shipped(Shipped.to(endpoint.port()));
      for (int n = 0; n < 1000; n++) {
        shipped.log("app", n, 10_000);
      }
      long before = System.nanoTime();
      shipped.sink.close(Duration.ofMillis(500));

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      shipped.await("the thread to end", () -> Shipped.threads().isEmpty());
      assertThat(shipped.meters.snapshot().pending()).isZero();
      assertThat(shipped.spilled).containsExactlyElementsOf(numbersFrom0(1000));
    }
  }

  @Test
  void stdoutThatHangs_holdsNotCloseAndGetsTheRestWhenItGoesOn() throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    try (ReservedPort port = new ReservedPort()) {
      Shipped shipped = new Shipped(Shipped.to(port.port()), hang);
      for (int n = 0; n < 10; n++) {
        shipped.logChunk(n);
      }
      long before = System.nanoTime();
      shipped.sink.close(Duration.ofMillis(100));

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(shipped.meters.snapshot().pending()).isEqualTo(10);
      hang.countDown();
      shipped.awaitEnd();
      assertThat(shipped.spilled).isEqualTo(numbersFrom0(10));
      shipped.await("the thread to end", () -> Shipped.threads().isEmpty());
    }
  }

  @Test
  void readerOfAFewBytesASecond_isGivenUpByDeadline() {
    try (ForwardEndpoint endpoint =
            behaving(Faults.slowRead(1, Duration.ofMillis(50)), Behaviour.acknowledging());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port(), EVER, 300, EVER))) {
      for (int n = 0; n < 2000; n++) {
        shipped.log("app", n, 10_000);
      }
      shipped.awaitTold("not taken within 300 ms");
      shipped.awaitEnd();
      assertAllArrivedOnce(endpoint, 2000);
    }
  }

  @Test
  void wrongAck_dropsTheConnectionAndKeepsTheChunk() {
    try (ForwardEndpoint endpoint =
            behaving(Faults.wrongAck(), Faults.wrongAck(), Behaviour.acknowledging());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      shipped.logChunk(0);
      endpoint.await(3);
      shipped.awaitEnd();
      assertThat(endpoint.duplicates()).containsValue(3).hasSize(1);
      assertThat(endpoint.connections()).isEqualTo(3);
      assertThat(shipped.meters.snapshot().chunksRetried()).isEqualTo(2);
      shipped.awaitTold("acknowledged a chunk that it was not sent");
    }
  }

  @Test
  void ackOneByteASegment_isAccepted() {
    try (ForwardEndpoint endpoint = behaving(Faults.splitAck());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      for (int n = 0; n < 8; n++) {
        shipped.logChunk(n);
      }
      endpoint.await(8);
      shipped.awaitEnd();
      assertThat(endpoint.duplicates()).isEmpty();
      assertThat(endpoint.connections()).isEqualTo(1);
    }
  }

  @Test
  void twoAcksInOneSegmentWithOtherKeys_areBothAccepted() {
    try (ForwardEndpoint endpoint = behaving(Faults.ackInPairs());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      for (int n = 0; n < 8; n++) {
        shipped.logChunk(n);
      }
      endpoint.await(8);
      shipped.awaitEnd();
      assertThat(endpoint.duplicates()).isEmpty();
      assertThat(endpoint.connections()).isEqualTo(1);
    }
  }

  @Test
  void garbageAndEndlessAnswers_endTheConnection() {
    try (ForwardEndpoint endpoint =
            behaving(Faults.garbage(), Faults.endlessAnswer(), Behaviour.acknowledging());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      shipped.logChunk(0);
      shipped.awaitEnd();
      shipped.awaitTold("something else than an ack");
      assertAllArrivedOnce(endpoint, 1);
      assertThat(endpoint.connections()).isEqualTo(3);
      assertThat(shipped.meters.snapshot().chunksRetried()).isEqualTo(2);
    }
  }

  @Test
  void acceptThenClose_meetsAGrowingBackOff() {
    try (ForwardEndpoint endpoint = behaving(Faults.closeAtOnce())) {
      ForwardSettings patient =
          Shipped.to(endpoint.port())
              .with(new ForwardSettings.Retries(Duration.ofMillis(20), Duration.ofSeconds(30)));
      try (Shipped shipped = new Shipped(patient)) {
        shipped.logChunk(0);
        shipped.await("a few attempts", () -> endpoint.connections() > 3);
        int before = endpoint.connections();
        // the cap is 160 ms by now and doubles: without growth there would be dozens a second
        shipped.sink.drain(Duration.ofSeconds(1));
        assertThat(endpoint.connections() - before).isLessThan(20);
        endpoint.behave(Behaviour.acknowledging());
        shipped.sink.drain(Duration.ofSeconds(10));
        shipped.awaitEnd();
        assertAllArrivedOnce(endpoint, 1);
      }
    }
  }

  private static Predicate<Frame> withEvent(long number) {
    return frame -> frame.events().stream().anyMatch(one -> Objects.equals(one.field("n"), number));
  }

  @Test
  void poisonChunkAtWhichTheEndpointCloses_isGivenUpAndOthersFlow() {
    try (ForwardEndpoint endpoint = behaving(Faults.closeOn(withEvent(3)));
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      for (int n = 0; shipped.meters.snapshot().chunksRejected() == 0; n++) {
        shipped.logChunk(n);
        shipped.sink.drain(Duration.ofMillis(5));
      }
      shipped.awaitEnd();
      assertThat(shipped.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
      assertThat(Shipped.numbers(endpoint.distinctEvents())).doesNotContain(3L).contains(2L, 4L);
      shipped.awaitTold("given up");
    }
  }

  @Test
  void poisonChunkNeverAcknowledged_isGivenUpAndOthersFlow() {
    try (ForwardEndpoint endpoint = behaving(Faults.neverAck(withEvent(3)));
        Shipped shipped = new Shipped(Shipped.to(endpoint.port(), EVER, EVER, 50))) {
      for (int n = 0; shipped.meters.snapshot().chunksRejected() == 0; n++) {
        shipped.logChunk(n);
        shipped.sink.drain(Duration.ofMillis(5));
      }
      shipped.awaitEnd();
      assertThat(shipped.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
      assertThat(shipped.meters.snapshot().droppedTotal()).isEqualTo(1);
    }
  }

  @Test
  void endpointThatAcknowledgesNothing_costsNoChunk() {
    Behaviour[] silentTenTimes = new Behaviour[11];
    Arrays.fill(silentTenTimes, Behaviour.silent());
    silentTenTimes[10] = Behaviour.acknowledging();
    try (ForwardEndpoint endpoint = behaving(silentTenTimes);
        Shipped shipped = new Shipped(Shipped.to(endpoint.port(), EVER, EVER, 20))) {
      for (int n = 0; n < 3; n++) {
        shipped.logChunk(n);
      }
      shipped.awaitEnd();
      assertAllArrivedOnce(endpoint, 3);
      assertThat(endpoint.connections()).isGreaterThan(10);
      assertThat(shipped.meters.snapshot().chunksRejected()).isZero();
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(3);
    }
  }

  @Test
  void heloThoughNoKeyIsSet_isSaid() {
    try (ForwardEndpoint endpoint = behaving(Faults.helo());
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      shipped.logChunk(0);
      shipped.awaitTold("it asks for a shared key (HELO), but auth.sharedKey is not set");
      assertThat(shipped.meters.snapshot().pending()).isEqualTo(1);
    }
  }

  @Test
  void idleConnectionCutByALoadBalancer_losesNothing() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      for (int n = 0; n < 5; n++) {
        shipped.logChunk(n);
        endpoint.await(n + 1);
        shipped.awaitEnd();
        endpoint.disconnect();
      }
      assertAllArrivedOnce(endpoint, 5);
    }
  }

  @Test
  void endpointDownAtStop_letsCloseKeepItsDeadlineAndTheRestGoesToStdout() throws Exception {
    try (ReservedPort port = new ReservedPort()) {
      Shipped shipped = new Shipped(Shipped.to(port.port()));
      for (int n = 0; n < 100; n++) {
        shipped.log(n);
      }
      assertThat(Shipped.threads()).allMatch(Thread::isDaemon).isNotEmpty();
      long before = System.nanoTime();
      shipped.sink.close(Duration.ofMillis(300));

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(shipped.spilled).isEqualTo(numbersFrom0(100));
      shipped.await("all threads to end", () -> Shipped.threads().isEmpty());
      shipped.close();
    }
  }

  @Test
  void interruptsOnLoggingThreads_loseNoEventAndAreKept() throws Exception {
    int callers = 4;
    int each = 1_500;
    long seed = new Random().nextLong();
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      ForwardSettings tight =
          Shipped.to(endpoint.port())
              .with(new ForwardSettings.Buffer(256 << 10, Overflow.block(Duration.ofSeconds(30))));
      try (Shipped shipped = new Shipped(tight)) {
        AtomicBoolean lostFlag = new AtomicBoolean();
        Thread[] threads = new Thread[callers];
        for (int i = 0; i < callers; i++) {
          long first = (long) i * each;
          threads[i] =
              new Thread(
                  () -> {
                    for (long n = first; n < first + each; n++) {
                      boolean before = Thread.currentThread().isInterrupted();
                      shipped.log(n);
                      lostFlag.compareAndSet(
                          false, before && !Thread.currentThread().isInterrupted());
                      if (n % 3 == 0) {
                        Thread.interrupted();
                      }
                    }
                  });
          threads[i].start();
        }
        Random random = new Random(seed);
        for (boolean alive = true; alive; ) {
          alive = false;
          for (Thread thread : threads) {
            alive |= thread.isAlive();
          }
          threads[random.nextInt(callers)].interrupt();
        }
        endpoint.await(callers * each);
        shipped.awaitEnd();
        assertThat(shipped.meters.snapshot().delivered()).isEqualTo((long) callers * each);
        assertThat(lostFlag).as("seed " + seed).isFalse();
        assertAllArrivedOnce(endpoint, callers * each);
        assertThat(endpoint.connections()).isEqualTo(1);
      }
    }
  }
}
