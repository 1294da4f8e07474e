package dev.shiplog.spring.actuator;

import dev.shiplog.Shiplog;
import dev.shiplog.event.Severity;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters.Snapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of every pipeline in Micrometer's registries, as {@code shiplog.*} with the tag {@code
 * appender}: they come and go with the pipeline, and what a registry reads in one go is of one
 * moment. Safe for any thread.
 */
final class PipelineMeters implements MeterBinder, AutoCloseable {
  private static final String EVENTS = "events";
  private static final String BYTES = "bytes";

  private final Scrape scrape;
  private final Runnable endWatch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<MeterRegistry, Map<String, Appender>> shown = new HashMap<>();

  PipelineMeters() {
    this(Shiplog::meters, Shiplog::watch, System::nanoTime);
  }

  /**
   * With the pipelines of somebody else.
   *
   * @param watch calls what it is given when {@code meters} has other names than before; what it
   *     returns ends that
   */
  PipelineMeters(
      Supplier<Map<String, Snapshot>> meters,
      Function<Runnable, Runnable> watch,
      LongSupplier nanoClock) {
    this.scrape = new Scrape(meters, nanoClock);
    this.endWatch = watch.apply(this::follow);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    lock.lock();
    try {
      shown.computeIfAbsent(registry, added -> new HashMap<>());
    } finally {
      lock.unlock();
    }
    follow();
  }

  /** Shows the pipelines that came, and no longer those that went. */
  private void follow() {
    lock.lock();
    try {
      Set<String> names = scrape.now().keySet();
      shown.forEach(
          (registry, appenders) -> {
            appenders
                .values()
                .removeIf(appender -> !names.contains(appender.name) && appender.remove());
            names.forEach(
                name -> appenders.computeIfAbsent(name, added -> new Appender(registry, name)));
          });
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    endWatch.run();
  }

  /** One pipeline's, in one registry. */
  private final class Appender {
    private final MeterRegistry registry;
    private final String name;
    private final List<Meter> registered = new ArrayList<>();

    Appender(MeterRegistry registry, String name) {
      this.registry = registry;
      this.name = name;
      counter("accepted", EVENTS, Snapshot::accepted);
      counter("refused", EVENTS, Snapshot::refused);
      counter("recovered", EVENTS, Snapshot::recovered);
      counter("delivered", EVENTS, Snapshot::delivered);
      counter("truncated", EVENTS, Snapshot::truncated);
      counter("retagged", EVENTS, Snapshot::retagged);
      counter("renamed", "objects", Snapshot::renamed);
      counter("encode.failures", EVENTS, Snapshot::encodeFailures);
      counter(BYTES, BYTES, Snapshot::bytes);
      for (DropReason reason : DropReason.values()) {
        for (Severity level : Severity.values()) {
          Tags tags = tags().and("reason", lower(reason), "level", lower(level));
          counter("dropped", EVENTS, tags, at -> dropped(at, reason, level));
        }
      }
      counter("chunks", "chunks", tags().and("outcome", "acked"), Snapshot::chunksAcked);
      counter("chunks", "chunks", tags().and("outcome", "retried"), Snapshot::chunksRetried);
      counter("chunks", "chunks", tags().and("outcome", "rejected"), Snapshot::chunksRejected);
      registered.add(
          FunctionTimer.builder(
                  "shiplog.ack.latency",
                  this,
                  at -> at.readLong(Snapshot::chunksAcked),
                  at -> at.read(Snapshot::ackNanos),
                  TimeUnit.NANOSECONDS)
              .tags(tags())
              .register(registry));
      gauge("pending", EVENTS, Snapshot::pending);
      gauge("buffer.size", BYTES, Snapshot::bufferBytes);
      gauge("spool.size", BYTES, Snapshot::spoolBytes);
      gauge("endpoint.up", null, at -> at.endpointUp() ? 1 : 0);
    }

    boolean remove() {
      registered.forEach(registry::remove);
      return true;
    }

    private Tags tags() {
      return Tags.of("appender", name);
    }

    private void counter(String meter, String unit, ToDoubleFunction<Snapshot> value) {
      counter(meter, unit, tags(), value);
    }

    private void counter(String meter, String unit, Tags tags, ToDoubleFunction<Snapshot> value) {
      registered.add(
          FunctionCounter.builder("shiplog." + meter, this, at -> at.read(value))
              .tags(tags)
              .baseUnit(unit)
              .register(registry));
    }

    private void gauge(String meter, @Nullable String unit, ToDoubleFunction<Snapshot> value) {
      registered.add(
          Gauge.builder("shiplog." + meter, this, at -> at.read(value))
              .tags(tags())
              .baseUnit(unit)
              .register(registry));
    }

    private double read(ToDoubleFunction<Snapshot> value) {
      Snapshot snapshot = scrape.of(name);
      return snapshot == null ? Double.NaN : value.applyAsDouble(snapshot);
    }

    private long readLong(ToLongFunction<Snapshot> value) {
      Snapshot snapshot = scrape.of(name);
      return snapshot == null ? 0 : value.applyAsLong(snapshot);
    }
  }

  private static double dropped(Snapshot meters, DropReason reason, Severity level) {
    List<Long> levels = meters.droppedByLevel().get(reason);
    return levels == null ? 0 : levels.get(level.ordinal());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
