package dev.shiplog;

import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.metadata.LiveMetadata;
import dev.shiplog.metadata.Metadata;
import dev.shiplog.pipeline.RecordBytes;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts pipelines from settings, and tells how those that run are doing. Safe for any thread.
 *
 * <p>Applications use {@link #meters()} and {@link #drain}; the rest is for the adapters.
 */
public final class Shiplog {
  /** Longer than anybody waits, and short enough to be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Shiplog() {}

  /**
   * The counters of every pipeline that runs or still drains, by the name of its appender; a second
   * one of the same name has {@code -2} behind it.
   */
  public static Map<String, Meters.Snapshot> meters() {
    Map<String, Meters.Snapshot> meters = new LinkedHashMap<>();
    Pipelines.INSTANCE
        .byName()
        .forEach((name, running) -> meters.put(name, running.meters().snapshot()));
    return meters;
  }

  /**
   * Runs {@code watcher} whenever {@link #meters()} has one more or one less, on the thread that
   * starts the pipeline or ends it: it must not wait, and must not throw.
   *
   * @return ends that
   */
  public static Runnable watch(Runnable watcher) {
    return Pipelines.INSTANCE.watch(watcher);
  }

  /** What an operator may see of every pipeline that runs or still drains. */
  public static List<PipelineReport> pipelines() {
    List<PipelineReport> reports = new ArrayList<>();
    Pipelines.INSTANCE
        .byName()
        .forEach((name, running) -> reports.add(PipelineReport.of(name, running)));
    return reports;
  }

  /** What was detected of the container and the service, by OpenTelemetry's names. */
  public static Map<String, DetectedFact> detected() {
    ThisProcess process = ThisProcess.current();
    Metadata known = process.metadata().current().with(Map.of(), process.application());
    Map<String, String> sources = known.sources();
    Map<String, DetectedFact> facts = new LinkedHashMap<>();
    known
        .facts()
        .forEach(
            (name, value) ->
                facts.put(name, new DetectedFact(value, sources.getOrDefault(name, ""))));
    return facts;
  }

  /**
   * Hands over what all pipelines have buffered, side by side; they go on running. Returns when it
   * is done, at the latest about a second after {@code timeout}.
   */
  public static void drain(Duration timeout) {
    Pipelines.INSTANCE.drain(timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout);
  }

  /**
   * Starts a pipeline for an appender of the settings' scope, or takes over that of an appender
   * with equal settings which was just stopped.
   *
   * @param loader where the user's classes are; null for that of the thread
   */
  public static Running start(Settings settings, Status status, @Nullable ClassLoader loader) {
    return start(settings, status, loader, "");
  }

  /**
   * The same for an appender of the configuration that the framework calls {@code context}: its
   * MBean has that name too.
   */
  public static Running start(
      Settings settings, Status status, @Nullable ClassLoader loader, @Nullable String context) {
    begin(settings, status);
    return Pipelines.INSTANCE.start(
        settings,
        status,
        loader,
        context == null ? "" : context,
        () ->
            settings.scope() == Scope.FLUENTD
                ? new ForwardAssembly(settings, status, loader).assemble()
                : new StdoutAssembly(settings, status, loader).assemble());
  }

  /** Whether an appender of these settings, which are of stdout, writes JSON in this process. */
  public static boolean isJson(Settings settings) {
    return StdoutAssembly.isJson(settings, ThisProcess.current().metadata().current());
  }

  /** Encodes for somebody else's appender; nothing, where a security setting is wrong. */
  public static RecordBytes encoder(
      Settings settings, Status status, @Nullable ClassLoader loader) {
    begin(settings, status);
    if (settings.closed()) {
      return RecordBytes.nothing();
    }
    Records records = Records.of(settings, status, loader);
    LiveMetadata metadata = ThisProcess.current().metadata();
    Metadata seen = metadata.current();
    RecordBytes bytes = RecordBytes.of(records.json(seen));
    Records.rates(settings).ifPresent(bytes::limit);
    // Log4j does not stop its layouts: one that is gone must not be kept for what it waits for
    WeakReference<RecordBytes> living = new WeakReference<>(bytes);
    bytes.onStop(
        records.onMoreMetadata(
            metadata,
            seen,
            () -> {
              RecordBytes used = living.get();
              if (used != null) {
                used.encodings(records.json(metadata.current()));
              }
            }));
    return bytes;
  }

  private static void begin(Settings settings, Status status) {
    settings.problems().forEach(problem -> status.error(problem.toString(), null));
    Diagnosis.print(settings, Shiplog::detected, System.err);
  }
}
