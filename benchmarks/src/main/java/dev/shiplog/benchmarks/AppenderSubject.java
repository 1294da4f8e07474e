package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import dev.shiplog.Shiplog;
import dev.shiplog.logback.FluentdAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** shiplog's own appender, with acknowledgements, as by default. */
final class AppenderSubject implements ForwardSubject {
  /** Appenders with equal settings inherit pipelines; each of these is to start afresh. */
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final ForwardSubject logger;
  private final @Nullable Path spool;

  private AppenderSubject(
      LoggerContext context, int port, Map<String, String> settings, boolean spooled) {
    FluentdAppender appender = new FluentdAppender();
    String name = "FLUENTD-" + NUMBER.incrementAndGet();
    appender.setName(name);
    appender.put("endpoint", "127.0.0.1:" + port);
    appender.put("service.name", LogbackEncoder.SERVICE);
    settings.forEach(appender::put);
    spool = spooled ? temporaryFolder() : null;
    if (spool != null) {
      appender.put("spool.dir", spool.toString());
      deleteAtExit(name, spool);
    }
    logger = new LoggerSubject(context, appender);
    awaitSpool(name);
  }

  /** One with the bounds that it has by default; in memory, or in a temporary spool. */
  static AppenderSubject byDefault(LoggerContext context, int port, boolean spooled) {
    return new AppenderSubject(context, port, Map.of(), spooled);
  }

  /**
   * One with as many unacknowledged chunks as is said and room for what Fluency has room for by
   * default, so that neither drops what the other would have kept.
   */
  static AppenderSubject roomy(LoggerContext context, int port, int inFlight, boolean spooled) {
    Map<String, String> settings =
        Map.of(
            "chunk.inFlight", Integer.toString(inFlight),
            "buffer.maxBytes", "512MB",
            "spool.maxBytes", "512MB");
    return new AppenderSubject(context, port, settings, spooled);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("shiplog-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until the spool is open events go to memory, which is not what is measured. */
  private void awaitSpool(String appender) {
    while (spool != null
        && Objects.requireNonNull(Shiplog.meters().get(appender)).spoolBytes() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void log(int index) throws IOException {
    logger.log(index);
  }

  /** What the hook does at the end of the JVM, and what the context does. */
  @Override
  public void close() throws IOException {
    Shiplog.drain(Duration.ofSeconds(5));
    logger.close();
  }

  /**
   * At the end of the JVM, since the pipeline closes in the background and makes its files anew
   * until it has: waiting for that would be counted as time of the close.
   */
  private static void deleteAtExit(String appender, Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  long end = System.nanoTime() + CLOSING.toNanos();
                  while (Shiplog.meters().containsKey(appender) && System.nanoTime() - end < 0) {
                    LockSupport.parkNanos(1_000_000);
                  }
                  delete(folder);
                },
                "delete " + folder));
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
