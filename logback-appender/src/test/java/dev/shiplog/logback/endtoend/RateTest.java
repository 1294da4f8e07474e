package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.FileAppender;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.StdoutAppender;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One logger runs wild. */
@Timeout(60)
class RateTest {
  private static final String RATE = "<rate><perLogger>5/h</perLogger></rate>";
  private static final int WILD = 20;

  private static void log(Configured application) {
    for (int i = 0; i < WILD; i++) {
      application.logger("wild").warn("{}", i);
    }
    application.logger("calm").info("one");
    application.logger("calm").info("two");
  }

  private static void check(List<Map<String, @Nullable Object>> records) {
    assertThat(of("wild", records)).hasSize(5);
    assertThat(of("calm", records)).hasSize(2);
    assertThat(of("dev.shiplog", records))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told)
                    .containsEntry("message", "15 events were dropped")
                    .containsEntry("dropped.rate_limited.warn", BigInteger.valueOf(15)));
  }

  private static List<Map<String, @Nullable Object>> of(
      String logger, List<Map<String, @Nullable Object>> records) {
    return records.stream().filter(record -> logger.equals(record.get("log.logger"))).toList();
  }

  @Test
  void stdout_hasWhatTheRateAdmitsAndTheCountOfTheRest() {
    try (CapturedStdout stdout = new CapturedStdout();
        Configured application =
            Configured.withAppender(
                StdoutAppender.class, RATE + "<format>json</format><via>system-out</via>")) {
      log(application);

      check(stdout.records());
      Meters.Snapshot account = Account.settled("A");
      assertThat(account.offered()).isEqualTo(WILD + 3);
      assertThat(Account.dropped(account, DropReason.RATE_LIMITED)).isEqualTo(15);
      assertThat(application.problems()).isEmpty();
    }
  }

  @Test
  void encoder_tellsTheCountInItsOwnFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.log");
    try (Configured application =
        Configured.withAppender(
            FileAppender.class,
            "<file>%s</file><encoder class='%s'>%s</encoder>"
                .formatted(file, ShiplogEncoder.class.getName(), RATE))) {
      log(application);
    }

    check(CapturedStdout.records(Files.readAllLines(file)));
  }

  @Test
  void endpoint_hasWhatTheRateAdmitsAndTheCountOfTheRest() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application =
            Configured.withAppender(
                FluentdAppender.class,
                RATE
                    + "<endpoint>%s</endpoint><tag>t</tag>".formatted(endpoint.address())
                    + "<chunk><maxAge>1ms</maxAge></chunk>")) {
      log(application);
      ReceivedEvent told =
          endpoint.await(5 + 2 + 1).stream()
              .filter(event -> "dev.shiplog".equals(event.field("log.logger")))
              .findFirst()
              .orElseThrow();

      assertThat(told.fields()).containsEntry("dropped.rate_limited.warn", 15L);
      Meters.Snapshot account = Account.settled("A");
      assertThat(account.offered()).isEqualTo(WILD + 3);
      assertThat(account.delivered()).isEqualTo(8);
    }
  }
}
