package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.endtoend.ChildApplication.End;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.TestAuthority;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.testkit.faults.ReservedPort;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process comes to its end with events in its buffer. */
@Timeout(60)
class ShutdownTest {
  private static final int EVENTS = 300;

  /** Enough that to write them takes longer than what the drain timeout leaves for it. */
  private static final int MANY_EVENTS = 20_000;

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

  /** After so long Docker kills. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final String SOON = "<chunk><maxAge>1ms</maxAge></chunk>";

  @TempDir Path folder;

  @Test
  void signal_leavesTheRemainderOnStdoutWhenThePortIsRefused() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Child child = child(port.address(), "", End.SIGNAL)) {
      assertEndsInTimeAtSignal(child);
      assertSpilled(child);
    }
  }

  @Test
  void signal_leavesTheRemainderOnStdoutWhenTheEndpointStalls() throws Exception {
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder().behave(Faults.stall()).receiveBuffer(4096).start();
        Child child = child(endpoint.address(), SOON, End.SIGNAL)) {
      endpoint.await("a connection", () -> endpoint.connections() > 0);
      assertEndsInTimeAtSignal(child);
      assertSpilled(child);
    }
  }

  /** In the handshake, and when it is over and the first chunk is on its way. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void signal_leavesTheRemainderOnStdoutWhenTheEndpointStallsUnderTls(boolean greets)
      throws Exception {
    TestAuthority authority = TestAuthority.create();
    Path ca = Files.writeString(folder.resolve("ca.pem"), authority.pem());
    AtomicBoolean stalls = new AtomicBoolean();
    Behaviour greetThenStall =
        connection -> {
          if (greets) {
            boolean unused = connection.skip(1);
          }
          stalls.set(true);
          Faults.stall().serve(connection);
        };
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .tls(authority.issue("127.0.0.1"))
                .behave(greetThenStall)
                .receiveBuffer(4096)
                .start();
        Child child =
            child(endpoint.address(), SOON + "<tls><ca>" + ca + "</ca></tls>", End.SIGNAL)) {
      endpoint.await("a connection that stalls", stalls::get);
      assertEndsInTimeAtSignal(child);
      assertSpilled(child);
    }
  }

  @Test
  void signal_dropsTheRemainderAndCountsItWhenToldTo() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Child child = child(port.address(), "<drainRemainder>drop</drainRemainder>", End.SIGNAL)) {
      assertEndsInTimeAtSignal(child);
      assertThat(records(child)).isEmpty();
      assertThat(child.stderr())
          .contains("accepted=%d delivered=0 spilled=0 stopped=%d".formatted(EVENTS, EVENTS));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"QUIET_SIGNAL", "RETURN", "STOP"})
  void end_leavesTheRemainderInTheSpoolForTheNextLifeWhenTheEndpointIsDown(End end)
      throws Exception {
    String spool =
        "<service><name>child</name></service><spool><dir>%s</dir></spool>"
            .formatted(folder.resolve("spool"));
    try (ReservedPort port = new ReservedPort();
        Child child = child(port.address(), spool, end)) {
      if (end == End.QUIET_SIGNAL) {
        child.terminate();
      }
      assertThat(child.awaitEnd()).isLessThan(GRACE);
      assertThat(records(child)).isEmpty();

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder());
          Configured next =
              Configured.withAppender(
                  FluentdAppender.class, "<endpoint>" + port.address() + "</endpoint>" + spool)) {
        assertThat(endpoint.await(EVENTS)).hasSize(EVENTS);
        assertThat(Account.settled("A").recovered()).isEqualTo(EVENTS);
        assertThat(next.problems()).isEmpty();
      }
    }
  }

  @Test
  void twoProcesses_leaveWhatTheyHaveInOneSpoolFolder() throws Exception {
    String spool =
        "<service><name>child</name></service><spool><dir>%s</dir></spool>"
            .formatted(folder.resolve("spool"));
    try (ReservedPort port = new ReservedPort();
        Child one = child(port.address(), spool, End.QUIET_SIGNAL);
        Child other = child(port.address(), spool, End.QUIET_SIGNAL)) {
      one.terminate();
      other.terminate();
      one.awaitEnd();
      other.awaitEnd();

      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder());
          Configured next =
              Configured.withAppender(
                  FluentdAppender.class, "<endpoint>" + port.address() + "</endpoint>" + spool)) {
        assertThat(endpoint.await(2 * EVENTS)).hasSize(2 * EVENTS);
        assertThat(next.problems()).isEmpty();
        assertThat(Account.settled("A").recovered()).isEqualTo(2 * EVENTS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"RETURN", "STOP"})
  void end_deliversEverythingToAnEndpointThatIsUp(End end) throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Child child = child(endpoint.address(), "<chunk><maxAge>1m</maxAge></chunk>", end)) {
      assertThat(child.awaitEnd()).isLessThan(GRACE);
      assertThat(child.exitValue()).isZero();
      assertThat(endpoint.await(EVENTS)).hasSize(EVENTS);
      assertThat(records(child)).isEmpty();
    }
  }

  @Test
  void signal_deliversWhatIsLoggedWhileTheApplicationCloses() throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Child child =
            child(endpoint.address(), "<chunk><maxAge>1m</maxAge></chunk>", End.BUSY_SIGNAL)) {
      assertEndsInTimeAtSignal(child);
      assertThat(endpoint.await(EVENTS + ChildApplication.LATE_EVENTS))
          .hasSize(EVENTS + ChildApplication.LATE_EVENTS);
      assertThat(records(child)).isEmpty();
    }
  }

  @Test
  void end_deliversWhatIsLoggedThroughAnAppenderThatStartsAtTheEnd() throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Child child =
            Child.application(
                folder,
                LateStartApplication.class,
                "<endpoint>" + endpoint.address() + "</endpoint>")) {
      assertThat(child.awaitEnd()).isLessThan(GRACE);
      assertThat(endpoint.await(1)).hasSize(1);
      assertThat(records(child)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"RETURN", "STOP"})
  void end_leavesTheRemainderOnStdoutWhenTheEndpointIsDown(End end) throws Exception {
    try (ReservedPort port = new ReservedPort();
        Child child = child(MANY_EVENTS, port.address(), "", end)) {
      assertThat(child.awaitEnd()).isLessThan(GRACE);
      assertThat(child.exitValue()).isZero();
      assertEventsAreOnStdout(MANY_EVENTS, child);
    }
  }

  private Child child(String address, String elements, End end) throws IOException {
    Child child = child(EVENTS, address, elements, end);
    if (end != End.RETURN && end != End.STOP) {
      child.awaitLine("waiting");
    }
    return child;
  }

  private Child child(int events, String address, String elements, End end) throws IOException {
    Child child =
        Child.application(
            folder,
            ChildApplication.class,
            "<endpoint>%s</endpoint><drainTimeout>%dms</drainTimeout>%s"
                .formatted(address, DRAIN_TIMEOUT.toMillis(), elements),
            String.valueOf(events),
            end.name());
    child.awaitLine("ready");
    return child;
  }

  private static void assertEndsInTimeAtSignal(Child child) throws InterruptedException {
    child.terminate();
    assertThat(child.awaitEnd()).isLessThan(GRACE);
  }

  private static void assertSpilled(Child child) throws IOException {
    assertEventsAreOnStdout(EVENTS, child);
    assertThat(child.stderr())
        .contains("accepted=%d delivered=0 spilled=%d stopped=0".formatted(EVENTS, EVENTS));
  }

  private static void assertEventsAreOnStdout(int events, Child child) throws IOException {
    List<Map<String, @Nullable Object>> records = records(child);
    assertThat(records.stream().map(record -> record.get("number")).toList())
        .isEqualTo(IntStream.range(0, events).mapToObj(BigInteger::valueOf).toList());
    assertThat(child.stdout())
        .allSatisfy(
            line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(16 * 1024));
    assertThat(records.get(events - 1)).containsKey("event.truncated");
  }

  private static List<Map<String, @Nullable Object>> records(Child child) throws IOException {
    return CapturedStdout.records(child.stdout());
  }
}
