package dev.shiplog;

import dev.shiplog.config.Choice;
import dev.shiplog.config.Key;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Problem;
import dev.shiplog.config.Settings;
import dev.shiplog.config.StdoutKeys;
import dev.shiplog.event.Severity;
import dev.shiplog.metadata.Level;
import dev.shiplog.metadata.LiveMetadata;
import dev.shiplog.metadata.Metadata;
import dev.shiplog.metadata.Names;
import dev.shiplog.pipeline.Encoding;
import dev.shiplog.pipeline.LoggerRates;
import dev.shiplog.pipeline.RecordEncoding;
import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.record.jackson.ObjectForms;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schema;
import dev.shiplog.schema.encoder.ContainerFields;
import dev.shiplog.schema.encoder.EventEncoder;
import dev.shiplog.schema.encoder.MaskedNames;
import dev.shiplog.schema.encoder.RecordOptions;
import dev.shiplog.status.Status;
import dev.shiplog.stdout.PrettyOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the encoders of one pipeline, from its settings and what is known of the container. */
final class Records {
  private final Settings settings;
  private final Schema schema;
  private final ObjectForm objects;
  private final RecordRules rules;
  private final Secrets secrets;

  /** One for the pipeline, whose encoders change when more is known of the container. */
  private final AtomicLong sequence = new AtomicLong();

  private final Status status;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private Records(Settings settings, Schema schema, Status status, @Nullable ClassLoader loader) {
    this.settings = settings;
    this.status = status;
    this.schema = schema;
    this.objects =
        settings.get(Keys.OBJECTS) == Choice.Objects.JSON
            ? ObjectForms.whenNeeded(loader)
            : ObjectForm.TEXT;
    this.rules = new RecordRules(settings);
    this.secrets = new Secrets(settings);
  }

  /** Reads the settings of one pipeline; whatever cannot be used is said. */
  static Records of(Settings settings, Status status, @Nullable ClassLoader loader) {
    return new Records(
        settings, LoadedSchema.of(settings.get(Keys.SCHEMA), loader, status), status, loader);
  }

  /** Records as JSON lines, for what is known of the container. */
  Supplier<Encoding> json(Metadata detected) {
    return encodings(detected, JsonWriter::new);
  }

  /** Records as MessagePack entries, for what is known of the container. */
  Supplier<Encoding> messagePack(Metadata detected) {
    return encodings(detected, MessagePackWriter::new);
  }

  private Supplier<Encoding> encodings(Metadata detected, Supplier<RecordWriter> writers) {
    EventEncoder encoder =
        EventEncoder.compile(schema, options(known(detected)), writers, sequence);
    tellRefused(encoder.refusedNames());
    return () -> new RecordEncoding(encoder);
  }

  /** Once for each field: it is compiled anew when more is known of the container. */
  private void tellRefused(Map<String, String> names) {
    names.forEach(
        (name, wanted) -> {
          if (told.add(name)) {
            boolean renamed = !settings.find(Keys.TIMESTAMP_FIELD).orElse("").equals(wanted);
            Key<?> key = renamed ? Keys.RENAME : Keys.TIMESTAMP_FIELD;
            status.error(
                Problem.harmless(
                        key.qualifiedName(),
                        renamed ? name + '=' + wanted : wanted,
                        "must not be the name of another field",
                        settings.source(key),
                        name + " keeps its name")
                    .toString(),
                null);
          }
        });
  }

  /**
   * Runs {@code then} when the platform has told more than was {@code seen}, if the settings let it
   * be asked.
   *
   * @return what ends that
   */
  Runnable onMoreMetadata(LiveMetadata metadata, Metadata seen, Runnable then) {
    if (settings.get(Keys.METADATA_HTTP) == Choice.MetadataHttp.OFF
        || settings.get(Keys.METADATA_LEVEL) == Choice.MetadataLevel.NONE) {
      return () -> {};
    }
    Runnable forget = metadata.onChange(seen, then);
    metadata.refreshInBackground();
    return forget;
  }

  /** The service's name, whoever told it. */
  String serviceName(Metadata detected) {
    return known(detected).text("service.name").orElse("unknown_service");
  }

  private Metadata known(Metadata detected) {
    Map<String, String> configured = new HashMap<>();
    for (var key :
        List.of(
            Keys.SERVICE_NAME,
            Keys.SERVICE_VERSION,
            Keys.SERVICE_ENVIRONMENT,
            Keys.SERVICE_INSTANCE)) {
      settings.find(key).ifPresent(value -> configured.put(key.name(), value));
    }
    return detected.with(configured, ThisProcess.current().application());
  }

