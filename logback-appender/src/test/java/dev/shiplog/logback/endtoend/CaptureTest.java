package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.StdoutAppender;
import dev.shiplog.status.Meters;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rest of a JVM's output: with the capture on, every line of a process is a record. */
@Timeout(60)
class CaptureTest {
  private static final String STREAMS =
      "<capture><systemOut>true</systemOut><systemErr>true</systemErr></capture>";
  private static final String ALL =
      "<capture><systemOut>true</systemOut><systemErr>true</systemErr>"
          + "<uncaught>true</uncaught><jul>true</jul></capture>";

  /** So that a test sees it, whichever stream was there when the first class of ours came. */
  private static final String HERE = "<format>json</format><via>system-out</via>" + STREAMS;

  @TempDir Path folder;
  private PrintStream outBefore = System.out;

  @BeforeEach
  void lookAround() {
    Await.until("the end of the tests before", () -> Shiplog.meters().isEmpty());
    outBefore = System.out;
  }

  @AfterEach
  void putBack() {
    System.setOut(outBefore);
  }

  private static boolean isCaptured(PrintStream stream) {
    return stream.getClass().getSimpleName().equals("CapturedStream");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<via>fd</via>",
        "<via>system-out</via>",
        "<async>true</async>",
        "<stderrThreshold>WARN</stderrThreshold><via>system-out</via>"
      })
  void everyLineOfTheProcess_isARecord(String elements) throws Exception {
    List<Map<String, @Nullable Object>> records = records("<format>json</format>" + elements + ALL);

    assertTold(records, "app", "INFO", "main", "logged", "with a value that prints");
    assertTold(
        records,
        "stdout",
        "INFO",
        "main",
        "printed to out",
        "half of a line",
        "žluťoučký",
        "asked",
        "no end");
    assertTold(records, "jul.logger", "WARN", "main", "by jul");
    assertTold(
        records, "uncaught", "ERROR", "worker-1", "Uncaught exception in thread \"worker-1\"");
    assertTold(records, "uncaught", "ERROR", "main", "Uncaught exception in thread \"main\"");
    assertTold(records, "stderr", "WARN", "main", "printed to err");
    List<Map<String, @Nullable Object>> traces =
        records.stream()
            .filter(record -> "stderr".equals(record.get("log.logger")))
            .filter(record -> "ERROR".equals(record.get("log.level")))
            .toList();
    assertThat(traces).hasSize(2);
    assertThat(traces.get(0))
        .containsEntry("message", "java.lang.IllegalStateException: printed")
        .containsEntry("error.type", "java.lang.IllegalStateException");
    assertThat((String) traces.get(0).get("error.stack_trace"))
        .contains("\tat dev.shiplog", "Caused by: java.lang.RuntimeException: cause");
    assertThat((String) traces.get(1).get("message"))
        .startsWith("java.lang.IllegalStateException: written\n\tat dev.shiplog");
    assertThat(records).hasSize(13);
  }

  @Test
  void uncaughtExceptions_areOneRecordEachWithTheStreamsAlone() throws Exception {
    List<Map<String, @Nullable Object>> records = records("<format>json</format>" + STREAMS);

    List<Map<String, @Nullable Object>> uncaught =
        records.stream()
            .filter(record -> Objects.toString(record.get("message")).startsWith("Exception in"))
            .toList();
    assertThat(uncaught)
        .extracting(record -> record.get("message"))
        .containsExactly(
            "Exception in thread \"worker-1\" java.lang.IllegalStateException: of a worker",
            "Exception in thread \"main\" java.lang.IllegalStateException: of main");
    assertThat(uncaught)
        .allSatisfy(
            record -> {
              assertThat(record).containsEntry("log.logger", "stderr");
              assertThat((String) record.get("error.stack_trace")).contains("CapturedApplication");
            });
    assertThat(records)
        .as("the handler of java.util.logging prints to stderr")
        .anySatisfy(
            record -> assertThat((String) record.get("message")).contains("WARNING: by jul"));
  }

  @Test
  void statusThatLogbackPrints_isRecordsToo() throws Exception {
    List<Map<String, @Nullable Object>> records =
        records("<format>json</format><formt>x</formt>" + ALL);
    assertThat(records)
        .filteredOn(record -> "stdout".equals(record.get("log.logger")))
        .anySatisfy(
            record ->
                assertThat((String) record.get("message"))
                    .contains("ERROR in StdoutAppender[STDOUT] - formt: is no key"));
  }

  /** All that a process of its own wrote, as records; a line that is none fails. */
  private List<Map<String, @Nullable Object>> records(String elements) throws Exception {
    Path configuration = folder.resolve("logback.xml");
    Files.writeString(
        configuration,
        """
        <configuration>
          <appender name="STDOUT" class="dev.shiplog.logback.StdoutAppender">
            ELEMENTS
          </appender>
          <root level="info"><appender-ref ref="STDOUT"/></root>
        </configuration>
        """
            .replace("ELEMENTS", elements));
    try (Child child =
        Child.java(
            folder,
            "-Dlogback.configurationFile=" + configuration,
            "-cp",
            System.getProperty("java.class.path"),
            CapturedApplication.class.getName())) {
      child.awaitEnd();
      assertThat(child.exitValue()).isEqualTo(1);
      List<String> lines = new ArrayList<>(child.stdout());
      lines.addAll(child.stderr());
      assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("{"));
      return CapturedStdout.records(lines);
    }
  }

  private static void assertTold(
      List<Map<String, @Nullable Object>> records,
      String logger,
      String level,
      String thread,
      String... messages) {
    assertThat(records)
        .filteredOn(record -> logger.equals(record.get("log.logger")))
        .filteredOn(record -> level.equals(record.get("log.level")))
        .filteredOn(record -> thread.equals(record.get("process.thread.name")))
        .extracting(record -> record.get("message"))
        .containsExactly((Object[]) messages);
  }

  @Test
  void reload_keepsTheCaptureWithEqualSettings() {
    assertReloads("", "", true);
  }

  @Test
  void reload_handsTheCaptureOverWithOtherSettings() {
    assertReloads("", "<field>a=b</field>", false);
  }

  private static void assertReloads(String before, String after, boolean samePipeline) {
    try (CapturedStdout stdout = new CapturedStdout()) {
      PrintStream original = System.out;
      Configured configured = Configured.withAppender(StdoutAppender.class, HERE + before);
      System.out.println("before");
      PrintStream captured = System.out;
      assertThat(isCaptured(captured)).isTrue();
      configured.context.reset();
      System.out.println("in between");
      configured.reconfigure(Configured.appender(StdoutAppender.class, HERE + after));
      System.out.println("after");
      assertThat(System.out).isSameAs(captured);
      assertThat(configured.problems()).isEmpty();
      assertThat(Shiplog.meters().keySet().stream().filter(name -> name.startsWith("A")))
          .hasSize(samePipeline ? 1 : 2);
      configured.close();
      Await.until("the stream of before", () -> System.out == original);
      System.out.println("plain");

      assertThat(stdout.records())
          .extracting(record -> record.get("message"))
          .containsExactly("before", "in between", "after");
      assertThat(stdout.lines()).hasSize(4).last().isEqualTo("plain");
    }
  }

  @Test
  void secondAppender_saysThatTheFirstHasIt() {
    try (CapturedStdout stdout = new CapturedStdout();
        Configured configured =
            Configured.with(
                appender("FIRST", "<field>appender=first</field>")
                    + appender("SECOND", "<field>appender=second</field>")
                    + "<root level='TRACE'><appender-ref ref='FIRST'/>"
                    + "<appender-ref ref='SECOND'/></root>")) {
      System.out.println("once");
      assertThat(configured.problems())
          .singleElement()
          .asString()
          .contains("stdout.capture.systemOut: appender FIRST has it");
      assertThat(stdout.records())
          .singleElement()
          .satisfies(record -> assertThat(record).containsEntry("appender", "first"));
    }
  }

  private static String appender(String name, String elements) {
    return "<appender name='%s' class='%s'><format>json</format><via>system-out</via><capture><systemOut>true</systemOut></capture>%s</appender>"
        .formatted(name, StdoutAppender.class.getName(), elements);
  }

  @Test
  void streamThatWrapsOurs_getsRecordsThatDoNotComeBack() {
    try (CapturedStdout stdout = new CapturedStdout();
        Configured configured = Configured.withAppender(StdoutAppender.class, HERE)) {
      PrintStream ours = System.out;
      System.setOut(new PrintStream(ours, true));
      configured.logger("app").info("logged");
      System.out.println("printed");
      System.setOut(ours);

      assertThat(stdout.lines()).hasSize(2);
      assertThat(stdout.records())
          .extracting(record -> record.get("message"))
          .containsExactly("logged", "printed");
      Meters.Snapshot account = Account.settled("A");
      assertThat(account.accepted()).isEqualTo(2);
      assertThat(account.delivered()).isEqualTo(2);
    }
  }

  @Test
  void prettyFormat_showsWhatIsCaptured() {
    try (CapturedStdout stdout = new CapturedStdout();
        Configured configured =
            Configured.withAppender(
                StdoutAppender.class, "<format>pretty</format><via>system-out</via>" + STREAMS)) {
      System.out.println("printed");
      new IllegalStateException("thrown").printStackTrace();

      assertThat(configured.problems()).isEmpty();
      assertThat(stdout.lines().get(0)).matches(".* INFO \\[.*] stdout : printed");
      assertThat(stdout.lines().get(1))
          .matches(".* ERROR \\[.*] stderr : java.lang.IllegalStateException: thrown");
      assertThat(stdout.lines().get(2)).isEqualTo("java.lang.IllegalStateException: thrown");
    }
  }
}
