package dev.shiplog.log4j2.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.log4j2.endtoend.ChildApplication.End;
import dev.shiplog.logback.endtoend.CapturedStdout;
import dev.shiplog.logback.endtoend.Child;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.faults.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process comes to its end, and Log4j's own shutdown hook runs beside ours. */
@Timeout(60)
class ShutdownTest {
  private static final int EVENTS = 2_000;

  /** After so long Docker kills. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "SIGNAL,Root",
    "SIGNAL,AsyncRoot",
    "RETURN,Root",
    "RETURN,AsyncRoot",
    "STOP,Root",
    "STOP,AsyncRoot"
  })
  void end_leavesEveryEventAtTheEndpointOrOnStdout(End end, String root) throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Child child = child(endpoint.address(), root, end)) {
      finish(child, end);

      List<String> everywhere = new ArrayList<>(onStdout(child));
      endpoint.await(EVENTS - everywhere.size());
      endpoint.events().forEach(event -> everywhere.add(String.valueOf(event.field("message"))));
      assertAllOf(everywhere);
    }
  }

  @ParameterizedTest
  @CsvSource({"SIGNAL,Root", "SIGNAL,AsyncRoot", "RETURN,Root", "STOP,AsyncRoot"})
  void end_leavesEveryEventOnStdoutWhenTheEndpointIsDown(End end, String root) throws Exception {
    try (ReservedPort port = new ReservedPort();
        Child child = child(port.address(), root, end)) {
      finish(child, end);

      assertAllOf(onStdout(child));
    }
  }

  private Child child(String address, String root, End end) throws IOException {
    Path file = folder.resolve("log4j2.xml");
    Files.writeString(
        file,
        """
        <Configuration>
          <Appenders>
            <ShiplogFluentd name="FLUENTD" endpoint="%1$s" drainTimeout="1s"/>
          </Appenders>
          <Loggers><%2$s level="info"><AppenderRef ref="FLUENTD"/></%2$s></Loggers>
        </Configuration>
        """
            .formatted(address, root));
    Child child =
        Child.java(
            folder,
            "-Dlog4j2.configurationFile=" + file.toUri(),
            "-cp",
            System.getProperty("java.class.path"),
            ChildApplication.class.getName(),
            String.valueOf(EVENTS),
            end.name());
    child.awaitLine("ready");
    return child;
  }

  private static void finish(Child child, End end) throws InterruptedException {
    if (end == End.SIGNAL) {
      child.terminate();
    }
    assertThat(child.awaitEnd()).isLessThan(GRACE);
    assertThat(child.exitValue()).isEqualTo(end == End.SIGNAL ? 128 + 15 : 0);
  }

  private static List<String> onStdout(Child child) throws IOException {
    return CapturedStdout.records(child.stdout()).stream()
        .map(record -> String.valueOf(record.get("message")))
        .toList();
  }

  private static void assertAllOf(List<String> messages) {
    assertThat(messages)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, EVENTS).mapToObj(i -> "event " + i).toList());
  }
}
