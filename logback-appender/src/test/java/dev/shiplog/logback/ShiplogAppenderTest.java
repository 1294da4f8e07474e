package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class ShiplogAppenderTest {
  private static final String FAST = "<chunk><maxAge>5ms</maxAge></chunk>";

  @Test
  void filters_decideAsInAnyAppender() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured =
            forwarding(
                endpoint,
                "<filter class='ch.qos.logback.classic.filter.ThresholdFilter'>"
                    + "<level>WARN</level></filter>")) {
      configured.logger("a").info("not this");
      configured.logger("a").warn("this");

      assertThat(messages(endpoint.await(1))).containsExactly("this");
    }
  }

  @Test
  void filterThatThrows_letsEventsPassAndIsTold() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured = forwarding(endpoint, "")) {
      FluentdAppender appender = (FluentdAppender) configured.appender("A");
      appender.addFilter(
          new Filter<ILoggingEvent>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
              throw new IllegalStateException("broken filter");
            }
          });

      configured.logger("a").info("one");
      configured.logger("a").info("two");

      assertThat(messages(endpoint.await(2))).containsExactly("one", "two");
      assertThat(configured.problems(FluentdAppender.class)).hasSize(1);
    }
  }

  @Test
  void valueThatLogs_losesNeitherEvent() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured = forwarding(endpoint, "")) {
      Logger logger = configured.logger("a");
      AtomicBoolean logged = new AtomicBoolean();
      Object talkative =
          new Object() {
            @Override
            public String toString() {
              if (logged.compareAndSet(false, true)) {
                logger.info("inner");
              }
              return "value";
            }
          };

      logger.atInfo().addKeyValue("talkative", talkative).log("outer");

      assertThat(messages(endpoint.await(2))).containsExactlyInAnyOrder("inner", "outer");
    }
  }

  @Test
  void reload_losesNothingThatReachedTheAppender() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured = forwarding(endpoint, "")) {
      Logger logger = configured.logger("a");
      FluentdAppender old = (FluentdAppender) configured.appender("A");
      logger.info("before");

      configured.reconfigure(body(endpoint, ""));
      old.doAppend(event(logger, "late"));
      logger.info("after");

      assertThat(messages(endpoint.await(3))).containsExactly("before", "late", "after");
      assertThat(configured.appender("A")).isNotSameAs(old);
      assertThat(endpoint.connections()).isEqualTo(1);
    }
  }

  @Test
  void stop_returnsAtOnceThoughTheEndpointIsDown() {
    Configured configured =
        Configured.withAppender(
            FluentdAppender.class,
            "<endpoint>127.0.0.1:1</endpoint><drainTimeout>2s</drainTimeout>"
                + "<drainRemainder>drop</drainRemainder>");
    configured.logger("a").info("nobody hears");
    long start = System.nanoTime();

    configured.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void eventBeforeStart_isToldOnce() {
    LoggerContext context = new LoggerContext();
    StdoutAppender appender = new StdoutAppender();
    appender.setContext(context);

    assertThatCode(
            () -> {
              appender.doAppend(new LoggingEvent());
              appender.doAppend(new LoggingEvent());
            })
        .doesNotThrowAnyException();

    assertThat(context.getStatusManager().getCount()).isEqualTo(1);
  }

  @Test
  void put_configuresInCode() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      LoggerContext context = new LoggerContext();
      FluentdAppender appender = new FluentdAppender();
      appender.setContext(context);
      appender.setName("CODE");
      appender.put("endpoint", endpoint.address());
      appender.put("chunk.maxAge", "5ms");
      appender.start();
      Logger logger = context.getLogger("a");
      appender.doAppend(event(logger, "coded"));

      assertThat(messages(endpoint.await(1))).containsExactly("coded");
      appender.stop();
      assertThat(appender.isStarted()).isFalse();
      assertThat(context.getStatusManager().getCopyOfStatusListenerList()).isEmpty();
    }
  }

  private static LoggingEvent event(Logger logger, String message) {
    return new LoggingEvent(
        "test",
        (ch.qos.logback.classic.Logger) logger,
        ch.qos.logback.classic.Level.INFO,
        message,
        null,
        null);
  }

  private static Configured forwarding(ForwardEndpoint endpoint, String elements) {
    return Configured.with(body(endpoint, elements));
  }

  private static String body(ForwardEndpoint endpoint, String elements) {
    return Configured.appender(
        FluentdAppender.class, "<endpoint>" + endpoint.address() + "</endpoint>" + FAST + elements);
  }

  private static List<String> messages(List<ReceivedEvent> events) {
    return events.stream()
        .map(event -> String.valueOf(Objects.requireNonNull(event.field("message"))))
        .toList();
  }
}
