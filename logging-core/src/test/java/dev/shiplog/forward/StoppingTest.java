package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.sink.Outcome;
import dev.shiplog.status.DropReason;
import dev.shiplog.transport.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of events at the end. */
class StoppingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Stepped closing(Remainder remainder) {
    Stepped forward =
        new Stepped(
            Stepped.settings().with(new ForwardSettings.Drain(Duration.ofSeconds(5), remainder)));
    forward.log("a", 1, 5000, 1);
    forward.log("a", 2, 10, 4);
    forward.log("b", 3, 10, 2);
    forward.work();
    return forward;
  }

  private static void finish(Stepped forward) {
    forward.buffer.close();
    forward.buffer.sealAll();
    forward.shipper.finishBy(forward.now + SECOND.toNanos());
  }

  @Test
  void rest_isSentInTimeWithoutRegardToAge() {
    Stepped forward = closing(Remainder.STDOUT);
    finish(forward);
    forward.work();
    assertThat(forward.shipper.idleNanos()).isEqualTo(SECOND.toNanos());
    forward.transport.acknowledgeAll();
    forward.work();

    assertThat(forward.meters.snapshot().delivered()).isEqualTo(3);
    assertThat(forward.spilled).isEmpty();
  }

  @Test
  void rest_isTriedAtOnceWhateverTheBackOffSays() {
    Stepped forward = closing(Remainder.STDOUT);
    forward.advance(SECOND);
    for (int i = 0; i < 10; i++) {
      forward.work();
      forward.transport.fail(Fault.UNREACHABLE, false);
      forward.work();
      forward.advance(Duration.ofSeconds(i < 9 ? 30 : 0));
    }
    assertThat(forward.transport.underWay).isEmpty();
    finish(forward);
    forward.work();
    assertThat(forward.transport.underWay).isNotEmpty();
  }

  @Test
  void rest_isSpilledWithTagAndLevelWhenTheTimeIsOver() {
    Stepped forward = closing(Remainder.STDOUT);
    forward.advance(SECOND);
    forward.work();
    forward.log("c", 4, 10, 0);
    finish(forward);
    forward.work();
    forward.advance(SECOND);
    forward.work();

    assertThat(forward.spilled)
        .containsExactlyInAnyOrder(
            new Stepped.Spilled("a", 1, 1),
            new Stepped.Spilled("a", 2, 4),
            new Stepped.Spilled("b", 3, 2),
            new Stepped.Spilled("c", 4, 0));
    assertThat(forward.pending()).isZero();
    assertThat(forward.meters.dropped(DropReason.SPILLED, 4)).isEqualTo(1);
    assertThat(forward.transport.disconnects).isPositive();
  }

  @Test
  void rest_isCountedAsFailedWhenStdoutDoesNotTakeIt() {
    Stepped forward = closing(Remainder.STDOUT);
    forward.spillFails = true;
    finish(forward);
    forward.advance(SECOND);
    forward.work();

    assertThat(forward.meters.snapshot().dropped().get(DropReason.WRITE_FAILED)).isEqualTo(3);
    assertThat(forward.pending()).isZero();
  }

  @Test
  void rest_isDroppedAndCountedIfTheUserWantsThat() {
    Stepped forward = closing(Remainder.DROP);
    finish(forward);
    forward.advance(SECOND);
    forward.work();

    assertThat(forward.meters.snapshot().dropped().get(DropReason.STOPPED)).isEqualTo(3);
    assertThat(forward.spilled).isEmpty();
    assertThat(forward.pending()).isZero();
  }

  @Test
  void rest_hasItsEndEvenWhenTheThreadIsStoppedBeforeItsTurn() {
    Stepped forward = closing(Remainder.STDOUT);
    finish(forward);
    forward.shipper.onClose();

    assertThat(forward.spilled).hasSize(3);
    assertThat(forward.pending()).isZero();
    assertThat(forward.transport.closed).isTrue();
    forward.assertBalanced();
  }

  @Test
  void lateEvent_isRefusedAfterClose() {
    Stepped forward = closing(Remainder.STDOUT);
    forward.buffer.close();
    forward.buffer.retire();

    assertThat(forward.log(9)).isEqualTo(Outcome.REFUSED);
    assertThat(forward.meters.snapshot().refused()).isEqualTo(1);
    forward.assertBalanced();
  }

  @Test
  void lateEvent_goesTheRemaindersWayAtOnceAfterRetiring() {
    Stepped forward = closing(Remainder.STDOUT);
    forward.buffer.retire();
    assertThat(forward.log("late", 9, 10, 3)).isEqualTo(Outcome.ACCEPTED);
    assertThat(forward.spilled).containsExactly(new Stepped.Spilled("late", 9, 3));

    Stepped dropping = closing(Remainder.DROP);
    dropping.buffer.retire();
    assertThat(dropping.log(9)).isEqualTo(Outcome.DROPPED);
    assertThat(dropping.meters.dropped(DropReason.STOPPED, 2)).isEqualTo(1);
    dropping.assertBalanced();
  }
}