  private RecordOptions options(Metadata known) {
    return new RecordOptions(
        settings.get(Keys.NESTED),
        rules.fields(),
        rules.context(),
        rules.keyValues(),
        rules.staticFields(),
        facts(known),
        style -> container(known, style),
        settings.find(Keys.TIMESTAMP_FIELD).orElse(""),
        decimals(settings.get(Keys.TIMESTAMP_PRECISION)),
        settings.get(Keys.LIMITS_FIELDS),
        settings.get(Keys.LIMITS_DEPTH),
        settings.get(Keys.LIMITS_KEY_BYTES),
        Math.toIntExact(settings.get(Keys.MAX_EVENT_BYTES)),
        settings.get(Keys.VALUES) == Choice.Values.STRING,
        objects,
        secrets.names(),
        settings.get(Keys.MASK_REPLACEMENT),
        secrets.mask(),
        rules.stackTrace(),
        settings.get(Keys.CALLER_DATA),
        settings.get(Keys.SEQUENCE),
        settings.get(Keys.OVERSIZE) == Choice.Oversize.SPLIT);
  }

  private Map<String, Object> facts(Metadata known) {
    Map<String, Object> facts = new LinkedHashMap<>(known.facts());
    facts.putIfAbsent("service.name", "unknown_service");
    known.serviceInstance().ifPresent(instance -> facts.put("service.instance.id", instance));
    facts.put("process.pid", ProcessHandle.current().pid());
    gcpProject(known).ifPresent(project -> facts.put("gcp.project", project));
    return facts;
  }

  /** The project that was configured, else the one that this runs in. */
  private Optional<String> gcpProject(Metadata known) {
    return settings
        .find(Keys.GCP_PROJECT)
        .or(
            () ->
                known
                    .text("cloud.account.id")
                    .filter(id -> known.text("cloud.provider").filter("gcp"::equals).isPresent()));
  }

  /** The container's facts without the service's, for which schemas have fields of their own. */
  private ContainerFields container(Metadata known, String style) {
    Names names =
        settings
            .find(Keys.METADATA_NAMES)
            .map(choice -> Names.valueOf(choice.name()))
            .orElseGet(() -> Names.valueOf(style.toUpperCase(Locale.ROOT)));
    Level level = Level.valueOf(settings.get(Keys.METADATA_LEVEL).name());
    Map<String, Object> facts = new LinkedHashMap<>(known.named(names, level));
    facts.keySet().removeIf(Records::isOfTheService);
    Set<String> all = new LinkedHashSet<>(known.named(names, Level.FULL).keySet());
    all.addAll(Metadata.possibleNames(names));
    all.removeIf(Records::isOfTheService);
    return new ContainerFields(facts, all, Metadata.possiblePrefixes(names), stream(names, level));
  }

  /**
   * The stream that a record leaves by, which only stdout's can know. Under Docker's names it
   * belongs to every record, forwarded ones too: its log driver has it beside id and name.
   */
  private Map<String, Function<Severity, @Nullable Object>> stream(Names names, Level level) {
    boolean always = names == Names.DOCKER && level != Level.NONE;
    String name = Metadata.streamName(names);
    return switch (settings.scope()) {
      case STDOUT -> always || level == Level.FULL ? Map.of(name, this::stream) : Map.of();
      case FLUENTD -> always ? Map.of(name, severity -> "stdout") : Map.of();
      case ENCODER -> Map.of();
    };
  }

  private String stream(Severity severity) {
    Choice.Threshold threshold = settings.get(StdoutKeys.STDERR_THRESHOLD);
    // off comes first among the choices, then the severities
    boolean high =
        threshold != Choice.Threshold.OFF && severity.ordinal() >= threshold.ordinal() - 1;
    return high || settings.get(StdoutKeys.TARGET) == Choice.Target.STDERR ? "stderr" : "stdout";
  }

  private static boolean isOfTheService(String name) {
    return name.startsWith("service.") || name.startsWith("deployment.environment");
  }

  /** What those see of an event who read it themselves. */
  PrettyOptions forPeople() {
    return rules.forPeople();
  }

  /** How people see what has members. */
  ObjectsForPeople objectsForPeople() {
    return new ObjectsForPeople(
        new ValueWriter.Options(
            settings.get(Keys.LIMITS_DEPTH),
            settings.get(Keys.LIMITS_KEY_BYTES),
            settings.get(Keys.VALUES) == Choice.Values.STRING,
            objects,
            new MaskedNames(secrets.names()),
            settings.get(Keys.MASK_REPLACEMENT),
            secrets.mask()));
  }

  /** What is hidden. */
  Secrets secrets() {
    return secrets;
  }

  /** How many events of each logger may pass; empty if as many as there are. */
  static Optional<LoggerRates> rates(Settings settings) {
    return settings
        .find(Keys.RATE_PER_LOGGER)
        .map(rate -> new LoggerRates(rate.events(), rate.per()));
  }

  private static int decimals(Choice.Precision precision) {
    return switch (precision) {
      case MS -> 3;
      case US -> 6;
      case NS -> 9;
    };
  }
}
