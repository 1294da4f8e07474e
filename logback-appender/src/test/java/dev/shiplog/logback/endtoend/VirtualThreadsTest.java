package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.StdoutAppender;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand virtual threads log at once. */
@Timeout(60)
class VirtualThreadsTest {
  private static final int THREADS = 1_000;
  private static final String PADDING = "x".repeat(300);

  @BeforeEach
  void jdk() {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads come with JDK 21");
  }

  @Test
  void everyEvent_arrivesWholeByBothAppenders() throws Exception {
    try (CapturedStdout stdout = new CapturedStdout();
        ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application = Configured.with(configuration(endpoint))) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        threads.add(virtual(() -> application.logger("gallery").info("{} {}", number, PADDING)));
      }
      for (Thread thread : threads) {
        thread.join();
      }

      List<String> expected = IntStream.range(0, THREADS).mapToObj(i -> i + " " + PADDING).toList();
      assertThat(endpoint.await(THREADS))
          .extracting(VirtualThreadsTest::message)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(stdout.lines()).hasSize(THREADS);
      assertThat(stdout.records())
          .extracting(record -> String.valueOf(record.get("message")))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Started by reflection: the tests are compiled for JDK 17. */
  private static Thread virtual(Runnable task) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }

  private static String message(ReceivedEvent event) {
    return Objects.requireNonNull(event.field("message")).toString();
  }

  private static String configuration(ForwardEndpoint endpoint) {
    return """
        <appender name='VIRTUAL-OUT' class='%s'><format>json</format></appender>
        <appender name='VIRTUAL-FORWARD' class='%s'>
          <endpoint>%s</endpoint><chunk><maxAge>5ms</maxAge></chunk>
        </appender>
        <root level='INFO'>
          <appender-ref ref='VIRTUAL-OUT'/><appender-ref ref='VIRTUAL-FORWARD'/>
        </root>
        """
        .formatted(
            StdoutAppender.class.getName(), FluentdAppender.class.getName(), endpoint.address());
  }
}
