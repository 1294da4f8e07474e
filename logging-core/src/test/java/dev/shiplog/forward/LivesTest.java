package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.sink.Outcome;
import dev.shiplog.spool.SpoolDisk;
import dev.shiplog.status.Meters;
import dev.shiplog.transport.Fault;
import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random stories over several lives of a process with a spool: events, crashes, endpoints and disks
 * that fail. The identity holds at every moment; what was accepted is delivered in the end or
 * counted; what was settled does not come again; a chunk is the same in all lives.
 */
@Timeout(120)
class LivesTest {
  private static final List<Overflow> POLICIES =
      List.of(
          Overflow.DROP_OLDEST,
          Overflow.DROP_NEWEST,
          Overflow.STDOUT,
          Overflow.block(Duration.ZERO));

  @TempDir Path dir;

  private final Random random = new Random();
  private final Set<Long> accepted = new HashSet<>();
  private final Set<Long> settled = new HashSet<>();
  private final Map<String, List<Long>> chunks = new HashMap<>();
  private ForwardSettings settings = Stepped.settings();
  private boolean diskFails;
  private long logged;

  /** How many events the life before had in its spool and its memory when it ended. */
  private long left;

  /** Whether nothing of that was in memory. */
  private boolean allIsLeft;

  /** Events that may be gone for good: dropped, or in the memory of a process that died. */
  private long excused;

  @RepeatedTest(30)
  void everyEvent_isDeliveredOrCountedInOneOfSeveralLives() {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    settings =
        Stepped.spooled(
            Stepped.settings()
                .with(
                    new ForwardSettings.Buffer(
                        40 * Slab.PAGE, POLICIES.get(random.nextInt(POLICIES.size()))))
                .with(new ForwardSettings.Chunks(9000, Duration.ofSeconds(1))),
            dir,
            4 + random.nextInt(4));
    try {
      for (int life = 0; life < 5; life++) {
        live();
      }
      finish();
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed + ", " + settings.buffer(), e);
    }
  }

  private void live() {
    Stepped forward = start();
    forward.workOnDisk();
    checkRecovered(forward);
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(12)) {
        case 0 -> fail(forward);
        case 1, 2 -> acknowledge(forward);
        case 3 -> forward.advance(Duration.ofMillis(random.nextInt(2000)));
        case 4, 5 -> forward.work();
        case 6 -> forward.disk.doWork();
        case 7 -> diskFails = random.nextInt(10) == 0;
        default -> log(forward);
      }
      check(forward);
    }
    diskFails = false;
    end(forward);
  }

  private Stepped start() {
    return new Stepped(
        settings,
        (file, from, to) -> {
          if (diskFails) {
            throw new IOException("the test wants it");
          }
          SpoolDisk.REAL.zero(file, from, to);
        });
  }

  private void log(Stepped forward) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      long number = ++logged;
      String tag = "t" + random.nextInt(4);
      if (forward.log(tag, number, random.nextInt(3000), random.nextInt(5)) == Outcome.ACCEPTED) {
        accepted.add(number);
      }
    }
  }

  private void fail(Stepped forward) {
    switch (random.nextInt(5)) {
      case 0 -> forward.transport.fail(Fault.UNREACHABLE, false);
      case 1 -> {
        if (!forward.transport.underWay.isEmpty()) {
          forward.transport.settle(0, new Result.Retry(Duration.ZERO, true));
        }
      }
      case 2 -> forward.shipper.recover(null);
      case 3 -> {
        if (!forward.transport.underWay.isEmpty() && random.nextInt(10) == 0) {
          forward.transport.settle(0, new Result.Rejected("the test wants it"));
        }
      }
      default -> forward.transport.fail(Fault.CLOSED, true);
    }
  }

  /** What the shipper has seen acknowledged must not come again. */
  private void acknowledge(Stepped forward) {
    int underWay = forward.transport.underWay.size();
    if (underWay > 0) {
      int index = random.nextInt(underWay);
      Outgoing chunk = forward.transport.underWay.get(index);
      String id = new String(chunk.id(), StandardCharsets.US_ASCII);
      List<Long> numbers = Objects.requireNonNull(chunks.get(id));
      forward.transport.acknowledge(index);
      long before = forward.meters.delivered();
      forward.hear();
      assertThat(forward.meters.delivered() - before).isEqualTo(numbers.size());
      assertThat(numbers).noneMatch(settled::contains);
      settled.addAll(numbers);
    }
  }

  private void check(Stepped forward) {
    forward.assertBalanced();
    for (Sent sent : forward.transport.sent) {
      List<Long> before = chunks.putIfAbsent(sent.id(), sent.numbers());
      assertThat(sent.numbers())
          .hasSize(sent.events())
          .isEqualTo(before == null ? sent.numbers() : before);
      assertThat(sent.numbers()).noneMatch(settled::contains);
      assertThat(accepted).containsAll(sent.numbers());
    }
    forward.transport.sent.clear();
  }

  /** Sometimes what is in memory is saved, sometimes not. */
  private void end(Stepped forward) {
    forward.shipper.recover(null); // what travels is in memory too
    if (random.nextBoolean()) {
      forward.buffer.retire();
      forward.buffer.sealAll();
      forward.shipper.finishBy(forward.now);
      forward.work();
    }
    Meters.Snapshot end = forward.meters.snapshot();
    excused += end.droppedTotal();
    left = end.pending();
    allIsLeft = end.bufferBytes() == 0;
    forward.crash();
  }

  private void checkRecovered(Stepped forward) {
    long recovered = forward.meters.snapshot().recovered();
    assertThat(recovered).isLessThanOrEqualTo(left);
    if (allIsLeft) {
      assertThat(recovered).isEqualTo(left);
    }
    excused += left - recovered;
  }

  private void finish() {
    Stepped forward = start();
    forward.workOnDisk();
    checkRecovered(forward);
    for (int i = 0; i < 100; i++) {
      forward.advance(Duration.ofSeconds(31));
      forward.work();
      check(forward);
      while (!forward.transport.underWay.isEmpty()) {
        acknowledge(forward);
      }
    }
    Meters.Snapshot end = forward.meters.snapshot();
    assertThat(end.pending()).isZero();
    assertThat(end.bufferBytes()).isZero();
    assertThat(accepted).containsAll(settled);
    assertThat(settled).hasSize((int) (logged - excused - end.droppedTotal()));
    forward.crash();
    assertThat(dir.resolve("service").resolve("appender")).isEmptyDirectory();
  }
}
