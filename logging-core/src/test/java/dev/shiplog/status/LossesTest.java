package dev.shiplog.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.status.Losses.Loss;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

  private final Meters meters = new Meters();
  private final Losses losses = new Losses(meters, INTERVAL);
  private long now = Long.MAX_VALUE - 5; // nanoTime may be anything, and wrap

  @Test
  void due_isFalseWhenNothingWasDropped() {
    meters.delivered(1);
    assertThat(losses.due(now)).isFalse();
    assertThat(losses.take().isEmpty()).isTrue();
  }

  @Test
  void due_isFalseUntilSomethingIsDeliveredAgain() {
    meters.dropped(DropReason.WRITE_FAILED, 2, 1);
    assertThat(losses.due(now)).isFalse();
    now += 10 * INTERVAL;
    assertThat(losses.due(now)).isFalse();
    meters.delivered(1);
    assertThat(losses.due(now)).isTrue();
  }

  @Test
  void spilledEvents_areNoLoss() {
    meters.dropped(DropReason.SPILLED, 2, 3);
    assertThat(losses.due(now)).isFalse();
    meters.delivered(1);
    assertThat(losses.due(now)).isFalse();
    meters.dropped(DropReason.OVERFLOW, 2, 1);
    assertThat(losses.take().losses()).containsExactly(new Loss(DropReason.OVERFLOW, 2, 1));
  }

  @Test
  void due_isTrueOncePerIntervalWhileLossesGoOn() {
    int reports = 0;
    for (int second = 0; second < 60; second++) {
      meters.dropped(DropReason.OVERFLOW, 1, 3);
      if (losses.due(now)) {
        reports++;
        losses.take();
      }
      meters.delivered(1);
      now += TimeUnit.SECONDS.toNanos(1);
    }
    assertThat(reports).isEqualTo(6);
  }

  @Test
  void take_countsByReasonAndLevelSinceTheLastReport() {
    meters.dropped(DropReason.OVERFLOW, 1, 3);
    meters.dropped(DropReason.WRITE_FAILED, 4, 2);
    assertThat(losses.take().losses())
        .containsExactly(
            new Loss(DropReason.OVERFLOW, 1, 3), new Loss(DropReason.WRITE_FAILED, 4, 2));
    meters.dropped(DropReason.OVERFLOW, 1, 5);
    assertThat(losses.take().losses()).containsExactly(new Loss(DropReason.OVERFLOW, 1, 5));
    assertThat(losses.take().isEmpty()).isTrue();
  }

  @Test
  void restore_addsTheLostReportToTheNext() {
    meters.dropped(DropReason.OVERFLOW, 0, 3);
    losses.restore(losses.take());
    meters.dropped(DropReason.OVERFLOW, 0, 4);
    meters.dropped(DropReason.OVERFLOW, 3, 1);
    assertThat(losses.take().losses())
        .containsExactly(new Loss(DropReason.OVERFLOW, 0, 7), new Loss(DropReason.OVERFLOW, 3, 1));
    meters.delivered(1);
    assertThat(losses.due(now)).isFalse();
  }
}
