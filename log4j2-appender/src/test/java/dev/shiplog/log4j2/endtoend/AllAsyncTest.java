package dev.shiplog.log4j2.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.endtoend.CapturedStdout;
import dev.shiplog.logback.endtoend.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All of Log4j's loggers are asynchronous and its ThreadContext is garbage-free: what an appender
 * is handed is a mutable event of the ring buffer's, on another thread than the caller's.
 */
@Timeout(60)
class AllAsyncTest {
  private static final int EVENTS = 500;

  @TempDir Path folder;

  @Test
  void event_isWhatItsCallerLogged() throws Exception {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    try (Child child = child()) {
      child.awaitEnd();
      assertThat(child.exitValue()).isZero();
      assertThat(child.stderr()).contains("AsyncLoggerContext");
      records.addAll(CapturedStdout.records(child.stdout()));
    }
    assertThat(records).hasSize(2 * 3 * EVENTS);
    for (String who : List.of("main", "other")) {
      List<Map<String, @Nullable Object>> own =
          records.stream().filter(record -> who.equals(record.get("process.thread.name"))).toList();
      assertThat(own).hasSize(3 * EVENTS);
      for (int i = 0; i < EVENTS; i++) {
        plain(own.get(3 * i), who, i);
        failed(own.get(3 * i + 1), who, i);
        map(own.get(3 * i + 2), who, i);
        own.subList(3 * i, 3 * i + 3).forEach(AllAsyncTest::locatedInTheCaller);
      }
    }
  }

  private static void plain(Map<String, @Nullable Object> record, String who, int i) {
    assertThat(record)
        .containsEntry("message", "event " + i + " of " + who)
        .containsEntry("request", who + " " + i)
        .doesNotContainKeys("error.message", "order");
  }

  private static void failed(Map<String, @Nullable Object> record, String who, int i) {
    assertThat(record)
        .containsEntry("message", "failed " + i)
        .containsEntry("request", who + " " + i)
        .containsEntry("error.type", "java.lang.IllegalStateException")
        .containsEntry("error.message", who + " boom " + i);
    assertThat(String.valueOf(record.get("error.stack_trace")))
        .contains("IllegalStateException: " + who + " boom " + i)
        .contains("AsyncApplication.log(AsyncApplication.java:");
  }

  private static void map(Map<String, @Nullable Object> record, String who, int i) {
    assertThat(record)
        .containsEntry("request", who + " " + i)
        .containsEntry("order", String.valueOf(i))
        .containsEntry("by", who)
        .doesNotContainKey("error.message");
  }

  private static void locatedInTheCaller(Map<String, @Nullable Object> record) {
    assertThat(record)
        .containsEntry("log.origin.function", "log")
        .containsEntry("log.origin.file.name", "AsyncApplication.java");
  }

  private Child child() throws Exception {
    Path file = folder.resolve("log4j2.xml");
    Files.writeString(
        file,
        """
        <Configuration>
          <Appenders><ShiplogStdout name="STDOUT" format="json" callerData="true"/></Appenders>
          <Loggers>
            <Root level="info" includeLocation="true"><AppenderRef ref="STDOUT"/></Root>
          </Loggers>
        </Configuration>
        """);
    return Child.java(
        folder,
        "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector",
        "-Dlog4j2.garbagefreeThreadContextMap=true",
        "-Dlog4j2.enableThreadlocals=true",
        "-Dlog4j2.configurationFile=" + file.toUri(),
        "-cp",
        System.getProperty("java.class.path"),
        AsyncApplication.class.getName(),
        String.valueOf(EVENTS));
  }
}
