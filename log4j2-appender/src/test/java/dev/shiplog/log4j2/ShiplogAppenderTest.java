package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShiplogAppenderTest {
  private static final String FAST = "<Chunk maxAge='5ms'/>";

  @Test
  void filters_decideAsInAnyAppender() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured =
            forwarding(
                endpoint,
                "<Filters><ThresholdFilter level='INFO'/>"
                    + "<RegexFilter regex='.*no.*' onMatch='DENY' onMismatch='NEUTRAL'/></Filters>"
                    + FAST)) {
      configured.logger("a").debug("low");
      configured.logger("a").info("not this");
      configured.logger("a").warn("this");

      assertThat(configured.told()).isEmpty();
      assertThat(messages(endpoint.await(1))).containsExactly("this");
    }
  }

  @Test
  void reload_keepsThePipelineAndLosesNothing() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured = forwarding(endpoint, FAST)) {
      ShiplogFluentd old = (ShiplogFluentd) configured.appender();
      configured.logger("a").info("before");

      configured.configure(Form.XML, body(endpoint, FAST));
      assertThat(old.isStarted()).isFalse();
      old.append(event("late"));
      configured.logger("a").info("after");

      assertThat(messages(endpoint.await(3))).containsExactly("before", "late", "after");
      assertThat(configured.appender()).isNotSameAs(old);
      assertThat(endpoint.connections()).isEqualTo(1);
      assertThat(configured.told()).isEmpty();
    }
  }

  @Test
  void stop_returnsAtOnceThoughTheEndpointIsDown() {
    Configured configured =
        Configured.withAppender(
            ShiplogFluentd.class,
            "endpoint='127.0.0.1:1' drainTimeout='2s' drainRemainder='drop'",
            "");
    configured.logger("a").info("nobody hears");
    long start = System.nanoTime();

    configured.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void eventBeforeStart_isTakenByNobodyAndThrowsNothing() {
    ShiplogStdout appender =
        new ShiplogStdout("NEVER-STARTED", null, Settings.defaults(Scope.STDOUT), "test");

    appender.append(event("nobody hears"));
    appender.append(event("nor this"));

    assertThat(appender.isStarted()).isFalse();
  }

  @Test
  void appender_canBeMadeInCode() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      FileValues values =
          new FileValues("code").set("endpoint", endpoint.address()).set("chunk.maxAge", "5ms");
      ShiplogFluentd appender =
          new ShiplogFluentd(
              "CODE",
              null,
              Settings.reader(Scope.FLUENTD).name("CODE").file(values).read(),
              "test");
      appender.start();
      appender.append(event("coded"));

      assertThat(messages(endpoint.await(1))).containsExactly("coded");
      appender.stop();
    }
  }

  @Test
  void eventOfOurOwnThreads_isRefusedWhoeverBringsIt() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured = forwarding(endpoint, FAST)) {
      LogEvent ours =
          Log4jLogEvent.newBuilder()
              .setLoggerName("some.library")
              .setLevel(Level.DEBUG)
              .setMessage(new SimpleMessage("recursion"))
              .setThreadName("shiplog-forward-" + configured.name)
              .build();
      configured.appender().append(ours);
      configured.logger("a").info("theirs");

      assertThat(messages(endpoint.await(1))).containsExactly("theirs");
      assertThat(Shiplog.meters().get(configured.name))
          .isNotNull()
          .satisfies(meters -> assertThat(meters.refused()).isEqualTo(1));
    }
  }

  @Test
  void asyncAppender_bringsWhatWasLoggedUnchanged() {
    int events = 500;
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured =
            Configured.with(
                Form.XML,
                "<Configuration><Appenders>"
                    + appender(endpoint, FAST)
                    + "<Async name='ASYNC'><AppenderRef ref='NAME'/></Async></Appenders>"
                    + "<Loggers><Root level='TRACE'><AppenderRef ref='ASYNC'/></Root></Loggers>"
                    + "</Configuration>")) {
      for (int i = 0; i < events; i++) {
        configured.logger("a").info("number {}", i);
      }

      assertThat(messages(endpoint.await(events)))
          .isEqualTo(IntStream.range(0, events).mapToObj(i -> "number " + i).toList());
      assertThat(endpoint.events().get(0).field("process.thread.name"))
          .isEqualTo(Thread.currentThread().getName());
    }
  }

  @Test
  void asyncLogger_bringsWhatWasLoggedUnchangedWithItsLocation() {
    int events = 500;
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured =
            Configured.with(
                Form.XML,
                "<Configuration><Appenders>"
                    + Configured.appender(
                        ShiplogFluentd.class,
                        "callerData='true' endpoint='" + endpoint.address() + "'",
                        FAST)
                    + "</Appenders><Loggers><AsyncRoot level='TRACE' includeLocation='true'>"
                    + "<AppenderRef ref='NAME'/></AsyncRoot></Loggers></Configuration>")) {
      for (int i = 0; i < events; i++) {
        configured.logger("a").info("number {}", i);
      }

      assertThat(messages(endpoint.await(events)))
          .isEqualTo(IntStream.range(0, events).mapToObj(i -> "number " + i).toList());
      assertThat(endpoint.events().get(0).fields())
          .containsEntry("process.thread.name", Thread.currentThread().getName())
          .containsEntry("log.origin.file.name", "ShiplogAppenderTest.java")
          .containsEntry(
              "log.origin.function", "asyncLogger_bringsWhatWasLoggedUnchangedWithItsLocation");
    }
  }

  private static LogEvent event(String message) {
    return Log4jLogEvent.newBuilder()
        .setLoggerName("a")
        .setLevel(Level.INFO)
        .setMessage(new SimpleMessage(message))
        .build();
  }

  private static Configured forwarding(ForwardEndpoint endpoint, String elements) {
    return Configured.with(Form.XML, body(endpoint, elements));
  }

  private static String body(ForwardEndpoint endpoint, String elements) {
    return Configured.xml(appender(endpoint, elements));
  }

  private static String appender(ForwardEndpoint endpoint, String elements) {
    return Configured.appender(
        ShiplogFluentd.class, "endpoint='" + endpoint.address() + "'", elements);
  }

  private static List<String> messages(List<ReceivedEvent> events) {
    return events.stream().map(event -> String.valueOf(event.fields().get("message"))).toList();
  }
}
