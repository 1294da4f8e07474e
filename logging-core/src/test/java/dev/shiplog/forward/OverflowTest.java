package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.sink.Outcome;
import dev.shiplog.status.DropReason;
import dev.shiplog.worker.ShiplogThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to events when the buffer is full. */
@Timeout(20)
class OverflowTest {
  private static final Duration LONG = Duration.ofSeconds(15);

  @Test
  void dropOldest_givesUpTheOldestChunkThatIsNotUnderWay() {
    Stepped forward = new Stepped(Stepped.small(4, Overflow.DROP_OLDEST));
    forward.logPage(1);
    forward.logPage(2);
    forward.work();
    assertThat(forward.transport.sent).extracting(Sent::numbers).containsExactly(List.of(1L));
    forward.logPage(3);
    forward.logPage(4);

    assertThat(forward.log("app", 5, 4000, 3)).isEqualTo(Outcome.ACCEPTED);
    assertThat(forward.meters.dropped(DropReason.OVERFLOW, 2)).isEqualTo(1);
    forward.assertBalanced();

    forward.buffer.sealAll();
    for (int i = 0; i < 4; i++) {
      forward.work();
      forward.transport.acknowledgeAll();
    }
    forward.work();
    assertThat(forward.transport.sent)
        .extracting(Sent::numbers)
        .containsExactly(List.of(1L), List.of(3L), List.of(4L), List.of(5L));
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(4);
  }

  @Test
  void dropOldest_givesUpTheOldestOpenChunkWhenNoneIsSealed() {
    Stepped forward = new Stepped(Stepped.small(3, Overflow.DROP_OLDEST));
    for (int n = 0; n < 3; n++) {
      forward.log("tag" + n, n, 10, n);
      forward.advance(Duration.ofMillis(1));
    }
    forward.log("tag3", 3, 10, 3);

    assertThat(forward.meters.dropped(DropReason.OVERFLOW, 0)).isEqualTo(1);
    assertThat(forward.pending()).isEqualTo(3);
    forward.assertBalanced();
  }

  @Test
  void dropOldest_dropsTheEventWhenAllIsUnderWay() {
    Stepped forward = new Stepped(Stepped.small(1, Overflow.DROP_OLDEST));
    forward.logPage(1);
    forward.buffer.sealAll();
    forward.work();

    assertThat(forward.log("app", 2, 10, 4)).isEqualTo(Outcome.DROPPED);

    assertThat(forward.meters.dropped(DropReason.OVERFLOW, 4)).isEqualTo(1);
    assertThat(forward.pending()).isEqualTo(1);
    forward.assertBalanced();
  }

  @Test
  void dropNewest_keepsWhatIsThere() {
    Stepped forward = new Stepped(Stepped.small(2, Overflow.DROP_NEWEST));
    forward.logPage(1);
    forward.logPage(2);

    assertThat(forward.log("app", 3, 4000, 4)).isEqualTo(Outcome.DROPPED);

    assertThat(forward.meters.dropped(DropReason.OVERFLOW, 4)).isEqualTo(1);
    assertThat(forward.pending()).isEqualTo(2);
    forward.assertBalanced();
  }

  @Test
  void stdout_spillsTheEventAndCountsIt() {
    Stepped forward = new Stepped(Stepped.small(2, Overflow.STDOUT));
    forward.logPage(1);
    forward.logPage(2);

    assertThat(forward.log("app.x", 3, 4000, 4)).isEqualTo(Outcome.ACCEPTED);
    forward.spillFails = true;
    forward.log("app.x", 4, 4000, 1);

    assertThat(forward.spilled).containsExactly(new Stepped.Spilled("app.x", 3, 4));
    assertThat(forward.meters.dropped(DropReason.SPILLED, 4)).isEqualTo(1);
    assertThat(forward.meters.dropped(DropReason.WRITE_FAILED, 1)).isEqualTo(1);
    forward.assertBalanced();
  }

  @Test
  void block_dropsTheEventWhenThereIsNoRoomInTime() {
    Stepped forward = new Stepped(Stepped.small(1, Overflow.block(Duration.ofMillis(20))));
    forward.logPage(1);
    long before = System.nanoTime();

    assertThat(forward.log("app", 2, 4000, 4)).isEqualTo(Outcome.DROPPED);

    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
    assertThat(forward.meters.dropped(DropReason.OVERFLOW, 4)).isEqualTo(1);
    forward.assertBalanced();
  }

  @Test
  void block_keepsTheEventWhenRoomIsMade() throws Exception {
    Stepped forward = blocked();
    CompletableFuture<Outcome> caller = CompletableFuture.supplyAsync(() -> forward.log(2));
    makeRoomUntilDone(forward, caller);

    assertThat(caller.get()).isEqualTo(Outcome.ACCEPTED);
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(1);
    assertThat(forward.pending()).isEqualTo(1);
  }

  @Test
  void block_keepsTheEventAndTheInterruptFlagWhenTheCallerIsInterrupted() throws Exception {
    Stepped forward = blocked();
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              outcome.set(forward.log(2));
              flag.complete(Thread.currentThread().isInterrupted());
            });
    caller.start();
    caller.interrupt();
    makeRoomUntilDone(forward, flag);

    assertThat(outcome.get()).isEqualTo(Outcome.ACCEPTED);
    assertThat(flag.get()).isTrue();
    assertThat(forward.pending()).isEqualTo(1);
  }

  @Test
  void block_endsWhenTheSinkIsClosed() throws Exception {
    Stepped forward = blocked();
    CompletableFuture<Outcome> caller = CompletableFuture.supplyAsync(() -> forward.log(2));
    forward.buffer.close();

    assertThat(caller.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.REFUSED);
    assertThat(forward.meters.snapshot().refused()).isEqualTo(1);
    forward.assertBalanced();
  }

  @Test
  void block_doesNotHoldShiplogsOwnThreads() throws Exception {
    Stepped forward = blocked();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    new ShiplogThread("own", () -> outcome.complete(forward.log(2))).start();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.DROPPED);
  }

  private static Stepped blocked() {
    Stepped forward = new Stepped(Stepped.small(1, Overflow.block(LONG)));
    forward.logPage(1);
    forward.buffer.sealAll();
    forward.work();
    return forward;
  }

  private static void makeRoomUntilDone(Stepped forward, CompletableFuture<?> caller)
      throws Exception {
    // the caller wakes the shipper just before it waits
    while (forward.wakeUps.get() == 0 && !caller.isDone()) {
      Thread.onSpinWait();
    }
    forward.transport.acknowledgeAll();
    forward.shipper.doWork();
    caller.get(10, TimeUnit.SECONDS);
    forward.assertBalanced();
  }
}
