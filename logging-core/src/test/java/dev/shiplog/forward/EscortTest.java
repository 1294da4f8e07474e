package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits for acknowledgements at the end of a process, on a clock of the test's. */
class EscortTest {
  private long now = Long.MAX_VALUE - 500; // it may run over

  private final Escort escort = new Escort(Duration.ofMillis(2500), () -> now);
  private final List<Duration> granted = new ArrayList<>();

  private boolean isSeen(Duration taken, boolean comes) {
    return escort.sees(
        patience -> {
          granted.add(patience);
          now += taken.toNanos();
          return comes;
        });
  }

  @Test
  void slowAcknowledgements_areWaitedForUntilTheTimeIsOverInAll() {
    assertThat(isSeen(Duration.ofMillis(900), true)).isTrue();
    assertThat(isSeen(Duration.ofMillis(900), true)).isTrue();
    assertThat(isSeen(Duration.ofMillis(700), true)).isTrue();
    assertThat(isSeen(Duration.ZERO, true)).as("no time is left").isFalse();
    assertThat(granted)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(700));
  }

  @Test
  void timeBetweenEvents_isNobodysWait() {
    for (int i = 0; i < 10; i++) {
      now += Duration.ofSeconds(5).toNanos();
      assertThat(isSeen(Duration.ofMillis(1), true)).isTrue();
    }
  }

  @Test
  void waitsSideBySide_areCountedOnce() {
    boolean both =
        escort.sees(outer -> isSeen(Duration.ofMillis(900), true) && outer.toMillis() == 1000);
    assertThat(both).isTrue();
    assertThat(isSeen(Duration.ZERO, true)).isTrue();
    assertThat(granted).last().isEqualTo(Duration.ofSeconds(1));
    assertThat(isSeen(Duration.ofSeconds(1), true)).isTrue();
    assertThat(isSeen(Duration.ZERO, true)).isTrue();
    assertThat(granted).last().isEqualTo(Duration.ofMillis(600));
  }

  @Test
  void acknowledgementThatDoesNotCome_isTold() {
    assertThat(isSeen(Duration.ofSeconds(1), false)).isFalse();
  }
}
