package dev.shiplog.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimitedStatusTest implements Status {
  private final List<String> told = new ArrayList<>();
  private long now = Long.MAX_VALUE;
  private final RateLimitedStatus status = new RateLimitedStatus(this, () -> now);

  @Test
  void problem_isToldAtOnceAndRepeatsAreCounted() {
    status.problem("A", "a broke", null);
    status.problem("A", "a broke", null);
    status.problem("B", "b broke", null);
    now += TimeUnit.MINUTES.toNanos(1) - 1;
    status.problem("A", "a broke", null);
    assertThat(told).containsExactly("warn a broke", "warn b broke");

    now += 1;
    status.problem("A", "a broke", null);
    assertThat(told).hasSize(3).last().isEqualTo("warn a broke (4 times so far)");
  }

  @Test
  void recovery_isAnnouncedOnceAndOnlyAfterAProblem() {
    status.recovered("all well");
    assertThat(told).isEmpty();
    status.problem("A", "a broke", null);
    status.problem("A", "a broke", null);
    status.recovered("all well");
    status.recovered("all well");
    assertThat(told).containsExactly("warn a broke", "info all well (after 2 failures)");
  }

  @Test
  void problem_isToldAnewAfterARecoveryOnceAMinuteIsOver() {
    status.problem("A", "a broke", null);
    status.recovered("all well");
    now += TimeUnit.MINUTES.toNanos(1);
    status.problem("B", "b broke", null);
    assertThat(told).hasSize(3).last().isEqualTo("warn b broke");
  }

  @Test
  void flapping_isToldAsOneFailureAndOneRecoveryAMinute() {
    for (int second = 0; second < 180; second++) {
      status.problem("A", "a broke", null);
      status.recovered("all well");
      now += TimeUnit.SECONDS.toNanos(1);
    }
    assertThat(told)
        .containsExactly(
            "warn a broke",
            "info all well (after 1 failure)",
            "warn a broke (60 times so far, all well 59 times in between)",
            "info all well (after 60 failures)",
            "warn a broke (60 times so far, all well 59 times in between)",
            "info all well (after 60 failures)");
  }

  @Test
  void failureInAQuietMinute_isToldWhenItLastsAndItsRecoveryToo() {
    status.problem("A", "a broke", null);
    status.recovered("all well");
    for (int seconds = 0; seconds < 60; seconds += 20) {
      status.problem("A", "a broke", null);
      now += TimeUnit.SECONDS.toNanos(20);
    }
    assertThat(told).hasSize(2);
    status.problem("A", "a broke", null);
    status.problem("B", "b broke", null);
    status.recovered("all well");
    assertThat(told.subList(2, told.size()))
        .containsExactly(
            "warn a broke (4 times so far)", "warn b broke", "info all well (after 5 failures)");
  }

  @Override
  public void info(String message) {
    told.add("info " + message);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    told.add("warn " + message);
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    told.add("error " + message);
  }
}
