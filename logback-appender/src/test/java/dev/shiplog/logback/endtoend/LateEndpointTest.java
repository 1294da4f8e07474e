package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.Meters;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.testkit.faults.ReservedPort;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The endpoint is not there yet, or goes at a bad moment. */
@Timeout(60)
class LateEndpointTest {
  private static final int EVENTS = 500;

  @Test
  void endpointThatAppearsLate_getsEverythingOnce() throws IOException {
    try (ReservedPort port = new ReservedPort();
        Configured application = forwarding(port.address())) {
      log(application);
      Meters.Snapshot before = Account.of("A");
      assertThat(before.pending()).isEqualTo(EVENTS);
      assertThat(before.endpointUp()).isFalse();

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        assertThat(messages(endpoint.await(EVENTS))).isEqualTo(messages());
        assertThat(endpoint.duplicates()).isEmpty();
        Meters.Snapshot after = Account.settled("A");
        assertThat(after.delivered()).isEqualTo(EVENTS);
        assertThat(after.endpointUp()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("badMoments")
  void endpointKilled_getsEverythingAndNothingTwiceUnderAnotherId(Behaviour killed) {
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder().behave(killed, killed, Behaviour.acknowledging()).start();
        Configured application = forwarding(endpoint.address())) {
      log(application);

      endpoint.await("all events", () -> endpoint.distinctEvents().size() >= EVENTS);
      Meters.Snapshot account = Account.settled("A");
      assertThat(account.delivered()).isEqualTo(EVENTS);
      assertThat(account.chunksRetried()).isPositive();
      assertThat(messages(endpoint.distinctEvents()))
          .containsExactlyInAnyOrderElementsOf(messages());
      assertThat(endpoint.problems()).isEmpty();
      assertThat(endpoint.duplicates().values()).allMatch(times -> times <= 3);
    }
  }

  static Stream<Named<Behaviour>> badMoments() {
    return Stream.of(
        Named.of("in the middle of a chunk", Faults.cutAfter(1_000)),
        Named.of("before it acknowledges", Faults.closeBeforeAck()),
        Named.of("after it acknowledged another chunk", Faults.wrongAck()));
  }

  private static void log(Configured application) {
    for (String message : messages()) {
      application.logger("late").info(message);
    }
  }

  private static List<String> messages() {
    return Stream.iterate(0, i -> i < EVENTS, i -> i + 1).map(i -> "event " + i).toList();
  }

  private static List<String> messages(List<ReceivedEvent> events) {
    return events.stream()
        .map(event -> Objects.requireNonNull(event.field("message")).toString())
        .toList();
  }

  private static Configured forwarding(String address) {
    return Configured.withAppender(
        FluentdAppender.class,
        "<endpoint>%s</endpoint><chunk><maxBytes>16KB</maxBytes><maxAge>5ms</maxAge></chunk>"
                .formatted(address)
            + "<retry><initial>1ms</initial><max>20ms</max></retry>");
  }
}
