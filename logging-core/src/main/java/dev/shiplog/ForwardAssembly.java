package dev.shiplog;

import static dev.shiplog.config.FluentdKeys.ACK;
import static dev.shiplog.config.FluentdKeys.ACK_TIMEOUT;
import static dev.shiplog.config.FluentdKeys.BALANCE;
import static dev.shiplog.config.FluentdKeys.BUFFER_MAX_BYTES;
import static dev.shiplog.config.FluentdKeys.CHUNK_IN_FLIGHT;
import static dev.shiplog.config.FluentdKeys.CHUNK_MAX_AGE;
import static dev.shiplog.config.FluentdKeys.CHUNK_MAX_BYTES;
import static dev.shiplog.config.FluentdKeys.COMPRESSION;
import static dev.shiplog.config.FluentdKeys.CONNECTION_MAX_AGE;
import static dev.shiplog.config.FluentdKeys.CONNECTION_MAX_IDLE;
import static dev.shiplog.config.FluentdKeys.CONNECT_TIMEOUT;
import static dev.shiplog.config.FluentdKeys.DRAIN_REMAINDER;
import static dev.shiplog.config.FluentdKeys.DRAIN_TIMEOUT;
import static dev.shiplog.config.FluentdKeys.ENDPOINT;
import static dev.shiplog.config.FluentdKeys.MAX_TAGS;
import static dev.shiplog.config.FluentdKeys.OVERFLOW;
import static dev.shiplog.config.FluentdKeys.RETRY_INITIAL;
import static dev.shiplog.config.FluentdKeys.RETRY_MAX;
import static dev.shiplog.config.FluentdKeys.TAG;
import static dev.shiplog.config.FluentdKeys.TAG_RULE;
import static dev.shiplog.config.FluentdKeys.WRITE_TIMEOUT;

import dev.shiplog.config.Endpoint;
import dev.shiplog.config.Overflow;
import dev.shiplog.config.Settings;
import dev.shiplog.config.TagRule;
import dev.shiplog.forward.Balance;
import dev.shiplog.forward.Disk;
import dev.shiplog.forward.ForwardSettings;
import dev.shiplog.forward.ForwardSink;
import dev.shiplog.forward.Remainder;
import dev.shiplog.metadata.LiveMetadata;
import dev.shiplog.metadata.Metadata;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.pipeline.Tags;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.transport.Compression;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Security;
import dev.shiplog.transport.TransportProvider;
import dev.shiplog.transport.TransportSettings;
import dev.shiplog.worker.ShiplogThread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From settings to a pipeline into a forward endpoint. */
final class ForwardAssembly {
  private final Settings settings;
  private final RelayStatus status;
  private final @Nullable ClassLoader loader;
  private final LiveMetadata metadata;
  private final Records records;
  private final Transports transports;

  ForwardAssembly(Settings settings, Status owner, @Nullable ClassLoader loader) {
    this.settings = settings;
    this.status = new RelayStatus(owner);
    this.loader = loader;
    this.metadata = ThisProcess.current().metadata();
    this.records = Records.of(settings, status, loader);
    this.transports = new Transports(settings, status, loader);
  }

  Running assemble() {
    Meters meters = new Meters();
    Metadata seen = metadata.current();
    Tags tags =
        new Tags(
            settings.get(TAG),
            tagRules(),
            records.serviceName(seen),
            records.secrets().keys(),
            records.secrets().mask());
    Security security =
        settings.closed() ? Security.none() : new ForwardSecurity(settings).security(seen, status);
    Disk disk = new DiskAssembly(settings).assemble(records.serviceName(seen));
    ForwardSettings forward = forwardSettings(tags.constantHead(), security, disk);
    String name = "shiplog-forward-" + settings.name();
    StdoutSpill spill = new StdoutSpill(seen.inContainer(), status);
    TransportProvider provider = settings.closed() ? null : transports.find().orElse(null);
    ForwardSink sink =
        settings.closed()
            ? new ForwardSink(name, forward, new NoTransport(), spill, meters, status)
            : sink(name, forward, provider, spill, meters);
    Pipeline pipeline = new Pipeline(records.messagePack(seen), tags, sink, meters);
    Records.rates(settings).ifPresent(pipeline::limit);
    if (provider != null) {
      pipeline.refuseLoggers(provider.ownLoggers());
    }
    Runnable forget =
        records.onMoreMetadata(
            metadata, seen, () -> pipeline.encodings(records.messagePack(metadata.current())));
    sink.start(pipeline::tellLosses);
    return new Running(settings, pipeline, status, settings.get(DRAIN_TIMEOUT), loader, forget);
  }

