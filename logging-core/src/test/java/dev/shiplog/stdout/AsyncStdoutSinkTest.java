package dev.shiplog.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.stdout.StdoutSettings.Overflow;
import dev.shiplog.stdout.StdoutSettings.Target;
import dev.shiplog.stdout.StdoutSettings.Via;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class AsyncStdoutSinkTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;

  private final Meters meters = new Meters();
  private final Records.Told told = new Records.Told();

  private Sink sink(Output output, int bufferBytes, Overflow overflow) {
    Lanes lanes = StdoutSinkTest.oneLane(output, told, new AtomicLong());
    return started(
        new AsyncStdoutSink(lanes, settings(bufferBytes, overflow), meters, told), () -> {});
  }

  private static Sink started(Sink sink, Runnable heartbeat) {
    sink.start(heartbeat);
    return sink;
  }

  private static StdoutSettings settings(int bufferBytes, Overflow overflow) {
    return new StdoutSettings(
        Target.STDOUT, StdoutSettings.OFF, Via.FD, true, bufferBytes, overflow, LONG);
  }

  @Test
  void lines_areWholeAndInOrderInFewWritesWhenFourThreadsLog() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    try (Fifo fifo = new Fifo(folder)) {
      Descriptor descriptor = fifo.descriptor();
      Output counting =
          (bytes, offset, length) -> {
            writes.incrementAndGet();
            descriptor.write(bytes, offset, length);
          };
      Sink sink = sink(counting, 1 << 20, Overflow.BLOCK);
      CompletableFuture<List<String>> lines = fifo.lines();
      StdoutSinkTest.writeFromFourThreads(sink, 1_000);
      sink.close(LONG);
      assertThat(Records.wholeAndInOrder(fifo.end(lines))).isEqualTo(4_000);
    }
    assertThat(writes).hasValueLessThan(2_000);
    assertThat(meters.snapshot().delivered()).isEqualTo(4_000);
    assertThat(meters.snapshot().balanced()).isTrue();
  }

  @Test
  void drain_returnsWhenAllThatCameBeforeIsWritten() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Sink sink = sink(written::write, 1 << 20, Overflow.BLOCK);
    for (int n = 0; n < 1_000; n++) {
      sink.accept(Records.record(n));
    }
    sink.drain(LONG);
    assertThat(meters.delivered()).isEqualTo(1_000);
    sink.close(LONG);
    assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(1_000);
  }

  @Test
  void accept_dropsAndCountsAndCloseKeepsItsDeadlineWhenNobodyReadsThePipe() throws Exception {
    try (Fifo fifo = new Fifo(folder)) {
      Sink sink = sink(fifo.descriptor(), 256 << 10, Overflow.DROP_NEWEST);
      int dropped = 0;
      for (int n = 0; n < 2_000; n++) {
        if (sink.accept(Records.record(0, n, 1_000, Records.INFO)) == Outcome.DROPPED) {
          dropped++;
        }
      }
      assertThat(meters.dropped(DropReason.OVERFLOW, Records.INFO)).isEqualTo(dropped);
      assertThat(dropped).isBetween(1_600, 1_800);
      assertThat(meters.snapshot().bufferBytes()).isBetween(190L << 10, 256L << 10);
      assertThat(meters.snapshot().pending()).isPositive();
      assertThat(meters.snapshot().balanced()).isTrue();

      long start = System.nanoTime();
      sink.close(SHORT);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
      Meters.Snapshot after = meters.snapshot();
      assertThat(after.pending()).isZero();
      assertThat(meters.dropped(DropReason.STOPPED, Records.INFO)).isPositive();
      assertThat(after.balanced()).isTrue();
      assertThat(told.messages).singleElement().asString().contains("given up");

      assertThat(sink.accept(Records.record(1))).isEqualTo(Outcome.REFUSED);
      sink.close(SHORT);
      assertThat(Records.wholeAndInOrder(fifo.end(fifo.lines()))).isPositive();
      assertThat(meters.delivered()).isEqualTo(after.delivered()); // given up once, for good
    }
  }

  @Test
  void accept_waitsFromTheLevelOfTheOverflowPolicyUpwardsWhenTheBufferIsFull() throws Exception {
    CountDownLatch readerReads = new CountDownLatch(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Sink sink =
        sink(
            (bytes, offset, length) -> {
              awaitGate(readerReads);
              written.write(bytes, offset, length);
            },
            64 << 10,
            new Overflow(Records.WARN));
    int accepted = 0;
    while (sink.accept(Records.record(0, accepted, 1_000, Records.INFO)) == Outcome.ACCEPTED) {
      accepted++;
    }
    int error = accepted;
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(
            () -> sink.accept(Records.record(0, error, 1_000, Records.ERROR)));
    assertThat(sink.accept(Records.record(0, error, 1_000, Records.INFO)))
        .isEqualTo(Outcome.DROPPED);
    assertThat(outcome).isNotDone();
    readerReads.countDown();
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.ACCEPTED);
    sink.close(LONG);
    assertThat(Records.wholeAndInOrder(written.toString(StandardCharsets.UTF_8).lines().toList()))
        .isEqualTo(accepted + 1);
    assertThat(meters.dropped(DropReason.OVERFLOW, Records.INFO)).isEqualTo(2);
    assertThat(meters.snapshot().balanced()).isTrue();
  }

  private static void awaitGate(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void retire_endsInTimeAndLosesNothingWhileThreadsLogFasterThanTheReaderReads() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Sink sink =
        sink(
            (bytes, offset, length) -> {
              LockSupport.parkNanos(5_000_000);
              written.write(bytes, offset, length);
            },
            64 << 10,
            Overflow.BLOCK);
    AtomicBoolean retired = new AtomicBoolean();
    CompletableFuture<Integer> caller =
        CompletableFuture.supplyAsync(
            () -> {
              int n = 0;
              for (int late = 0; late < 3; late += retired.get() ? 1 : 0) {
                assertThat(sink.accept(Records.record(0, n++, 1_000, Records.INFO)))
                    .isEqualTo(Outcome.ACCEPTED);
              }
              return n;
            });
    Records.await(() -> meters.snapshot().bufferBytes() == 64 << 10);
    sink.retire(LONG);
    retired.set(true);
    int logged = caller.get(20, TimeUnit.SECONDS);
    assertThat(Records.wholeAndInOrder(written.toString(StandardCharsets.UTF_8).lines().toList()))
        .isEqualTo(logged);
    assertThat(meters.snapshot().delivered()).isEqualTo(logged);
    assertThat(told.messages).isEmpty();
  }

  @Test
  void close_releasesAndCountsTheCallerThatWaitsForRoom() throws Exception {
    CountDownLatch readerReads = new CountDownLatch(1);
    Sink sink = sink((bytes, offset, length) -> awaitGate(readerReads), 64 << 10, Overflow.BLOCK);
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              Outcome last = Outcome.ACCEPTED;
              for (int n = 0; last == Outcome.ACCEPTED; n++) {
                last = sink.accept(Records.record(0, n, 1_000, Records.INFO));
              }
              return last;
            });
    Records.await(() -> meters.snapshot().bufferBytes() == 64 << 10);
    sink.close(SHORT);
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isIn(Outcome.DROPPED, Outcome.REFUSED);
    assertThat(meters.snapshot().pending()).isZero();
    assertThat(meters.snapshot().balanced()).isTrue();
    readerReads.countDown();
  }

  @Test
  void accept_losesNothingAndKeepsTheFlagWhenTheCallerIsInterrupted() throws Exception {
    try (Fifo fifo = new Fifo(folder)) {
      Sink sink = sink(fifo.descriptor(), 32 << 10, Overflow.BLOCK);
      CompletableFuture<List<String>> lines = fifo.lines();
      assertThat(StdoutSinkTest.callersKeptTheirFlag(sink, 1_000)).isEqualTo(4_000);
      Thread.currentThread().interrupt();
      sink.close(LONG);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Records.wholeAndInOrder(fifo.end(lines))).isEqualTo(4_000);
    }
    assertThat(meters.snapshot().delivered()).isEqualTo(4_000);
  }

  @Test
  void accept_writesDirectlyWhenTheSinkIsClosed() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Sink sink = sink(written::write, 1 << 20, Overflow.BLOCK);
    sink.accept(Records.record(0));
    sink.close(LONG);
    assertThat(sink.accept(Records.record(1))).isEqualTo(Outcome.ACCEPTED);
    assertThat(Records.wholeAndInOrder(written.toString(StandardCharsets.UTF_8).lines().toList()))
        .isEqualTo(2);
    assertThat(meters.snapshot().delivered()).isEqualTo(2);
  }

  @Test
  void worker_countsByLevelAndGoesOnWhenAWriteFails() {
    AtomicInteger writes = new AtomicInteger();
    Sink sink =
        sink(
            (bytes, offset, length) -> {
              if (writes.getAndIncrement() == 0) {
                throw new IOException("no space");
              }
            },
            1 << 20,
            Overflow.BLOCK);
    sink.accept(Records.record(0, 0, 100, Records.ERROR));
    sink.drain(LONG);
    sink.accept(Records.record(0, 1, 100, Records.INFO));
    sink.close(LONG);
    assertThat(meters.dropped(DropReason.WRITE_FAILED, Records.ERROR)).isEqualTo(1);
    assertThat(meters.delivered()).isEqualTo(1);
    assertThat(meters.snapshot().balanced()).isTrue();
    assertThat(told.messages).hasSize(2);
  }

  @Test
  void events_takeTheirLaneInOrderWhenSomeGoToStderr() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Lanes lanes =
        new Lanes(
            new Lane(out::write, new WriteTrouble("stdout", told, System::nanoTime)),
            new Lane(err::write, new WriteTrouble("stderr", told, System::nanoTime)),
            Records.WARN);
    Sink sink =
        started(
            new AsyncStdoutSink(
                lanes,
                settings(8 << 10, Overflow.BLOCK), // far less than is logged
                meters,
                told),
            () -> {});
    for (int n = 0; n < 300; n++) {
      sink.accept(Records.record(0, n, 200, n % 3 == 0 ? Records.ERROR : Records.INFO));
    }
    sink.retire(LONG);
    sink.accept(Records.record(0, 300, 200, Records.ERROR)); // as a shutdown hook would
    assertThat(Records.wholeAndInOrder(out.toString(StandardCharsets.UTF_8).lines().toList()))
        .isEqualTo(200);
    assertThat(Records.wholeAndInOrder(err.toString(StandardCharsets.UTF_8).lines().toList()))
        .isEqualTo(101);
    assertThat(meters.snapshot().balanced()).isTrue();
  }

  @Test
  void heartbeat_maySendAnEventAndNeverWaitsForRoom() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Lanes lanes = StdoutSinkTest.oneLane(out::write, told, new AtomicLong());
    Sink sink = new AsyncStdoutSink(lanes, settings(8 << 10, Overflow.BLOCK), meters, told);
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger dropped = new AtomicInteger();
    sink.start(
        () -> {
          if (done.getCount() > 0) {
            for (int n = 0; n < 300; n++) {
              Outcome outcome = sink.accept(Records.record(0, n, 200, Records.WARN));
              dropped.addAndGet(outcome == Outcome.DROPPED ? 1 : 0);
            }
            done.countDown();
          }
        });

    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    sink.close(LONG);
    assertThat(dropped.get()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(300 - dropped.get());
    assertThat(meters.snapshot().balanced()).isTrue();
  }

  @Test
  void identity_holdsInEverySnapshotWhileThreadsLogAndPagesLeave() throws Exception {
    AtomicLong written = new AtomicLong();
    Sink sink =
        sink(
            (bytes, offset, length) -> {
              if (written.incrementAndGet() % 7 == 0) {
                throw new IOException("no space");
              }
            },
            4 << 10,
            Overflow.DROP_NEWEST);
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int caller = i;
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  sink.accept(Records.record(caller, n, 200, n % 5));
                }
              }));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new));
    long snapshots = 0;
    for (; !all.isDone(); snapshots++) {
      assertThat(meters.snapshot()).matches(Meters.Snapshot::balanced, "is balanced");
    }
    all.get(20, TimeUnit.SECONDS);
    sink.close(LONG);

    Meters.Snapshot end = meters.snapshot();
    assertThat(snapshots).isPositive();
    assertThat(end.accepted()).isEqualTo(60_000);
    assertThat(end.droppedTotal()).isPositive();
    assertThat(end.delivered() + end.droppedTotal()).isEqualTo(60_000);
  }
}
