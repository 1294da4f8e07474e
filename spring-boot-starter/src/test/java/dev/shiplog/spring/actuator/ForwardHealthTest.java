package dev.shiplog.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.PipelineReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Below and above each limit. */
final class ForwardHealthTest {
  private static final boolean DOWN = false;

  private final HealthProperties limits = new HealthProperties();
  private PipelineReport report = Reports.buffered(DOWN, 1, 0);
  private long nanos;

  private final ForwardHealth health =
      new ForwardHealth(limits, () -> List.of(report), () -> nanos);

  private void after(Duration time) {
    health.look();
    nanos += time.toNanos();
  }

  private String state() {
    return String.valueOf(detail("state"));
  }

  private @Nullable Object detail(String name) {
    return health.look().details().get("FLUENTD") instanceof Map<?, ?> details
        ? details.get(name)
        : null;
  }

  @Test
  void state_isUpWhileTheEndpointIsUnreachableForNoLongerThanTheLimit() {
    report = Reports.buffered(DOWN, 1, Reports.BUFFER);
    after(limits.getUnreachableFor());

    assertThat(state()).isEqualTo("UP");
    assertThat(detail("unreachableSeconds")).isEqualTo(300L);
  }

  @Test
  void state_isOutOfServiceBeyondBothLimits() {
    report = Reports.buffered(DOWN, 7, 810);
    after(limits.getUnreachableFor().plusNanos(1));

    assertThat(state()).isEqualTo("OUT_OF_SERVICE");
    assertThat(detail("bufferPercent")).isEqualTo(81L);
    assertThat(detail("pendingEvents")).isEqualTo(7L);
    assertThat(detail("endpointUp")).isEqualTo(false);
  }

  @Test
  void state_isUpWhileTheBufferIsNoFullerThanTheShare() {
    report = Reports.buffered(DOWN, 1, 800);
    after(Duration.ofDays(1));

    assertThat(state()).isEqualTo("UP");
  }

  @Test
  void state_isUpAgainWhenTheEndpointIsReached() {
    report = Reports.buffered(DOWN, 1, Reports.BUFFER);
    after(Duration.ofDays(1));
    report = Reports.buffered(true, 1, Reports.BUFFER);
    assertThat(state()).isEqualTo("UP");

    report = Reports.buffered(DOWN, 1, Reports.BUFFER);
    assertThat(state()).as("counted anew").isEqualTo("UP");
  }

  @Test
  void endpointThatNobodyNeeded_isNotUnreachable() {
    report = Reports.buffered(DOWN, 0, 0);
    after(Duration.ofDays(1));

    assertThat(detail("unreachableSeconds")).isEqualTo(0L);
  }

  @Test
  void spool_isWhatIsMeasuredWhereThereIsOne() {
    report = Reports.spooled(Reports.BUFFER, Reports.SPOOL / 2);
    after(Duration.ofDays(1));
    assertThat(state()).isEqualTo("UP");
    assertThat(detail("bufferPercent")).isEqualTo(50L);

    report = Reports.spooled(0, Reports.SPOOL);
    assertThat(state()).isEqualTo("OUT_OF_SERVICE");
  }

  @Test
  void application_staysInServiceByDefault() {
    report = Reports.buffered(DOWN, 1, Reports.BUFFER);
    after(Duration.ofDays(1));

    assertThat(health.look().inService()).isTrue();
  }

  @Test
  void application_isTakenOutWhereItIsSetSo() {
    limits.setOutOfService(true);
    report = Reports.buffered(DOWN, 1, Reports.BUFFER);
    after(Duration.ofMinutes(1));
    assertThat(health.look().inService()).as("below the limit").isTrue();

    after(Duration.ofDays(1));
    assertThat(health.look().inService()).isFalse();
  }

  @Test
  void limits_areThoseThatAreSet() {
    limits.setUnreachableFor(Duration.ofSeconds(10));
    limits.setBufferShare(0.1);
    report = Reports.buffered(DOWN, 1, 101);
    after(Duration.ofSeconds(11));

    assertThat(state()).isEqualTo("OUT_OF_SERVICE");
  }
}
