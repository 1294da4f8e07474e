package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.StdoutAppender;
import dev.shiplog.status.DropReason;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the events of a stdout appender come out, and what it tells of those that do not. */
@Timeout(60)
class StdoutTest {
  private static final String JSON = "<format>json</format>";

  @Test
  void stream_isTheOneThatATestPutThereBeforeTheStart() {
    try (CapturedStdout stdout = new CapturedStdout();
        Configured application = Configured.withAppender(StdoutAppender.class, JSON)) {
      application.logger("gallery").info("captured");

      assertThat(messages(stdout.records())).containsExactly("captured");
    }
  }

  @Test
  void stream_isTheOneThatATestPutThereAfterTheStart() {
    try (CapturedStdout first = new CapturedStdout();
        Configured application = Configured.withAppender(StdoutAppender.class, JSON)) {
      application.logger("gallery").info("one");
      try (CapturedStdout second = new CapturedStdout()) {
        application.logger("gallery").info("two");

        assertThat(messages(second.records())).containsExactly("two");
      }
      application.logger("gallery").info("three");

      assertThat(messages(first.records())).containsExactly("one", "three");
    }
  }

  @Test
  void lostEvents_areToldByLevelAndReasonOnceTheReaderReads() {
    PrintStream before = System.out;
    Gate gate = new Gate();
    System.setOut(new PrintStream(gate, true, StandardCharsets.UTF_8));
    try (Configured application =
        Configured.withAppender(
            StdoutAppender.class,
            JSON
                + "<via>system-out</via><async>true</async><bufferBytes>64KB</bufferBytes>"
                + "<overflow>drop-newest</overflow>")) {
      for (int i = 0; i < 300; i++) {
        application.logger("gallery").info("{} {}", i, "x".repeat(1_000));
        application.logger("gallery").warn("{} {}", i, "x".repeat(1_000));
      }
      long lost = Account.dropped(Account.of("A"), DropReason.OVERFLOW);
      assertThat(lost).isPositive();
      gate.open.countDown();
      Await.until("word of what was lost", () -> gate.text().contains("events were dropped"));
      Account.settled("A");

      List<Map<String, @Nullable Object>> records =
          CapturedStdout.records(gate.text().lines().toList());
      Map<String, @Nullable Object> told = records.get(records.size() - 1);
      assertThat(told)
          .containsEntry("log.level", "WARN")
          .containsEntry("log.logger", "dev.shiplog")
          .containsEntry("message", lost + " events were dropped");
      long info = arrived(records, "INFO");
      long warn = arrived(records, "WARN");
      assertThat(String.valueOf(told.get("dropped.total"))).isEqualTo(String.valueOf(lost));
      assertThat(String.valueOf(told.get("dropped.overflow.info")))
          .isEqualTo(String.valueOf(300 - info));
      assertThat(String.valueOf(told.get("dropped.overflow.warn")))
          .isEqualTo(String.valueOf(300 - warn));
    } finally {
      gate.open.countDown();
      System.setOut(before);
    }
  }

  private static long arrived(List<Map<String, @Nullable Object>> records, String level) {
    return records.stream()
        .filter(record -> "gallery".equals(record.get("log.logger")))
        .filter(record -> level.equals(record.get("log.level")))
        .count();
  }

  private static List<@Nullable Object> messages(List<Map<String, @Nullable Object>> records) {
    return records.stream().map(record -> record.get("message")).toList();
  }

  /** A reader that does not read until it is told to. */
  private static final class Gate extends OutputStream {
    final CountDownLatch open = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      try {
        assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      bytes.write(from, offset, length);
    }
  }
}
