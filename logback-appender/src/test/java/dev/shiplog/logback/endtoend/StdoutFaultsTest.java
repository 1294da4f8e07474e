package dev.shiplog.logback.endtoend;

import static dev.shiplog.logback.endtoend.StdoutChild.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault 26 with real descriptors and processes: stdout closed, a full pipe that nobody reads, a
 * full disk. What is lost is counted, and told when it works again; the application lives.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class StdoutFaultsTest {
  /** Of about 1 KB each: several times what a pipe holds, which is 64 KB. */
  private static final int EVENTS = 500;

  private static final String ASYNC_DROPPING =
      "<async>true</async><bufferBytes>64KB</bufferBytes><overflow>drop-newest</overflow>";

  /** After so long Docker kills. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void callers_waitAndLoseNothingWhenNobodyReadsThePipe() throws Exception {
    try (StdoutChild child = StdoutChild.start(folder, "", "$JAVA")) {
      child.tell("log " + EVENTS);
      awaitFullPipe(child);
      CompletableFuture<List<String>> lines = child.lines();
      assertThat(child.await("logged")).isEqualTo("logged " + EVENTS);
      String settled = child.ask("settled");
      assertThat(count(settled, "delivered")).isEqualTo(EVENTS);
      assertThat(count(settled, "accepted")).isEqualTo(EVENTS);
      child.end();
      assertThat(numbers(lines.get(20, TimeUnit.SECONDS))).isEqualTo(range(EVENTS));
      child.awaitEnd();
      assertThat(child.exitValue()).isZero();
    }
  }

  @Test
  void signal_endsTheApplicationThoughACallerWaitsForThePipe() throws Exception {
    try (StdoutChild child = StdoutChild.start(folder, "", "$JAVA")) {
      child.tell("log " + EVENTS);
      awaitFullPipe(child);
      child.terminate();
      assertThat(child.awaitEnd()).isLessThan(GRACE);
      List<Integer> numbers = numbers(child.lines().get(20, TimeUnit.SECONDS));
      assertThat(numbers).isNotEmpty().isEqualTo(range(numbers.size()));
    }
  }

  @Test
  void drops_areCountedAndToldInTheStreamWhenAnAsyncPipeIsReadAgain() throws Exception {
    try (StdoutChild child = StdoutChild.start(folder, ASYNC_DROPPING, "$JAVA")) {
      child.tell("log " + EVENTS);
      assertThat(child.await("logged")).as("no caller waits").isEqualTo("logged " + EVENTS);
      String stuck = child.ask("account");
      assertThat(count(stuck, "pending")).isPositive();
      assertThat(count(stuck, "overflow")).isPositive();

      CompletableFuture<List<String>> lines = child.lines();
      child.ask("settled");
      child.tell("log 1");
      child.await("logged");
      child.end();
      List<String> all = lines.get(20, TimeUnit.SECONDS);
      // as many records of a loss as there were occasions to tell of it
      assertThat(losses(all)).isEqualTo(EVENTS + 1 - numbers(all).size()).isPositive();
      child.awaitEnd();
      assertThat(child.exitValue()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-newest", "drop-below:WARN", "block"})
  void signal_endsTheApplicationInTimeWhenNobodyReadsAnAsyncPipe(String overflow) throws Exception {
    String elements = ASYNC_DROPPING.replace("drop-newest", overflow);
    try (StdoutChild child = StdoutChild.start(folder, elements, "$JAVA")) {
      child.tell("log " + EVENTS);
      if (overflow.equals("block")) {
        awaitFullPipe(child);
      } else {
        child.await("logged");
      }
      child.terminate();
      assertThat(child.awaitEnd()).isLessThan(GRACE);
      String settled = child.await("settled");
      assertThat(count(settled, "stopped")).isPositive();
      assertThat(
              count(settled, "delivered") + count(settled, "overflow") + count(settled, "stopped"))
          .isEqualTo(count(settled, "accepted"));
      List<String> lines = child.lines().get(20, TimeUnit.SECONDS);
      // the process ended in the middle of a write of many records
      assertThat(numbers(lines.subList(0, lines.size() - 1))).isSorted().isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void application_livesAndCountsWhenStdoutIsClosed(boolean async) throws Exception {
    try (StdoutChild child =
        StdoutChild.start(folder, "<async>" + async + "</async>", "$JAVA >&-")) {
      child.tell("log 100");
      child.await("logged");
      String settled = child.ask("settled");
      assertThat(count(settled, "delivered")).isZero();
      assertThat(count(settled, "failed")).isEqualTo(100);
      assertThat(child.await("told")).contains("stdout cannot be written").doesNotContain("again");
      child.end();
      child.awaitEnd();
      assertThat(child.exitValue()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"tmpfs,false", "tmpfs,true", "ulimit,false", "ulimit,true"})
  void fullDisk_isCountedAndToldWhenThereIsRoomAgain(String disk, boolean async) throws Exception {
    Path log = folder.resolve("disk/log");
    Files.createDirectory(folder.resolve("disk"));
    String shell =
        disk.equals("tmpfs") ? onTmpfs("$JAVA >> '" + log + "'") : "ulimit -f 64; $JAVA >> " + log;
    try (StdoutChild child = StdoutChild.start(folder, "<async>" + async + "</async>", shell)) {
      child.tell("log " + EVENTS);
      child.await("logged");
      String full = child.ask("settled");
      assertThat(count(full, "failed")).isPositive();
      assertThat(count(full, "delivered") + count(full, "failed")).isEqualTo(EVENTS);
      assertThat(child.await("told")).contains("stdout cannot be written").doesNotContain("again");

      // the descriptor leads there, whoever can see the mount
      Path seen = Path.of("/proc/" + child.pid() + "/fd/1");
      try (RandomAccessFile file = new RandomAccessFile(seen.toFile(), "rw")) {
        file.setLength(300); // room again, and part of a line at the end
      }
      child.tell("log 10");
      child.await("logged");
      String settled = child.ask("settled");
      assertThat(count(settled, "failed")).isEqualTo(count(full, "failed"));
      assertThat(child.await("told")).contains("stdout can be written again");
      List<String> lines = Files.readAllLines(seen);
      assertThat(lines.get(0)).hasSize(300);
      assertThat(numbers(lines.subList(1, lines.size())))
          .isEqualTo(IntStream.range(EVENTS, EVENTS + 10).boxed().toList());
      child.end();
      child.awaitEnd();
      assertThat(child.exitValue()).isZero();
    }
  }

  /** In a name space of its own, so that the mount is gone with the process. */
  private String onTmpfs(String command) throws IOException, InterruptedException {
    String mount = "mount -t tmpfs -o size=64k none '" + folder.resolve("disk") + "'";
    Process trial =
        new ProcessBuilder("unshare", "-m", "sh", "-c", mount).redirectErrorStream(true).start();
    String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (trial.waitFor() != 0) {
      abort("no disk of our own can be mounted here: " + said);
    }
    return "export COMMAND=\""
        + command
        + "\"; exec unshare -m sh -c \""
        + mount
        + "; eval \\\"\\$COMMAND\\\"\"";
  }

  /** Returns when, asked again and again, it has come no further. */
  private static void awaitFullPipe(StdoutChild child) throws IOException {
    long before = 0;
    for (int same = 0; same < 15; ) {
      // a quarter of a second without one event more: on a busy machine a thread may rest a while
      LockSupport.parkNanos(20_000_000);
      long now = count(child.ask("account"), "accepted");
      same = now > 0 && now == before ? same + 1 : 0;
      before = now;
    }
    assertThat(before).as("accepted").isLessThan(EVENTS);
  }

  private static List<Integer> numbers(List<String> lines) {
    return CapturedStdout.records(lines).stream()
        .filter(record -> record.containsKey("number"))
        .map(record -> ((BigInteger) Objects.requireNonNull(record.get("number"))).intValue())
        .toList();
  }

  /** How many events the stream itself says are missing from it. */
  private static int losses(List<String> lines) {
    return CapturedStdout.records(lines).stream()
        .filter(record -> "dev.shiplog".equals(record.get("log.logger")))
        .filter(record -> "WARN".equals(record.get("log.level")))
        .mapToInt(
            loss ->
                ((BigInteger) Objects.requireNonNull(loss.get("dropped.overflow.info"))).intValue())
        .sum();
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }
}
