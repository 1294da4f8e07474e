package dev.shiplog.fluency;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import dev.shiplog.Shiplog;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.FluentdGroups;
import dev.shiplog.status.Meters;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's own Logback, which Fluency logs to as well, with one appender of ours on its
 * root at TRACE; the appender is stopped and taken away when this is closed.
 */
final class Application implements AutoCloseable {
  static final String NAME = "FLUENCY";
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
  private final FluentdAppender appender = new FluentdAppender();

  Application(String address, Consumer<FluentdAppender> settings) {
    context.getStatusManager().clear();
    appender.setContext(context);
    appender.setName(NAME);
    appender.addEndpoint(address);
    appender.setTransport("fluency");
    FluentdGroups.Chunk chunk = new FluentdGroups.Chunk();
    chunk.setMaxAge("5ms");
    appender.setChunk(chunk);
    FluentdGroups.Retry retry = new FluentdGroups.Retry();
    retry.setInitial("1ms");
    retry.setMax("50ms");
    appender.setRetry(retry);
    settings.accept(appender);
    appender.start();
    root.detachAndStopAllAppenders();
    root.setLevel(Level.TRACE);
    root.addAppender(appender);
  }

  Logger logger(String name) {
    return context.getLogger(name);
  }

  /** The appender's meters; they balance. */
  Meters.Snapshot meters() {
    Meters.Snapshot snapshot = Objects.requireNonNull(Shiplog.meters().get(NAME), "meters");
    assertThat(snapshot.balanced()).as("%s", snapshot).isTrue();
    return snapshot;
  }

  /** What the appender told, at WARN or above. */
  List<String> problems() {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getOrigin() == appender && status.getLevel() >= Status.WARN)
        .map(Status::getMessage)
        .toList();
  }

  /** Waits for what nobody announces. */
  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Returns at once, and waits then until the appender's pipeline is no more. */
  @Override
  public void close() {
    long before = System.nanoTime();
    root.detachAppender(appender);
    appender.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    until("the end of the pipeline", () -> !Shiplog.meters().containsKey(NAME));
  }
}
