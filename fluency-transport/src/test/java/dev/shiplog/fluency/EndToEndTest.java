package dev.shiplog.fluency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.FluentdGroups;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.TestAuthority;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.testkit.faults.ReservedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** An appender with {@code transport=fluency}, from the call to the endpoint. */
@Timeout(120)
class EndToEndTest {
  private static final int EVENTS = 2_000;

  /** After so long Docker kills. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void events_arriveInOrder() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Application application = new Application(endpoint.address(), appender -> {})) {
      log(application, 0, EVENTS);

      assertThat(messages(endpoint.await(EVENTS))).containsExactlyElementsOf(expected(EVENTS));
      assertThat(application.problems()).isEmpty();
      // the endpoint has them before we have its answer
      Application.until("an acknowledgement", () -> application.meters().chunksAcked() > 0);
    }
  }

  @Test
  void endpointThatDiesAgainAndAgain_costsNoEvent() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Application application = new Application(port.address(), appender -> {})) {
      int lives = 4;
      List<String> arrived = new ArrayList<>();
      for (int life = 0; life < lives; life++) {
        int from = life * EVENTS;
        CompletableFuture<Void> logging =
            CompletableFuture.runAsync(() -> log(application, from, from + EVENTS));
        // the first ones store and do not acknowledge, or die in the middle of a chunk
        Behaviour behaviour =
            switch (life) {
              case 0 -> Faults.closeBeforeAck();
              case 1 -> Faults.cutAfter(10_000);
              case 2 -> Faults.splitAck();
              default -> Behaviour.acknowledging();
            };
        try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder().behave(behaviour))) {
          logging.join();
          if (life == lives - 1) {
            Application.until("all events", () -> application.meters().pending() == 0);
          } else {
            endpoint.await("a connection", () -> endpoint.connections() > 0);
          }
          arrived.addAll(messages(endpoint.events()));
        }
      }

      assertThat(arrived).containsAll(expected(lives * EVENTS));
      assertThat(application.meters().delivered()).isEqualTo((long) lives * EVENTS);
      assertThat(application.meters().droppedTotal()).isZero();
    }
  }

  @Test
  void whatFluencyLogs_isRefusedAndCounted() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Application application = new Application(endpoint.address(), appender -> {})) {
      // as it does on a thread of its own for each acknowledgement, which it reads at TRACE
      log(application, 0, 100);
      Application.until("all events", () -> application.meters().delivered() == 100);
      Application.until("what Fluency logs", () -> application.meters().refused() > 0);

      assertThat(application.meters().accepted()).isEqualTo(100);
      assertThat(endpoint.events())
          .extracting(event -> event.field("log.logger"))
          .containsOnly("test");
    }
  }

  @Test
  void spooledChunk_isTheSameInTheNextLife() throws Exception {
    Consumer<FluentdAppender> spooled =
        appender -> {
          FluentdGroups.Spool spool = new FluentdGroups.Spool();
          spool.setDir(folder.resolve("spool").toString());
          appender.setSpool(spool);
          appender.setDrainTimeout("1ms");
        };
    try (ReservedPort port = new ReservedPort()) {
      Set<String> sent;
      try (ForwardEndpoint endpoint =
              port.open(ForwardEndpoint.builder().behave(Faults.closeBeforeAck()));
          Application first = new Application(port.address(), spooled)) {
        Application.until("the spool", () -> first.meters().spoolBytes() > 0);
        log(first, 0, 100);
        endpoint.await("a chunk", () -> !endpoint.frames().isEmpty());
        sent = chunks(endpoint);
        assertThat(first.problems()).noneMatch(told -> told.contains("fluentd.transport"));
      }
      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder());
          Application second = new Application(port.address(), spooled)) {
        Application.until("all events", () -> second.meters().delivered() == 100);
        assertThat(second.meters().recovered()).isEqualTo(100);
        assertThat(messages(endpoint.distinctEvents()))
            .containsExactlyInAnyOrderElementsOf(expected(100));
        assertThat(chunks(endpoint)).containsAll(sent);
      }
    }
  }

  private static Set<String> chunks(ForwardEndpoint endpoint) {
    return endpoint.frames().stream()
        .map(frame -> Objects.requireNonNull(frame.chunk()))
        .collect(Collectors.toSet());
  }

  @Test
  void tls_isSpokenByTheBuiltinClientInstead() throws Exception {
    TestAuthority authority = TestAuthority.create();
    Path ca = Files.writeString(folder.resolve("ca.pem"), authority.pem());
    FluentdGroups.Tls tls = new FluentdGroups.Tls();
    tls.setCa(ca.toString());
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder().tls(authority.issue("127.0.0.1")).start();
        Application application =
            new Application(endpoint.address(), appender -> appender.setTls(tls))) {
      log(application, 0, 100);

      assertThat(messages(endpoint.await(100))).containsExactlyElementsOf(expected(100));
      assertThat(endpoint.problems()).isEmpty();
      assertThat(application.problems())
          .singleElement()
          .asString()
          .startsWith("fluentd.transport: fluency, cannot do tls.* (")
          .endsWith("builtin is used");
    }
  }

  @Test
  void tls_letsNoByteOutInTheClearWhoeverListens() throws Exception {
    FluentdGroups.Tls tls = new FluentdGroups.Tls();
    tls.setEnabled("true");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<byte[]> heard =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = listener.accept()) {
                  return socket.getInputStream().readNBytes(100);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      try (Application application =
          new Application(
              "127.0.0.1:" + listener.getLocalPort(),
              appender -> {
                appender.setTls(tls);
                appender.setDrainTimeout("1ms");
                appender.setDrainRemainder("drop");
              })) {
        log(application, 0, 1);
        byte[] hello = heard.get(30, TimeUnit.SECONDS);

        assertThat(hello).as("a TLS record, handshake").startsWith(0x16, 0x03);
        assertThat(new String(hello, StandardCharsets.ISO_8859_1)).doesNotContain("event");
        assertThat(application.meters().delivered()).isZero();
      }
    }
  }

  @Test
  void stalledEndpoint_doesNotHoldTheEndOfTheProcess() throws Exception {
    try (ForwardEndpoint endpoint =
        ForwardEndpoint.builder().receiveBuffer(4096).behave(Faults.stall()).start()) {
      Process child =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Child.class.getName(),
                  endpoint.address())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      try {
        endpoint.await("a connection", () -> endpoint.connections() > 0);
        long connected = System.nanoTime();
        child.getOutputStream().close();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - connected)).isLessThan(GRACE);
        assertThat(child.exitValue()).isZero();
      } finally {
        Process unused = child.destroyForcibly().onExit().join();
      }
    }
  }

  /** Logs more than the window holds and returns from main when its stdin ends. */
  static final class Child {
    public static void main(String[] arguments) throws IOException {
      Application application =
          new Application(
              arguments[0],
              appender -> {
                appender.setDrainTimeout("1s");
                FluentdGroups.Chunk chunk = new FluentdGroups.Chunk();
                chunk.setMaxBytes("8MB");
                chunk.setMaxAge("10ms");
                appender.setChunk(chunk);
              });
      Logger logger = application.logger("test");
      for (int i = 0; i < 2_000; i++) {
        logger.info("{}", "x".repeat(10_000));
      }
      int unused = System.in.read();
    }
  }

  private static void log(Application application, int from, int to) {
    Logger logger = application.logger("test");
    for (int i = from; i < to; i++) {
      logger.info("event {}", i);
    }
  }

  private static List<String> expected(int events) {
    return IntStream.range(0, events).mapToObj(i -> "event " + i).toList();
  }

  private static List<String> messages(List<ReceivedEvent> events) {
    return events.stream()
        .map(event -> Objects.requireNonNull(event.field("message")).toString())
        .toList();
  }
}
