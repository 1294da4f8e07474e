package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.faults.ReservedPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logback is configured anew, again and again, while threads log. */
@Timeout(60)
class ReloadTest {
  private static final int RELOADS = 10;
  private static final int THREADS = 3;
  private static final int EVENTS_A_RELOAD = 100 * THREADS;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private Set<Thread> threadsBefore = Set.of();

  @BeforeEach
  void lookAround() {
    threadsBefore = Await.threads();
    Arrivals.countThenReset();
  }

  @Test
  void reload_losesNothingWithEqualSettings() throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      reloadUnderLoad(reload -> forward(endpoint.address(), ""));

      assertAllArrived(endpoint);
      assertThat(endpoint.connections())
          .as("appenders take the pipeline of the one before over")
          .isLessThan(RELOADS);
      Await.noThreadsBut(threadsBefore);
      endpoint.await("all connections to end", () -> endpoint.openConnections() == 0);
    }
  }

  @Test
  void reload_losesNothingWithOtherSettings() throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      reloadUnderLoad(
          reload -> forward(endpoint.address(), "<field>reload=" + reload + "</field>"));

      assertAllArrived(endpoint);
      assertThat(endpoint.events().stream().map(event -> event.field("reload")).distinct())
          .hasSizeGreaterThan(1);
      Await.noThreadsBut(threadsBefore);
      endpoint.await("all connections to end", () -> endpoint.openConnections() == 0);
    }
  }

  @Test
  void reload_isSwiftAndLosesNothingWhileTheEndpointIsDown() throws Exception {
    try (ReservedPort port = new ReservedPort()) {
      Duration slowest = reloadUnderLoad(reload -> forward(port.address(), ""));
      assertThat(slowest).isLessThan(AT_ONCE);

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        assertAllArrived(endpoint);
        Await.noThreadsBut(threadsBefore);
      }
    }
  }

  @Test
  void reload_losesNothingWithASpoolAndEqualSettings(@TempDir Path dir) throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      reloadUnderLoad(reload -> forward(endpoint.address(), spool(dir)));

      assertAllArrived(endpoint);
      Await.noThreadsBut(threadsBefore);
      assertThat(dir.resolve("reload").resolve("A")).isEmptyDirectory();
    }
  }

  @Test
  void reload_leavesTheSpoolToTheNextWithOtherSettingsWhileTheEndpointIsDown(@TempDir Path dir)
      throws Exception {
    try (ReservedPort port = new ReservedPort()) {
      Duration slowest =
          reloadUnderLoad(
              reload ->
                  forward(
                      port.address(),
                      spool(dir)
                          + "<drainTimeout>1ms</drainTimeout><field>reload="
                          + reload
                          + "</field>"));
      assertThat(slowest).isLessThan(AT_ONCE);
      Await.noThreadsBut(threadsBefore);

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder());
          Configured next = Configured.with(forward(port.address(), spool(dir)))) {
        assertThat(next.problems()).isEmpty();
        assertAllArrived(endpoint);
      }
    }
  }

  @Test
  void reload_leavesNoDescriptorBehind(@TempDir Path dir) throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      long before = Long.MAX_VALUE;
      // the first round opens what stays: jars, and what the JVM itself has need of
      for (int round = 0; round < 2; round++) {
        reloadUnderLoad(
            reload ->
                forward(endpoint.address(), spool(dir) + "<field>reload=" + reload + "</field>"));
        assertAllArrived(endpoint);
        Await.noThreadsBut(threadsBefore);
        endpoint.await("all connections to end", () -> endpoint.openConnections() == 0);
        long allowed = before;
        Await.until("descriptors to be closed", () -> Await.descriptors() <= allowed);
        before = Await.descriptors();
        endpoint.clear();
      }
    }
  }

  private static String spool(Path dir) {
    return "<service><name>reload</name></service><spool><dir>" + dir + "</dir></spool>";
  }

  private static void assertAllArrived(ForwardEndpoint endpoint) {
    int arrived = Math.toIntExact(Arrivals.countThenReset());
    assertThat(arrived).isGreaterThan(RELOADS);
    List<String> messages = messages(endpoint.await(arrived));
    assertThat(messages).hasSize(arrived).doesNotHaveDuplicates();
  }

  /** Reloads while threads log, then stops; returns how long the slowest reset or stop took. */
  private static Duration reloadUnderLoad(IntFunction<String> configuration) throws Exception {
    Semaphore permits = new Semaphore(0);
    Configured application = Configured.with(configuration.apply(0));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> log(application, permits), "logs-" + i);
      thread.start();
      threads.add(thread);
    }
    Duration slowest = Duration.ZERO;
    for (int reload = 1; reload <= RELOADS; reload++) {
      permits.release(EVENTS_A_RELOAD);
      slowest = longer(slowest, timed(application.context::reset));
      application.reconfigure(configuration.apply(reload));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return longer(slowest, timed(application::close));
  }

  private static void log(Configured application, Semaphore permits) {
    String name = Thread.currentThread().getName();
    for (int i = 0; i < RELOADS * EVENTS_A_RELOAD / THREADS; i++) {
      permits.acquireUninterruptibly();
      application.logger(name).info("{} {}", name, i);
    }
  }

  private static Duration timed(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String forward(String address, String elements) {
    return Configured.appender(
        FluentdAppender.class,
        Arrivals.FILTER
            + "<endpoint>"
            + address
            + "</endpoint><chunk><maxAge>5ms</maxAge></chunk>"
            + "<retry><initial>1ms</initial><max>20ms</max></retry>"
            + elements);
  }

  private static List<String> messages(List<ReceivedEvent> events) {
    return events.stream()
        .map(event -> Objects.requireNonNull(event.field("message")).toString())
        .toList();
  }
}
