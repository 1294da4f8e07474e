package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.transport.TransportSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way over a real socket when nothing goes wrong. */
@Timeout(60)
class ForwardingTest {
  @Test
  void events_arriveWithTagTimeAndValuesInOrder() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().requireChunk().start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      LongStream.range(0, 500).forEach(n -> shipped.log("app." + n % 2, n, (int) n * 10));
      List<ReceivedEvent> events = endpoint.await(500);
      shipped.awaitEnd();

      assertThat(Shipped.numbers(endpoint.events("app.0")))
          .containsExactlyElementsOf(LongStream.range(0, 250).map(n -> 2 * n).boxed().toList());
      assertThat(endpoint.events("app.1")).hasSize(250);
      assertThat(events)
          .allSatisfy(
              event -> {
                long n = Shipped.number(event);
                assertThat(event.time()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, n));
                assertThat(event.field("text")).asString().hasSize((int) n * 10);
              });
      assertThat(endpoint.frames())
          .allSatisfy(frame -> assertThat(frame.mode()).isEqualTo(Frame.Mode.PACKED_FORWARD));
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(500);
      assertThat(shipped.meters.snapshot().chunksAcked()).isEqualTo(endpoint.frames().size());
      assertThat(endpoint.problems()).isEmpty();
    }
  }

  @Test
  void largeChunks_arriveWholeThroughASmallWindow() {
    ForwardEndpoint.Builder small = ForwardEndpoint.builder().receiveBuffer(4096);
    try (ForwardEndpoint endpoint = small.start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      LongStream.range(0, 40).forEach(n -> shipped.log("app", n, 200_000));
      assertThat(Shipped.numbers(endpoint.await(40)))
          .containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
      shipped.awaitEnd();
      assertThat(endpoint.duplicates()).isEmpty();
    }
  }

  @Test
  void eventLargerThanAChunk_isAChunkOfItsOwn() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      shipped.log(1);
      shipped.log("app", 2, 3_000_000);
      shipped.log(3);
      endpoint.await(3);
      shipped.awaitEnd();
      assertThat(endpoint.frames()).hasSize(3);
    }
  }

  @Test
  void longTag_isWrittenInTheFormThatItsLengthNeeds() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      for (int length : new int[] {1, 31, 32, 128, 255, 256, 300}) {
        shipped.log("t".repeat(length), length, 10);
      }
      assertThat(endpoint.await(7))
          .allSatisfy(event -> assertThat(event.tag()).hasSize((int) Shipped.number(event)));
    }
  }

  @Test
  void withoutAck_chunksAskForNoneAndCountOnceWritten() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().acknowledge(false).start()) {
      TransportSettings some = TransportSettings.defaults();
      ForwardSettings settings =
          Shipped.to(endpoint.port())
              .with(
                  new TransportSettings(
                      false,
                      4,
                      some.connectTimeout(),
                      some.writeTimeout(),
                      some.ackTimeout(),
                      some.maxAge(),
                      some.maxIdle()));
      try (Shipped shipped = new Shipped(settings)) {
        LongStream.range(0, 100).forEach(n -> shipped.log("app", n, 10_000));
        endpoint.await(100);
        shipped.awaitEnd();
        assertThat(endpoint.frames()).allSatisfy(frame -> assertThat(frame.chunk()).isNull());
        assertThat(shipped.meters.snapshot().delivered()).isEqualTo(100);
      }
    }
  }

  @Test
  void oldConnection_isReplacedBetweenChunks() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      ForwardSettings settings = lifetimes(endpoint, Duration.ofMillis(50), Duration.ofDays(1));
      try (Shipped shipped = new Shipped(settings)) {
        for (long n = 0; endpoint.connections() < 3; n++) {
          shipped.logChunk(n);
          shipped.awaitEnd();
        }
        assertThat(endpoint.duplicates()).isEmpty();
        assertThat(shipped.meters.snapshot().chunksRetried()).isZero();
        assertThat(shipped.told).isEmpty();
      }
    }
  }

  @Test
  void idleConnection_isClosedInTime() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      ForwardSettings settings = lifetimes(endpoint, Duration.ofDays(1), Duration.ofMillis(50));
      try (Shipped shipped = new Shipped(settings)) {
        shipped.logChunk(1);
        endpoint.await(1);
        shipped.await("the connection to end", () -> endpoint.openConnections() == 0);
        shipped.logChunk(2);
        endpoint.await(2);
        assertThat(endpoint.connections()).isEqualTo(2);
        assertThat(shipped.told).isEmpty();
      }
    }
  }

  private static ForwardSettings lifetimes(ForwardEndpoint endpoint, Duration age, Duration idle) {
    TransportSettings some = TransportSettings.defaults();
    return Shipped.to(endpoint.port())
        .with(
            new TransportSettings(
                true, 4, some.connectTimeout(), some.writeTimeout(), some.ackTimeout(), age, idle));
  }

  @Test
  void close_sendsTheRestAndIsQuick() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      ForwardSettings slow = slowChunks(endpoint);
      Shipped shipped = new Shipped(slow);
      LongStream.range(0, 100).forEach(shipped::log);
      shipped.sink.close(Duration.ofSeconds(10));

      assertThat(endpoint.events()).hasSize(100);
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(100);
      assertThat(shipped.spilled).isEmpty();
      assertThat(Shipped.threads()).isEmpty();
      long before = System.nanoTime();
      shipped.sink.close(Duration.ofSeconds(10));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void drain_waitsForWhatWasLoggedBeforeAndTheSinkStaysOpen() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      ForwardSettings slow = slowChunks(endpoint);
      try (Shipped shipped = new Shipped(slow)) {
        for (int n = 1; n <= 10; n++) {
          shipped.log(n);
          shipped.sink.drain(Duration.ofSeconds(10));
          assertThat(shipped.meters.snapshot().delivered()).isEqualTo(n);
        }
      }
    }
  }

  @Test
  void retire_sendsTheRestAndEachLaterEventBeforeItsCallReturns() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(slowChunks(endpoint))) {
      shipped.log(1);
      shipped.sink.retire(Duration.ofSeconds(10));
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(1);
      for (int n = 2; n <= 10; n++) {
        shipped.log(n);
        assertThat(shipped.meters.snapshot().delivered()).isEqualTo(n);
      }
      assertThat(shipped.spilled).isEmpty();
      assertThat(endpoint.events()).hasSize(10);
    }
  }

  @Test
  void retire_losesNothingOfThreadsThatLogMeanwhile() throws InterruptedException {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(slowChunks(endpoint))) {
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(t -> new Thread(() -> LongStream.range(0, 500).forEach(shipped::log)))
              .toList();
      threads.forEach(Thread::start);
      shipped.sink.retire(Duration.ofSeconds(10));
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(2000);
      assertThat(endpoint.events()).hasSize(2000);
      assertThat(shipped.spilled).isEmpty();
    }
  }

  @Test
  void retire_spillsWhatComesOnceTheEndpointIsGone() {
    ForwardEndpoint endpoint = ForwardEndpoint.start();
    try (Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      shipped.log(1);
      shipped.sink.retire(Duration.ofSeconds(10));
      endpoint.close();
      shipped.log(2);
      assertThat(shipped.spilled).containsExactly(2L);
      long before = System.nanoTime();
      LongStream.range(3, 100).forEach(shipped::log);
      assertThat(shipped.spilled).hasSize(98);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("the endpoint is waited for once")
          .isLessThan(Duration.ofSeconds(1));
    }
  }

  private static ForwardSettings slowChunks(ForwardEndpoint endpoint) {
    return Shipped.to(endpoint.port())
        .with(new ForwardSettings.Chunks(1 << 20, Duration.ofDays(1)));
  }
}
