package dev.shiplog.log4j2.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.log4j2.Configured;
import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.log4j2.ShiplogFluentd;
import dev.shiplog.logback.endtoend.Await;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.faults.ReservedPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Log4j is configured anew, again and again, while threads log. What reached an appender arrives.
 *
 * <p>With {@code AsyncRoot} not all that was logged does: Log4j takes the queue of the old
 * configuration away before it waits for those who are about to put something into it ({@code
 * AbstractConfiguration.stop}, in 2.20 and 2.26 alike), and their events are lost with a {@code
 * NullPointerException} that it catches and tells.
 */
@Timeout(120)
class ReloadTest {
  private static final int RELOADS = 10;
  private static final int THREADS = 3;
  private static final int EVENTS_A_RELOAD = 100 * THREADS;
  private static final int EVENTS = RELOADS * EVENTS_A_RELOAD;

  private Set<Thread> threadsBefore = Set.of();

  @BeforeEach
  void lookAround() {
    threadsBefore = Await.threads();
    Arrivals.countThenReset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Root", "AsyncRoot"})
  void reload_losesNothingWithEqualSettings(String root) throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      reloadUnderLoad(reload -> forward(root, endpoint.address(), ""));

      assertAllArrived(endpoint);
      assertThat(endpoint.connections()).as("one pipeline serves them all").isEqualTo(1);
      Await.noThreadsBut(threadsBefore);
      endpoint.await("all connections to end", () -> endpoint.openConnections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Root", "AsyncRoot"})
  void reload_losesNothingWithOtherSettings(String root) throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      reloadUnderLoad(reload -> forward(root, endpoint.address(), field(reload)));

      assertAllArrived(endpoint);
      assertThat(endpoint.events().stream().map(event -> event.field("reload")).distinct())
          .hasSizeGreaterThan(1);
      Await.noThreadsBut(threadsBefore);
      endpoint.await("all connections to end", () -> endpoint.openConnections() == 0);
    }
  }

  private static String field(int reload) {
    return "<Property name='field' value='reload=%d'/>".formatted(reload);
  }

  @Test
  void reload_isSwiftAndLosesNothingWhileTheEndpointIsDown() throws Exception {
    try (ReservedPort port = new ReservedPort()) {
      Duration slowestStop = reloadUnderLoad(reload -> forward("Root", port.address(), ""));
      assertThat(slowestStop).isLessThan(Duration.ofSeconds(1));

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        assertAllArrived(endpoint);
        Await.noThreadsBut(threadsBefore);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Root", "AsyncRoot"})
  void reload_losesNothingWithASpoolAndLeavesNoDescriptorBehind(String root, @TempDir Path dir)
      throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      long before = Long.MAX_VALUE;
      // the first round opens what stays: jars, and what the JVM itself has need of
      for (int round = 0; round < 2; round++) {
        reloadUnderLoad(
            reload ->
                forward(
                    root,
                    endpoint.address(),
                    "<Service name='reload'/><Spool dir='%s'/>".formatted(dir) + field(reload)));
        assertAllArrived(endpoint);
        Await.noThreadsBut(threadsBefore);
        endpoint.await("all connections to end", () -> endpoint.openConnections() == 0);
        long allowed = before;
        Await.until("descriptors to be closed", () -> Await.descriptors() <= allowed);
        before = Await.descriptors();
        endpoint.clear();
      }
      try (Stream<Path> left = Files.walk(dir)) {
        assertThat(left.filter(Files::isRegularFile)).as("what the spools hold").isEmpty();
      }
    }
  }

  private static void assertAllArrived(ForwardEndpoint endpoint) {
    int arrived = Math.toIntExact(Arrivals.countThenReset());
    assertThat(arrived).isBetween(EVENTS / 2, EVENTS);
    List<String> messages = messages(endpoint.await(arrived));
    assertThat(messages).hasSize(arrived).doesNotHaveDuplicates();
  }

  /** Reloads while threads log, then stops; returns how long that took. */
  private static Duration reloadUnderLoad(IntFunction<String> file) throws Exception {
    Semaphore permits = new Semaphore(0);
    Configured application = Configured.with(Form.XML, file.apply(0));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> log(application, permits), "logs-" + i);
      thread.start();
      threads.add(thread);
    }
    for (int reload = 1; reload <= RELOADS; reload++) {
      permits.release(EVENTS_A_RELOAD);
      application.configure(Form.XML, file.apply(reload));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long start = System.nanoTime();
    application.close();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void log(Configured application, Semaphore permits) {
    String name = Thread.currentThread().getName();
    for (int i = 0; i < EVENTS / THREADS; i++) {
      permits.acquireUninterruptibly();
      application.logger(name).info("{} {}", name, i);
    }
  }

  private static String forward(String root, String address, String elements) {
    return Configured.xml(
            Configured.appender(
                ShiplogFluentd.class,
                "endpoint='" + address + "'",
                "<Arrivals/><Chunk maxAge='5ms'/><Retry initial='1ms' max='20ms'/>" + elements))
        .replace("Root", root)
        .replace(
            "<Configuration>",
            "<Configuration packages='" + Arrivals.class.getPackageName() + "'>");
  }

  private static List<String> messages(List<ReceivedEvent> events) {
    return events.stream()
        .map(event -> Objects.requireNonNull(event.field("message")).toString())
        .toList();
  }
}
