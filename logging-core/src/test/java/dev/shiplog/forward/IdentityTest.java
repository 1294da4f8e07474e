package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.status.Meters;
import dev.shiplog.transport.Fault;
import dev.shiplog.transport.Result;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** accepted = delivered + pending + dropped, at every moment and whatever happens. */
@Timeout(60)
class IdentityTest {
  private static final List<Overflow> POLICIES =
      List.of(
          Overflow.DROP_OLDEST,
          Overflow.DROP_NEWEST,
          Overflow.STDOUT,
          Overflow.block(Duration.ZERO));

  @RepeatedTest(40)
  void identity_holdsAfterEveryStepOfARandomStory() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Overflow overflow = POLICIES.get(random.nextInt(POLICIES.size()));
    Stepped forward =
        new Stepped(
            Stepped.settings()
                .with(new ForwardSettings.Buffer(20 * Slab.PAGE, overflow))
                .with(new ForwardSettings.Chunks(9000, Duration.ofSeconds(1))));
    long logged = 0;
    try {
      for (int step = 0; step < 400; step++) {
        switch (random.nextInt(7)) {
          case 0 -> fail(forward, random);
          case 1 -> acknowledge(forward, random);
          case 2 -> forward.advance(Duration.ofMillis(random.nextInt(2000)));
          case 3 -> forward.work();
          default -> {
            String tag = "t" + random.nextInt(4);
            forward.log(tag, ++logged, random.nextInt(3000), random.nextInt(5));
          }
        }
        forward.assertBalanced();
      }
      forward.buffer.close();
      forward.buffer.sealAll();
      forward.shipper.finishBy(forward.now);
      forward.work();
      Meters.Snapshot end = forward.meters.snapshot();
      assertThat(end.accepted()).isEqualTo(logged);
      assertThat(end.pending()).isZero();
      assertThat(end.bufferBytes()).isZero();
      assertThat(end.delivered() + end.droppedTotal()).isEqualTo(logged);
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed + ", " + overflow, e);
    }
  }

  private static void fail(Stepped forward, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> forward.transport.fail(Fault.UNREACHABLE, false);
      case 1 -> {
        if (!forward.transport.underWay.isEmpty()) {
          forward.transport.settle(0, new Result.Retry(Duration.ZERO, true));
        }
      }
      case 2 -> forward.shipper.recover(null);
      default -> forward.transport.fail(Fault.CLOSED, true);
    }
  }

  private static void acknowledge(Stepped forward, Random random) {
    int underWay = forward.transport.underWay.size();
    if (underWay > 0) {
      forward.transport.acknowledge(random.nextInt(underWay));
    }
  }

  @Test
  void identity_holdsInEverySnapshotWhileThreadsLogAndChunksLeave() throws Exception {
    Stepped forward =
        new Stepped(
            Stepped.settings()
                .with(new ForwardSettings.Buffer(64 * Slab.PAGE, Overflow.DROP_OLDEST)));
    AtomicBoolean done = new AtomicBoolean();
    Thread[] callers = new Thread[3];
    for (int i = 0; i < callers.length; i++) {
      String tag = "t" + i;
      callers[i] =
          new Thread(
              () -> {
                for (long n = 0; n < 20_000; n++) {
                  forward.log(tag, n, 200, (int) (n % 5));
                }
              });
      callers[i].start();
    }
    Thread watcher =
        new Thread(
            () -> {
              while (!done.get()) {
                forward.assertBalanced();
              }
            });
    Throwable[] broken = new Throwable[1];
    watcher.setUncaughtExceptionHandler((thread, e) -> broken[0] = e);
    watcher.start();
    boolean alive = true;
    while (alive) {
      alive = false;
      for (Thread caller : callers) {
        alive |= caller.isAlive();
      }
      forward.shipper.doWork();
      forward.transport.acknowledgeAll();
    }
    forward.buffer.sealAll();
    while (forward.pending() > 0) {
      forward.work();
      forward.transport.acknowledgeAll();
    }
    done.set(true);
    watcher.join();

    assertThat(broken[0]).isNull();
    assertThat(forward.meters.snapshot().accepted()).isEqualTo(60_000);
    forward.assertBalanced();
  }
}