  private ForwardSink sink(
      String name,
      ForwardSettings forward,
      @Nullable TransportProvider provider,
      StdoutSpill spill,
      Meters meters) {
    if (provider != null) {
      try {
        List<? extends ForwardTransport> transports =
            provider.open(
                forward.endpoints(),
                forward.transport(),
                task -> new ShiplogThread(name + '-' + provider.name(), task));
        return new ForwardSink(name, forward, transports, spill, meters, status);
      } catch (LinkageError e) {
        this.transports.missing(provider.name(), e);
      } catch (RuntimeException e) {
        this.transports.refused(provider.name(), e);
      }
    }
    return new ForwardSink(name, forward, spill, meters, status);
  }

  private List<Tags.Rule> tagRules() {
    List<Tags.Rule> rules = new ArrayList<>();
    for (TagRule rule : settings.all(TAG_RULE)) {
      rules.add(new Tags.Rule(rule.marker(), rule.match(), rule.template()));
    }
    return rules;
  }

  private ForwardSettings forwardSettings(String headTag, Security security, Disk disk) {
    return new ForwardSettings(
        endpoints(),
        Balance.valueOf(settings.get(BALANCE).name()),
        new TransportSettings(
            settings.get(ACK),
            settings.get(CHUNK_IN_FLIGHT),
            settings.get(CONNECT_TIMEOUT),
            settings.get(WRITE_TIMEOUT),
            settings.get(ACK_TIMEOUT),
            settings.get(CONNECTION_MAX_AGE),
            settings.get(CONNECTION_MAX_IDLE),
            compression(),
            security),
        new ForwardSettings.Chunks(
            Math.toIntExact(settings.get(CHUNK_MAX_BYTES)), settings.get(CHUNK_MAX_AGE)),
        new ForwardSettings.Retries(settings.get(RETRY_INITIAL), settings.get(RETRY_MAX)),
        new ForwardSettings.Buffer(
            settings.get(BUFFER_MAX_BYTES), overflow(settings.get(OVERFLOW)), disk),
        new ForwardSettings.Tags(settings.get(MAX_TAGS), headTag),
        new ForwardSettings.Drain(
            settings.get(DRAIN_TIMEOUT), Remainder.valueOf(settings.get(DRAIN_REMAINDER).name())));
  }

  /** What was asked for; none, and a word about it, where that cannot be had. */
  private Compression compression() {
    Compression wanted = Compression.valueOf(settings.get(COMPRESSION).name());
    String problem = wanted.problem();
    if (problem == null) {
      return wanted;
    }
    status.warn(
        COMPRESSION.qualifiedName()
            + ": "
            + settings.get(COMPRESSION)
            + " cannot be used here, "
            + problem
            + "; chunks travel uncompressed",
        null);
    return Compression.NONE;
  }

  private List<dev.shiplog.transport.Endpoint> endpoints() {
    List<dev.shiplog.transport.Endpoint> endpoints = new ArrayList<>();
    for (Endpoint endpoint : settings.all(ENDPOINT)) {
      if (endpoint instanceof Endpoint.Tcp tcp) {
        endpoints.add(new dev.shiplog.transport.Endpoint(tcp.host(), tcp.port()));
      } else if (endpoint instanceof Endpoint.Unix unix) {
        endpoints.add(dev.shiplog.transport.Endpoint.unix(Path.of(unix.path())));
      }
    }
    return endpoints;
  }

  private static dev.shiplog.forward.Overflow overflow(Overflow overflow) {
    return switch (overflow.policy()) {
      case DROP_NEWEST -> dev.shiplog.forward.Overflow.DROP_NEWEST;
      case STDOUT -> dev.shiplog.forward.Overflow.STDOUT;
      case BLOCK ->
          overflow.patience() == null
              ? dev.shiplog.forward.Overflow.DROP_OLDEST
              : dev.shiplog.forward.Overflow.block(overflow.patience());
      default -> dev.shiplog.forward.Overflow.DROP_OLDEST;
    };
  }
}
