package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.spool.SpoolDisk;
import dev.shiplog.spool.SpoolView;
import dev.shiplog.transport.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that began in memory, on their way into the spool. */
@Timeout(60)
class MovingTest {
  private static final Duration MOMENT = Duration.ofMillis(100);

  @TempDir Path dir;

  private boolean diskFull;

  private Stepped closed(int segments) {
    return new Stepped(
        Stepped.spooled(dir, segments),
        (file, from, to) -> {
          if (diskFull) {
            throw new IOException("No space left on device");
          }
          SpoolDisk.REAL.zero(file, from, to);
        });
  }

  private static long inMemory(Stepped forward) {
    return forward.meters.snapshot().bufferBytes();
  }

  private static void assertNextLifeSends(Stepped next, long... numbers) {
    next.work();
    for (int i = 0; i < 100; i++) {
      next.transport.acknowledgeAll();
      next.work();
    }
    assertThat(next.transport.sent)
        .flatExtracting(Sent::numbers)
        .containsExactlyInAnyOrderElementsOf(LongStream.of(numbers).boxed().toList());
  }

  private int settledFrames() throws IOException {
    int[] found = {0};
    for (SpoolView view : SpoolView.below(dir)) {
      view.read((position, kind, settled, bytes, offset, length) -> found[0] += settled ? 1 : 0);
    }
    return found[0];
  }

  @Test
  void manyEvents_moveInChunksThatFitIntoAFile() {
    Stepped forward = closed(4);
    for (int n = 0; n < 45; n++) {
      forward.logPage(n);
    }
    forward.workOnDisk();

    assertThat(inMemory(forward)).isZero();
    forward.crash();
    assertNextLifeSends(closed(8), LongStream.range(0, 45).toArray());
  }

  @Test
  void chunkTooLargeForAFile_barsNobodysWay() {
    Stepped forward = closed(4);
    forward.log("app", 1, Stepped.SEGMENT_BYTES, 2);
    forward.log(2);
    forward.workOnDisk();

    assertThat(inMemory(forward)).isEqualTo(Stepped.SEGMENT_BYTES + Slab.PAGE);
    forward.crash();
    assertNextLifeSends(closed(4), 2);
  }

  @Test
  void chunk_waitsWithoutATraceUntilThereIsRoomForAllOfIt() throws IOException {
    Stepped forward = closed(4);
    for (int n = 0; n < 18; n++) {
      forward.log("tag" + n / 6, n, 4000, 2);
    }
    forward.disk.doWork();
    diskFull = true; // one file is there, for two of the three
    forward.workOnDisk();
    assertThat(inMemory(forward)).isEqualTo(6 * Slab.PAGE);
    assertThat(settledFrames()).isZero();

    diskFull = false;
    forward.advance(Duration.ofSeconds(1));
    forward.workOnDisk();
    assertThat(inMemory(forward)).isZero();
    assertThat(settledFrames()).isZero();
    forward.crash();
    assertNextLifeSends(closed(8), LongStream.range(0, 18).toArray());
  }

  @Test
  void chunkThatWasSent_isTheSameInTheNextLife() {
    Stepped forward = closed(4);
    forward.log(1);
    forward.log(2);
    forward.buffer.sealAll();
    forward.shipper.doWork();
    Sent sent = forward.transport.last();
    forward.transport.fail(Fault.CLOSED, true);
    forward.shipper.doWork();
    forward.workOnDisk();
    assertThat(inMemory(forward)).isZero();
    forward.crash();

    Stepped next = closed(4);
    next.work();
    assertThat(next.transport.sent).containsExactly(sent);
  }

  @Test
  void rest_waitsForTheDiskToMakeRoomForIt() {
    Stepped forward = restOfManyChunks();
    for (int i = 0; i < 10; i++) {
      step(forward);
      forward.disk.doWork();
    }

    assertThat(inMemory(forward)).isZero();
    assertThat(forward.spilled).isEmpty();
    assertThat(forward.pending()).isEqualTo(45);
    forward.crash();
    assertNextLifeSends(closed(8), LongStream.range(0, 45).toArray());
  }

  @Test
  void rest_waitsForTheDiskNoLongerThanAMoment() {
    Stepped forward = restOfManyChunks();
    step(forward);
    assertThat(forward.spilled).isEmpty();
    assertThat(forward.diskWakeUps).hasPositiveValue();
    assertThat(forward.shipper.idleNanos()).isEqualTo(MOMENT.toNanos());

    forward.advance(MOMENT);
    step(forward);
    assertThat(inMemory(forward)).isZero();
    assertThat(forward.spilled).hasSize((int) (45 - forward.pending())).isNotEmpty();
    assertThat(forward.pending()).isPositive();
  }

  @Test
  void rest_doesNotWaitOnceItsThreadEnds() {
    Stepped forward = restOfManyChunks();
    forward.shipper.onClose();

    assertThat(inMemory(forward)).isZero();
    assertThat(forward.spilled).isNotEmpty();
  }

  /** More than one file takes, in memory, with one file that is ready. */
  private Stepped restOfManyChunks() {
    Stepped forward = closed(4);
    for (int n = 0; n < 45; n++) {
      forward.logPage(n);
    }
    forward.disk.doWork();
    forward.buffer.retire();
    forward.buffer.sealAll();
    forward.shipper.finishBy(forward.now);
    return forward;
  }

  private static void step(Stepped forward) {
    for (int i = 0; forward.shipper.doWork() > 0; i++) {
      assertThat(i).as("steps without an end").isLessThan(10_000);
    }
    forward.assertBalanced();
  }
}
