package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.FileAppender;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.StdoutAppender;
import dev.shiplog.status.Meters;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An event that is too large for a record becomes several, and is whole again at its reader. */
@Timeout(60)
class SplitTest {
  private static final String SPLIT =
      "<oversize>split</oversize><maxEventBytes>4KB</maxEventBytes>";
  private static final String LONG = "é😀\"\\\n漢".repeat(2_000);

  private static void log(Configured application) {
    application.logger("gallery").atInfo().addKeyValue("user", "vincent").log(LONG);
    application.logger("gallery").info("short");
  }

  /** Joins the parts of the one event, and checks them and that the other has none. */
  private static void check(List<Map<String, @Nullable Object>> records) {
    List<Map<String, @Nullable Object>> parts =
        records.stream()
            .filter(record -> record.containsKey("event.part_id"))
            .sorted(Comparator.comparing(part -> number(part, "event.part")))
            .toList();
    assertThat(parts).hasSizeBetween(5, 20).hasSize(records.size() - 1);
    assertThat(parts)
        .allSatisfy(
            part -> {
              assertThat(part).containsEntry("user", "vincent").containsEntry("log.level", "INFO");
              assertThat(part.get("event.part_id")).isEqualTo(parts.get(0).get("event.part_id"));
              assertThat(number(part, "event.parts")).isEqualTo(parts.size());
              assertThat(part).doesNotContainKey("event.truncated");
            });
    assertThat(parts.stream().map(part -> text(part)).collect(Collectors.joining()))
        .isEqualTo(LONG);
    assertThat(text(records.get(records.size() - 1))).isEqualTo("short");
  }

  private static long number(Map<String, @Nullable Object> record, String field) {
    return Long.parseLong(String.valueOf(record.get(field)));
  }

  private static String text(Map<String, @Nullable Object> record) {
    return String.valueOf(record.get("message"));
  }

  @Test
  void stdout_hasEachPartOnALineOfItsOwnAndCountsThem() {
    try (CapturedStdout stdout = new CapturedStdout();
        Configured application =
            Configured.withAppender(
                StdoutAppender.class, SPLIT + "<format>json</format><via>system-out</via>")) {
      log(application);

      check(stdout.records());
      assertThat(stdout.lines())
          .allSatisfy(
              line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4 * 1024));
      Meters.Snapshot account = Account.settled("A");
      assertThat(account.accepted()).isEqualTo(stdout.lines().size());
      assertThat(account.truncated()).isZero();
      assertThat(application.problems()).isEmpty();
    }
  }

  @Test
  void encoder_writesALineForEachPart(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.log");
    try (Configured application =
        Configured.withAppender(
            FileAppender.class,
            "<file>%s</file><encoder class='%s'>%s</encoder>"
                .formatted(file, ShiplogEncoder.class.getName(), SPLIT))) {
      log(application);
    }

    check(CapturedStdout.records(Files.readAllLines(file)));
  }

  @Test
  void endpoint_hasEachPartAsAnEventOfItsOwn() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application =
            Configured.withAppender(
                FluentdAppender.class,
                SPLIT
                    + "<endpoint>%s</endpoint><tag>t</tag>".formatted(endpoint.address())
                    + "<chunk><maxAge>1ms</maxAge></chunk>")) {
      log(application);
      Meters.Snapshot account = Account.settled("A");

      check(endpoint.events().stream().map(ReceivedEvent::fields).toList());
      assertThat(account.delivered()).isEqualTo(endpoint.events().size());
    }
  }
}
