package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.faults.ReservedPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** More is logged than the buffer holds while the endpoint is down. */
@Timeout(60)
class OverflowTest {
  private static final int EVENTS = 150;
  private static final String PADDING = "x".repeat(1_000);

  @ParameterizedTest
  @ValueSource(strings = {"drop-oldest", "drop-newest", "block:1ms"})
  void lostEvents_areToldByLevelAndReasonWhenTheEndpointComes(String overflow) throws IOException {
    try (ReservedPort port = new ReservedPort();
        Configured application = forwarding(port.address(), overflow)) {
      logTooMuch(application);
      long lost = Account.dropped(Account.of("A"), DropReason.OVERFLOW);
      assertThat(lost).isPositive();

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        ReceivedEvent told = endpoint.await(1, "test.dev.shiplog").get(0);
        Meters.Snapshot account = Account.settled("A");
        assertThat(account.accepted()).isEqualTo(EVENTS + 1);
        assertThat(account.delivered()).isEqualTo(EVENTS + 1 - lost);
        assertThat(told.fields())
            .containsEntry("log.level", "WARN")
            .containsEntry("log.logger", "dev.shiplog")
            .containsEntry("message", lost + " events were dropped")
            .containsEntry("dropped.total", lost);
        for (Level level : Level.values()) {
          long missing = EVENTS / Level.values().length - arrived(endpoint, level);
          String field = "dropped.overflow." + level.name().toLowerCase(Locale.ROOT);
          assertThat(told.field(field)).as(field).isEqualTo(missing == 0 ? null : missing);
        }
      }
    }
  }

  @Test
  void divertedEvents_areOnStdoutAndNotCalledLost() throws IOException {
    try (CapturedStdout stdout = new CapturedStdout();
        ReservedPort port = new ReservedPort();
        Configured application = forwarding(port.address(), "stdout")) {
      logTooMuch(application);
      long diverted = Account.dropped(Account.of("A"), DropReason.SPILLED);
      assertThat(diverted).isPositive();

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        int delivered = Math.toIntExact(EVENTS - diverted);
        endpoint.await(delivered);
        Account.settled("A");
        application.logger("story").info("when a loss would be told");
        Account.settled("A");

        assertThat(endpoint.events("test.dev.shiplog")).isEmpty();
        List<String> everywhere = new ArrayList<>(messages(endpoint.events()));
        assertThat(everywhere).hasSize(delivered + 1);
        stdout.records().stream()
            .filter(record -> "story".equals(record.get("log.logger")))
            .forEach(record -> everywhere.add(String.valueOf(record.get("message"))));
        assertThat(everywhere).hasSize(EVENTS + 1).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void blockedCaller_goesOnWhenTheEndpointComesAndKeepsItsInterrupt() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Configured application = forwarding(port.address(), "block:1m")) {
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread caller =
          new Thread(
              () -> {
                logTooMuch(application);
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      Await.until("a caller that waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
      caller.interrupt();

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        assertThat(messages(endpoint.await(EVENTS))).hasSize(EVENTS).doesNotHaveDuplicates();
        caller.join();
        assertThat(interrupted).isTrue();
        assertThat(Account.settled("A").delivered()).isEqualTo(EVENTS);
      }
    }
  }

  private static void logTooMuch(Configured application) {
    Level[] levels = Level.values();
    for (int i = 0; i < EVENTS; i++) {
      application.logger("story").atLevel(levels[i % levels.length]).log("{} {}", i, PADDING);
    }
  }

  private static long arrived(ForwardEndpoint endpoint, Level level) {
    return endpoint.events("test.story").stream()
        .filter(event -> level.name().equals(event.field("log.level")))
        .count();
  }

  private static List<String> messages(List<ReceivedEvent> events) {
    return events.stream()
        .map(event -> Objects.requireNonNull(event.field("message")).toString())
        .toList();
  }

  private static Configured forwarding(String address, String overflow) {
    return Configured.withAppender(
        FluentdAppender.class,
        "<endpoint>%s</endpoint><overflow>%s</overflow>".formatted(address, overflow)
            + "<tag>test.{logger}</tag><buffer><maxBytes>64KB</maxBytes></buffer>"
            + "<chunk><maxBytes>8KB</maxBytes><maxAge>5ms</maxAge></chunk>"
            + "<retry><initial>1ms</initial><max>20ms</max></retry>");
  }
}
