package dev.shiplog;

import dev.shiplog.capture.Captures;
import dev.shiplog.config.Choice;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Overflow;
import dev.shiplog.config.Settings;
import dev.shiplog.config.StdoutKeys;
import dev.shiplog.metadata.LiveMetadata;
import dev.shiplog.metadata.Metadata;
import dev.shiplog.pipeline.Encoding;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.schema.encoder.MaskedNames;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.stdout.PrettyFormat;
import dev.shiplog.stdout.ProcessStreams;
import dev.shiplog.stdout.StdoutSettings;
import dev.shiplog.stdout.StdoutSink;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From settings to a pipeline into stdout. */
final class StdoutAssembly {
  /** There is no key for it: five seconds, as long as a forward appender takes. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);

  private final Settings settings;
  private final RelayStatus status;
  private final @Nullable ClassLoader loader;
  private final LiveMetadata metadata;
  private final Records records;
  private final ProcessStreams streams;

  StdoutAssembly(Settings settings, Status owner, @Nullable ClassLoader loader) {
    this.settings = settings;
    this.status = new RelayStatus(owner);
    this.loader = loader;
    this.metadata = ThisProcess.current().metadata();
    this.records = Records.of(settings, status, loader);
    this.streams = ProcessStreams.asFirstSeen(metadata.current().inContainer(), Captures::beneath);
  }

  Running assemble() {
    Meters meters = new Meters();
    Metadata seen = metadata.current();
    Sink sink =
        settings.closed()
            ? new ClosedSink(meters)
            : StdoutSink.open(stdoutSettings(settings), streams, meters, status);
    Pipeline pipeline = new Pipeline(encodings(seen), event -> "", sink, meters);
    Records.rates(settings).ifPresent(pipeline::limit);
    Runnable forget =
        records.onMoreMetadata(
            metadata, seen, () -> pipeline.encodings(encodings(metadata.current())));
    sink.start(pipeline::tellLosses);
    return new Running(
        settings,
        pipeline,
        status,
        DRAIN_TIMEOUT,
        loader,
        forget,
        CapturedOutput.of(settings, pipeline, status));
  }

  private Supplier<Encoding> encodings(Metadata known) {
    if (isJson(settings, known)) {
      return records.json(known);
    }
    PrettyFormat pretty = pretty();
    return () -> new PrettyEncoding(pretty);
  }

  static boolean isJson(Settings settings, Metadata known) {
    Choice.Format format = settings.get(StdoutKeys.FORMAT);
    return format == Choice.Format.JSON || (format == Choice.Format.AUTO && known.inContainer());
  }

  private PrettyFormat pretty() {
    return new PrettyFormat(
        ZoneId.systemDefault(),
        streams.terminal(StdoutSettings.Target.valueOf(settings.get(StdoutKeys.TARGET).name())),
        System.getenv(),
        new MaskedNames(records.secrets().names()),
        settings.get(Keys.MASK_REPLACEMENT),
        records.secrets().mask()::apply,
        records.objectsForPeople(),
        records.forPeople());
  }

  private static StdoutSettings stdoutSettings(Settings settings) {
    return new StdoutSettings(
        StdoutSettings.Target.valueOf(settings.get(StdoutKeys.TARGET).name()),
        threshold(settings.get(StdoutKeys.STDERR_THRESHOLD)),
        StdoutSettings.Via.valueOf(settings.get(StdoutKeys.VIA).name()),
        settings.get(StdoutKeys.ASYNC),
        Math.toIntExact(settings.get(StdoutKeys.BUFFER_BYTES)),
        overflow(settings.get(StdoutKeys.OVERFLOW)),
        DRAIN_TIMEOUT);
  }

  private static StdoutSettings.Overflow overflow(Overflow overflow) {
    return switch (overflow.policy()) {
      case DROP_NEWEST -> StdoutSettings.Overflow.DROP_NEWEST;
      case DROP_BELOW -> new StdoutSettings.Overflow(threshold(overflow.below()));
      default -> StdoutSettings.Overflow.BLOCK;
    };
  }

  /** A severity's index; {@code off} comes first among the choices, and no event reaches it. */
  private static int threshold(Choice.@Nullable Threshold threshold) {
    return threshold == null || threshold == Choice.Threshold.OFF
        ? StdoutSettings.OFF
        : threshold.ordinal() - 1;
  }
}
