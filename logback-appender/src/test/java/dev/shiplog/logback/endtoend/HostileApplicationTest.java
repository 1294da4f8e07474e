package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.Meters;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.worker.ShiplogThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

/** What an application does to its logging in good faith. */
@Timeout(60)
class HostileApplicationTest {
  private ForwardEndpoint endpoint;
  private Configured application;
  private Logger logger;

  @BeforeEach
  void start() {
    endpoint = ForwardEndpoint.start();
    application =
        Configured.withAppender(
            FluentdAppender.class,
            "<endpoint>%s</endpoint><objects>string</objects><chunk><maxAge>5ms</maxAge></chunk>"
                    .formatted(endpoint.address())
                + "<drainRemainder>drop</drainRemainder>");
    logger = application.logger("hostile");
  }

  @AfterEach
  void stop() {
    application.close();
    endpoint.close();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void valueThatThrows_isTextInItsPlace(Throwable failure) {
    Object value = saying(() -> sneak(failure));

    logger.atInfo().addKeyValue("value", value).addKeyValue("after", 1).log("said {}", value);
    logger.info("next");

    List<ReceivedEvent> events = endpoint.await(2);
    assertThat(events.get(0).fields())
        .containsEntry("value", "<unrepresentable: " + failure.getClass().getName() + ">")
        .containsEntry("after", 1L)
        .containsEntry("message", "said [FAILED toString()]");
    assertThat(events.get(1).field("message")).isEqualTo("next");
    assertThat(Account.settled("A").delivered()).isEqualTo(2);
  }

  static Stream<Named<Throwable>> failures() {
    return Stream.of(
            new IllegalStateException("broken"),
            new Exception("checked"),
            new AssertionError("an error of its own"),
            new NoClassDefFoundError("gone/Missing"),
            new StackOverflowError())
        .peek(failure -> failure.setStackTrace(new StackTraceElement[0])) // SLF4J prints it
        .map(failure -> Named.of(failure.getClass().getSimpleName(), failure));
  }

  @Test
  void valueThatCallsItself_isTextInItsPlace() {
    Object[] self = new Object[1];
    self[0] = saying(() -> "again " + self[0]);

    logger.atInfo().addKeyValue("value", self[0]).log("recursive");

    assertThat(endpoint.await(1).get(0).field("value"))
        .isEqualTo("<unrepresentable: java.lang.StackOverflowError>");
  }

  @Test
  void valueForWhichMemoryIsOut_endsTheCallAndLeavesNoTrace() {
    Object value = saying(() -> sneak(new OutOfMemoryError("not really")));

    assertThatThrownBy(() -> logger.atInfo().addKeyValue("value", value).log("never"))
        .isInstanceOf(OutOfMemoryError.class);
    logger.info("next");

    assertThat(endpoint.await(1).get(0).field("message")).isEqualTo("next");
    assertThat(Account.settled("A").accepted()).isEqualTo(1);
  }

  @Test
  void valueThatLogs_losesNoEvent() {
    AtomicInteger depth = new AtomicInteger();
    Object[] self = new Object[1];
    self[0] =
        saying(
            () -> {
              int level = depth.incrementAndGet();
              if (level < 5) {
                logger.atInfo().addKeyValue("inner", self[0]).log("{}", level);
              }
              return "said " + level;
            });

    logger.atInfo().addKeyValue("outer", self[0]).log("outer");

    List<Object> messages = new ArrayList<>();
    endpoint.await(5).forEach(event -> messages.add(event.field("message")));
    assertThat(messages).containsExactly("4", "3", "2", "1", "outer");
    assertThat(Account.settled("A").delivered()).isEqualTo(5);
  }

  @Test
  void shiplogsOwnThreads_areRefusedAndCounted() throws InterruptedException {
    Thread own = new ShiplogThread("shiplog-test", () -> logger.info("from within"));
    own.start();
    own.join();
    logger.info("from the application");

    assertThat(endpoint.await(1).get(0).field("message")).isEqualTo("from the application");
    Meters.Snapshot account = Account.settled("A");
    assertThat(account.refused()).isEqualTo(1);
    assertThat(account.offered()).isEqualTo(2);
  }

  @Test
  void interruptedThreads_keepTheirFlagAndLoseNothing() throws InterruptedException {
    int events = 2_000;
    AtomicInteger logged = new AtomicInteger();
    AtomicBoolean flagLost = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              while (logged.get() < events) {
                boolean before = Thread.currentThread().isInterrupted();
                logger.info("{}", logged.incrementAndGet());
                // taking the flag down lets the next interrupt come at any moment
                if (before && !Thread.interrupted()) {
                  flagLost.set(true);
                }
              }
            });
    caller.start();
    while (caller.isAlive()) {
      caller.interrupt();
      caller.join(1);
    }

    assertThat(flagLost).isFalse();
    assertThat(endpoint.await(events)).hasSize(events);
    assertThat(Account.settled("A").delivered()).isEqualTo(events);
    assertThat(endpoint.connections()).as("no connection broke").isEqualTo(1);
  }

  private static Object saying(Supplier<String> text) {
    return new Object() {
      @Override
      public String toString() {
        return text.get();
      }
    };
  }

  /** Throws anything, checked or not. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> String sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
