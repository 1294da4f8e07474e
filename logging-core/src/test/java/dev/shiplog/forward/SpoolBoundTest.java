package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.sink.Outcome;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.transport.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code spool.maxBytes} holds for all lives together: a process that crashes again and again while
 * its endpoint is down takes no more of the disk than one that lives on.
 */
@Timeout(60)
class SpoolBoundTest {
  private static final int SEGMENTS = 6;
  private static final long BOUND = (long) SEGMENTS * Stepped.SEGMENT_BYTES;
  private static final int LIVES = 8;

  @TempDir Path dir;

  private Stepped start(Overflow overflow) {
    ForwardSettings.Buffer buffer = new ForwardSettings.Buffer(1 << 20, overflow);
    Stepped forward = new Stepped(Stepped.spooled(Stepped.settings().with(buffer), dir, SEGMENTS));
    forward.transport.fail(Fault.UNREACHABLE, false);
    forward.workOnDisk();
    return forward;
  }

  private long bytesOnDisk() throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("lock"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private void assertWithinBound(Stepped forward) throws IOException {
    assertThat(forward.meters.snapshot().spoolBytes()).isLessThanOrEqualTo(BOUND);
    assertThat(bytesOnDisk()).isEqualTo(forward.meters.snapshot().spoolBytes());
  }

  private static long overflown(Stepped forward) {
    return forward.meters.snapshot().dropped().getOrDefault(DropReason.OVERFLOW, 0L);
  }

  private static List<Long> delivered(Stepped forward) {
    for (int i = 0; i < 200 && forward.pending() > 0; i++) {
      forward.advance(Duration.ofSeconds(31));
      forward.work();
      forward.transport.acknowledgeAll();
    }
    forward.work();
    assertThat(forward.pending()).isZero();
    return forward.transport.sent.stream().flatMap(sent -> sent.numbers().stream()).toList();
  }

  @Test
  void bound_holdsForWhatAllLivesLeaveAndTheOldestEventsMakeRoom() throws IOException {
    long logged = 0;
    long left = 0;
    for (int life = 0; life < LIVES; life++) {
      Stepped forward = start(Overflow.DROP_OLDEST);
      assertWithinBound(forward);
      assertThat(forward.meters.snapshot().recovered()).isEqualTo(left);
      for (int n = 0; n < 40 + 20 * life; n++) {
        forward.logPage(logged++);
        forward.workOnDisk();
        assertWithinBound(forward);
      }
      Meters.Snapshot end = forward.meters.snapshot();
      assertThat(end.bufferBytes()).as("in memory, which dies").isZero();
      assertThat(end.droppedTotal()).isEqualTo(overflown(forward));
      left = end.pending();
      // a file of 64 KB holds 15 events; two files may have hardly any
      assertThat(left).isGreaterThan(Math.min(logged, 15L * (SEGMENTS - 2)) - 1);
      forward.crash();
    }

    Stepped last = start(Overflow.DROP_OLDEST);
    assertThat(last.meters.snapshot().recovered()).isEqualTo(left);
    long kept = left - overflown(last);
    assertThat(kept).isPositive();
    assertThat(delivered(last))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(logged - kept, logged).boxed().toList());
    last.crash();
    assertThat(bytesOnDisk()).isZero();
  }

  @Test
  void manyShortLives_stayWithinTheBoundToo() throws IOException {
    for (int life = 0; life < 3 * SEGMENTS; life++) {
      Stepped forward = start(Overflow.DROP_OLDEST);
      forward.log(life);
      forward.workOnDisk();
      assertWithinBound(forward);
      forward.crash();
    }

    Stepped last = start(Overflow.DROP_OLDEST);
    long logged = 3 * SEGMENTS;
    // each life has a file at least, and the last one needs one of its own
    assertThat(delivered(last)).contains(logged - 1).hasSizeGreaterThanOrEqualTo(SEGMENTS - 2);
  }

  @Test
  void whatWasTakenOver_isKeptWhereOverflowGivesTheNewestUp() throws IOException {
    Stepped first = start(Overflow.DROP_NEWEST);
    for (int n = 0; first.log("app", n, 4000, 2) == Outcome.ACCEPTED; n++) {
      first.workOnDisk();
    }
    long left = first.pending();
    first.crash();
    Stepped second = start(Overflow.DROP_NEWEST);
    long taken = 0;
    while (second.log("app", 1000 + taken, 4000, 2) == Outcome.ACCEPTED) {
      taken++;
      second.workOnDisk();
    }

    // the file that it makes before it knows what is there
    assertThat(taken).isLessThan(17);
    assertThat(bytesOnDisk()).isLessThanOrEqualTo(BOUND + Stepped.SEGMENT_BYTES);
    assertThat(second.meters.snapshot().recovered()).isEqualTo(left);
    assertThat(overflown(second)).isEqualTo(1);
    assertThat(delivered(second)).hasSize((int) (left + taken));
    assertThat(second.log(2000)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void keeper_isNotCalledByEachEventThatItCannotHelp() {
    Stepped first = start(Overflow.DROP_NEWEST);
    for (int n = 0; first.log("app", n, 4000, 2) == Outcome.ACCEPTED; n++) {
      first.workOnDisk();
    }
    first.crash();
    Stepped second = start(Overflow.DROP_NEWEST);
    while (second.log("app", 1, 4000, 2) == Outcome.ACCEPTED) {
      second.workOnDisk();
    }
    second.workOnDisk();
    int before = second.diskWakeUps.get();
    for (int n = 0; n < 100; n++) {
      assertThat(second.log("app", n, 4000, 2)).isEqualTo(Outcome.DROPPED);
      second.workOnDisk();
    }

    assertThat(second.diskWakeUps).hasValue(before);
    delivered(second);
    second.advance(Duration.ofSeconds(1));
    second.workOnDisk();
    assertThat(second.log("app", 1, 4000, 2)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void chunkUnderWay_isNotGivenUpAndMemoryTakesWhatComes() throws IOException {
    Stepped first = start(Overflow.DROP_OLDEST);
    for (int n = 0; n < 15 * SEGMENTS; n++) {
      first.logPage(n);
      first.workOnDisk();
    }
    first.crash();
    ForwardSettings.Buffer buffer = new ForwardSettings.Buffer(1 << 20, Overflow.DROP_OLDEST);
    Stepped second = new Stepped(Stepped.spooled(Stepped.settings().with(buffer), dir, SEGMENTS));
    second.work();
    List<Sent> underWay = List.copyOf(second.transport.sent);
    assertThat(underWay).isNotEmpty();
    for (int n = 0; n < 40; n++) {
      second.logPage(1000 + n);
      second.workOnDisk();
    }

    assertThat(second.meters.snapshot().bufferBytes()).isPositive();
    second.transport.acknowledgeAll();
    assertThat(delivered(second))
        .containsAll(underWay.stream().flatMap(sent -> sent.numbers().stream()).toList())
        .containsAll(LongStream.range(1000, 1040).boxed().toList())
        .doesNotHaveDuplicates();
    assertWithinBound(second);
  }
}
