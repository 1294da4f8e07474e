package dev.shiplog.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
class StdoutSinkTest {
  @TempDir Path folder;

  private final Meters meters = new Meters();
  private final Records.Told told = new Records.Told();
  private final AtomicLong clock = new AtomicLong();

  private StdoutSink sink(Output output) {
    return new StdoutSink(oneLane(output, told, clock), meters);
  }

  static Lanes oneLane(Output output, Records.Told told, AtomicLong clock) {
    Lane lane = new Lane(output, new WriteTrouble("stdout", told, clock::get));
    return new Lanes(lane, lane, StdoutSettings.OFF);
  }

  @Test
  void lines_areWholeAndInOrderWhenFourThreadsShareAPipe() throws Exception {
    try (Fifo fifo = new Fifo(folder)) {
      CompletableFuture<List<String>> lines = fifo.lines();
      writeFromFourThreads(sink(fifo.descriptor()), 1_000);
      assertThat(Records.wholeAndInOrder(fifo.end(lines))).isEqualTo(4_000);
    }
    assertThat(meters.snapshot().delivered()).isEqualTo(4_000);
    assertThat(meters.snapshot().balanced()).isTrue();
  }

  @Test
  void lines_areWholeAndInOrderWhenFourThreadsShareAFile() throws Exception {
    for (boolean append : new boolean[] {true, false}) {
      Path file = folder.resolve("log-" + append);
      try (FileOutputStream out = new FileOutputStream(file.toFile(), append)) {
        Destination destination = Destination.of(file);
        assertThat(destination.atomicBytes()).isEqualTo(4096);
        writeFromFourThreads(sink(new Descriptor(out, destination, new Descriptor.Line())), 200);
      }
      assertThat(Records.wholeAndInOrder(Files.readAllLines(file))).isEqualTo(800);
    }
  }

  /** Sizes from 100 bytes to 60 KB, most of them small, and many around the 4,096 of a pipe. */
  static void writeFromFourThreads(Sink sink, int each) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int writer = i;
      Thread thread =
          new Thread(
              () -> {
                Random random = new Random(writer);
                for (int n = 0; n < each; n++) {
                  int size =
                      switch (random.nextInt(8)) {
                        case 0 -> 4_090 + random.nextInt(12);
                        case 1 -> 4_000 + random.nextInt(56_000);
                        default -> 100 + random.nextInt(1_000);
                      };
                  sink.accept(Records.record(writer, n, size, Records.INFO));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void accept_waitsWhenNobodyReadsThePipe() throws Exception {
    try (Fifo fifo = new Fifo(folder)) {
      StdoutSink sink = sink(fifo.descriptor());
      Thread caller =
          new Thread(
              () -> {
                for (int n = 0; n < 200; n++) {
                  sink.accept(Records.record(0, n, 1_000, Records.INFO));
                }
              });
      caller.start();
      Records.await(() -> meters.delivered() >= 60);
      assertThat(caller.isAlive()).isTrue();
      assertThat(meters.snapshot().balanced()).isTrue();
      CompletableFuture<List<String>> lines = fifo.lines();
      caller.join();
      assertThat(Records.wholeAndInOrder(fifo.end(lines))).isEqualTo(200);
    }
  }

  @Test
  void accept_countsAndTellsOnceAndStartsAFreshLineWhenTheReaderGoesAndComes() throws Exception {
    try (Fifo fifo = new Fifo(folder)) {
      StdoutSink sink = sink(fifo.descriptor());
      fifo.readerGoes();
      for (int n = 0; n < 100; n++) {
        assertThat(sink.accept(Records.record(0, n, 100, Records.WARN))).isEqualTo(Outcome.DROPPED);
      }
      assertThat(meters.dropped(DropReason.WRITE_FAILED, Records.WARN)).isEqualTo(100);
      assertThat(told.messages).hasSize(1);
      assertThat(told.messages.peek()).contains("stdout cannot be written").contains("1 event");

      fifo.readerComes();
      CompletableFuture<List<String>> lines = fifo.lines();
      assertThat(sink.accept(Records.record(100))).isEqualTo(Outcome.ACCEPTED);
      assertThat(sink.accept(Records.record(101))).isEqualTo(Outcome.ACCEPTED);
      List<String> read = fifo.end(lines);
      assertThat(read).hasSize(3).first().isEqualTo("");
      assertThat(Records.wholeAndInOrder(read.subList(1, 3))).isEqualTo(2);
    }
    assertThat(told.messages).hasSize(2);
    assertThat(told.messages).last().asString().contains("again").contains("99 more");
    assertThat(meters.snapshot().balanced()).isTrue();
  }

  @Test
  void trouble_isToldAtMostEveryTenSecondsWhenItComesAndGoes() {
    AtomicInteger writes = new AtomicInteger();
    StdoutSink sink =
        sink(
            (bytes, offset, length) -> {
              if (writes.getAndIncrement() % 2 == 0) {
                throw new IOException("no space");
              }
            });
    for (int second = 0; second < 30; second++) {
      for (int n = 0; n < 100; n++) {
        sink.accept(Records.record(n));
      }
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(told.messages).hasSize(6); // three times bad, three times good
    assertThat(meters.dropped(DropReason.WRITE_FAILED, Records.INFO)).isEqualTo(1_500);
  }

  @Test
  void accept_countsWhenTheDiskIsFull() throws Exception {
    Path full = Path.of("/dev/full");
    try (FileOutputStream out = new FileOutputStream(full.toFile())) {
      StdoutSink sink = sink(new Descriptor(out, Destination.of(full), new Descriptor.Line()));
      for (int n = 0; n < 10; n++) {
        sink.accept(Records.record(0, n, n * 1_000, Records.ERROR));
      }
    }
    assertThat(meters.dropped(DropReason.WRITE_FAILED, Records.ERROR)).isEqualTo(10);
    assertThat(meters.snapshot().balanced()).isTrue();
  }

  @Test
  void accept_losesNothingAndKeepsTheFlagWhenTheCallerIsInterrupted() throws Exception {
    try (Fifo fifo = new Fifo(folder)) {
      StdoutSink sink = sink(fifo.descriptor());
      CompletableFuture<List<String>> lines = fifo.lines();
      assertThat(callersKeptTheirFlag(sink, 1_000)).isEqualTo(4_000);
      assertThat(Records.wholeAndInOrder(fifo.end(lines))).isEqualTo(4_000);
    }
    assertThat(meters.snapshot().delivered()).isEqualTo(4_000);
  }

  /** Half the calls come with the flag up; others are interrupted at any moment from outside. */
  static int callersKeptTheirFlag(Sink sink, int each) throws Exception {
    AtomicInteger kept = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int writer = i;
      Thread caller =
          new Thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  if (n % 2 == 0) {
                    Thread.currentThread().interrupt();
                  }
                  sink.accept(Records.record(writer, n, n % 100 == 0 ? 20_000 : 300, 2));
                  if (Thread.interrupted() || n % 2 == 1) {
                    kept.incrementAndGet();
                  }
                }
              });
      caller.start();
      callers.add(caller);
    }
    while (callers.stream().anyMatch(Thread::isAlive)) {
      callers.forEach(Thread::interrupt);
      LockSupport.parkNanos(50_000); // leave the callers some of the machine
    }
    return kept.get();
  }
}
