package dev.shiplog.config;

import static dev.shiplog.config.Types.BOOLEAN;
import static dev.shiplog.config.Types.FIELD_NAME;
import static dev.shiplog.config.Types.PATTERN;
import static dev.shiplog.config.Types.TEXT;
import static dev.shiplog.config.Types.choice;
import static dev.shiplog.config.Types.integer;
import static dev.shiplog.config.Types.size;

import java.util.ArrayList;
import java.util.List;

/** The keys that every appender, encoder and layout knows. */
public final class Keys {
  public static final Key<String> SCHEMA =
      key("schema", SchemaName.TYPE)
          .defaultsTo("ecs")
          .fileOnly(SchemaName::isClassName)
          .says("Which fields a record has, and their names.");
  public static final Key<Boolean> NESTED =
      key("nested", BOOLEAN).defaultsTo("false").says("Dotted names become nested objects.");
  public static final Key<String> SERVICE_NAME =
      key("service.name", TEXT).says("The service's name; detected unless set.");
  public static final Key<String> SERVICE_VERSION =
      key("service.version", TEXT).says("The service's version; detected unless set.");
  public static final Key<String> SERVICE_ENVIRONMENT =
      key("service.environment", TEXT).says("Where the service runs; detected unless set.");
  public static final Key<String> SERVICE_INSTANCE =
      key("service.instance", TEXT).says("Which of the service's instances; detected unless set.");
  public static final Key<StaticField> FIELD =
      key("field", StaticField.TYPE).repeatable().says("A field that every record gets.");
  public static final Key<String> INCLUDE =
      key("include", FIELD_NAME).repeatable().says("Fields that are written; all unless set.");
  public static final Key<String> EXCLUDE =
      key("exclude", FIELD_NAME).repeatable().says("Fields that are left out.");
  public static final Key<Rename> RENAME =
      key("rename", Rename.TYPE).repeatable().says("Gives a field another name.");
  public static final Key<String> MDC_INCLUDE =
      key("mdc.include", FIELD_NAME)
          .repeatable()
          .says("MDC entries that are written; all unless set.");
  public static final Key<String> MDC_EXCLUDE =
      key("mdc.exclude", FIELD_NAME).repeatable().says("MDC entries that are left out.");
  public static final Key<String> MDC_PREFIX =
      key("mdc.prefix", TEXT).says("Goes before the name of every MDC entry.");
  public static final Key<String> KV_INCLUDE =
      key("kv.include", FIELD_NAME)
          .repeatable()
          .says("Key-values that are written; all unless set.");
  public static final Key<String> KV_EXCLUDE =
      key("kv.exclude", FIELD_NAME).repeatable().says("Key-values that are left out.");
  public static final Key<String> KV_PREFIX =
      key("kv.prefix", TEXT).says("Goes before the name of every key-value.");
  public static final Key<Choice.Values> VALUES =
      key("values", choice(Choice.Values.class))
          .defaultsTo("typed")
          .says("User values keep their type, or are all strings.");
  public static final Key<Choice.Objects> OBJECTS =
      key("objects", choice(Choice.Objects.class))
          .defaultsTo("json")
          .says("What an arbitrary object becomes: JSON if Jackson is there, or a string.");
  public static final Key<Integer> LIMITS_FIELDS =
      key("limits.fields", integer(1, 65_000)) // a map of msgpack counts to 65,535
          .defaultsTo("256")
          .says("User fields in a record at most.");
  public static final Key<Integer> LIMITS_DEPTH =
      key("limits.depth", integer(1, 64))
          .defaultsTo("16")
          .says("Levels of nested user values at most.");
  public static final Key<Integer> LIMITS_KEY_BYTES =
      key("limits.keyBytes", integer(16, 512))
          .defaultsTo("256")
          .says("Bytes of a user field's name at most.");
  public static final Key<String> TIMESTAMP_FIELD =
      key("timestamp.field", TEXT).says("The timestamp's name; the schema's unless set.");
  public static final Key<Choice.Precision> TIMESTAMP_PRECISION =
      key("timestamp.precision", choice(Choice.Precision.class))
          .defaultsTo("ns")
          .says("How finely timestamps are written, where the framework is as fine.");
  public static final Key<String> GCP_PROJECT =
      key("gcp.project", TEXT).says("The project in trace names; detected unless set.");
  public static final Key<Choice.Duplicates> DUPLICATES =
      key("duplicates", choice(Choice.Duplicates.class))
          .defaultsTo("prefix")
          .says("A user key that collides with a reserved name gets mdc. or kv. before it.");
  public static final Key<Choice.StackTrace> STACK_TRACE_FORMAT =
      key("stackTrace.format", choice(Choice.StackTrace.class))
          .defaultsTo("string")
          .says("How a stack trace is written.");
  public static final Key<Boolean> STACK_TRACE_ROOT_CAUSE_FIRST =
      key("stackTrace.rootCauseFirst", BOOLEAN)
          .defaultsTo("false")
          .says("The root cause comes before what it caused.");
  public static final Key<Integer> STACK_TRACE_MAX_FRAMES =
      key("stackTrace.maxFrames", integer(0, 1_000_000))
          .defaultsTo("1024")
          .says("Frames of each throwable at most.");
  public static final Key<Long> STACK_TRACE_MAX_BYTES =
      key("stackTrace.maxBytes", size("256B", "16MB"))
          .defaultsTo("128KB")
          .says("Bytes of a whole trace at most.");
  public static final Key<String> STACK_TRACE_EXCLUDE =
      key("stackTrace.exclude", PATTERN)
          .repeatableWithoutCommas()
          .says("Frames that are counted, not written: a pattern found in class.method.");
  public static final Key<Boolean> STACK_TRACE_SHORTEN_CLASS_NAMES =
      key("stackTrace.shortenClassNames", BOOLEAN)
          .defaultsTo("false")
          .says("Packages in frames become their first letters.");
  public static final Key<Boolean> STACK_TRACE_HASH =
      key("stackTrace.hash", BOOLEAN)
          .defaultsTo("false")
          .says("Adds a hash by which equal traces are found.");
  public static final Key<Boolean> CALLER_DATA =
      key("callerData", BOOLEAN)
          .defaultsTo("false")
          .says("Adds class, method, file and line of the logging call; costly.");
  public static final Key<String> MASK_KEY =
      key("mask.key", TEXT)
          .repeatable()
          .says(
              "Names whose values are masked, besides the built-in password, token and kin; none drops those.");
  public static final Key<String> MASK_PATTERN =
      key("mask.pattern", PATTERN)
          .repeatableWithoutCommas()
          .says("What is masked in every text, besides what mask.preset says.");
  public static final Key<Choice.MaskPreset> MASK_PRESET =
      key("mask.preset", choice(Choice.MaskPreset.class))
          .repeatable()
          .says("Kinds of secrets that are masked in every text; none unless set.");
  public static final Key<String> MASK_REPLACEMENT =
      key("mask.replacement", TEXT).defaultsTo("****").says("What stands for a masked text.");
  public static final Key<Rate> RATE_PER_LOGGER =
      key("rate.perLogger", Rate.TYPE)
          .says("Events of one logger at most, of all severities together; off unless set.");
  public static final Key<Long> MAX_EVENT_BYTES =
      key("maxEventBytes", size("1KB", "64MB"))
          .defaultsTo("16KB")
          .forwardDefaultsTo("256KB")
          .says("Bytes of a whole record at most, its newline included.");
  public static final Key<Choice.Oversize> OVERSIZE =
      key("oversize", choice(Choice.Oversize.class))
          .defaultsTo("truncate")
          .says("A record beyond maxEventBytes loses its longest values, or becomes several.");
  public static final Key<Boolean> SEQUENCE =
      key("sequence", BOOLEAN).defaultsTo("false").says("Numbers the events.");
  public static final Key<Choice.MetadataLevel> METADATA_LEVEL =
      key("metadata.level", choice(Choice.MetadataLevel.class))
          .defaultsTo("minimal")
          .forwardDefaultsTo("full")
          .says("How much of the container's metadata goes into each record.");
  public static final Key<Choice.MetadataNames> METADATA_NAMES =
      key("metadata.names", choice(Choice.MetadataNames.class))
          .says("Whose names container metadata gets; the schema's unless set.");
  public static final Key<Choice.MetadataHttp> METADATA_HTTP =
      key("metadata.http", choice(Choice.MetadataHttp.class))
          .defaultsTo("auto")
          .says("Whether the platform's metadata endpoint may be asked.");
  public static final Key<Boolean> DIAGNOSE =
      key("diagnose", BOOLEAN)
          .defaultsTo("false")
          .says("Prints the effective settings and what was detected on stderr at start.");
  public static final Key<String> PREFIX =
      key("prefix", Namespaces.PREFIX)
          .fileOnly(value -> true)
          .says("The namespace that properties and variables of this appender have.");

  static final List<Key<?>> ALL =
      List.of(
          SCHEMA,
          NESTED,
          SERVICE_NAME,
          SERVICE_VERSION,
          SERVICE_ENVIRONMENT,
          SERVICE_INSTANCE,
          FIELD,
          INCLUDE,
          EXCLUDE,
          RENAME,
          MDC_INCLUDE,
          MDC_EXCLUDE,
          MDC_PREFIX,
          KV_INCLUDE,
          KV_EXCLUDE,
          KV_PREFIX,
          VALUES,
          OBJECTS,
          LIMITS_FIELDS,
          LIMITS_DEPTH,
          LIMITS_KEY_BYTES,
          TIMESTAMP_FIELD,
          TIMESTAMP_PRECISION,
          GCP_PROJECT,
          DUPLICATES,
          STACK_TRACE_FORMAT,
          STACK_TRACE_ROOT_CAUSE_FIRST,
          STACK_TRACE_MAX_FRAMES,
          STACK_TRACE_MAX_BYTES,
          STACK_TRACE_EXCLUDE,
          STACK_TRACE_SHORTEN_CLASS_NAMES,
          STACK_TRACE_HASH,
          CALLER_DATA,
          MASK_KEY,
          MASK_PATTERN,
          MASK_PRESET,
          MASK_REPLACEMENT,
          RATE_PER_LOGGER,
          MAX_EVENT_BYTES,
          OVERSIZE,
          SEQUENCE,
          METADATA_LEVEL,
          METADATA_NAMES,
          METADATA_HTTP,
          DIAGNOSE,
          PREFIX);

  private Keys() {}

  /** Every key that configures a {@code scope}, in the order of the reference. */
  public static List<Key<?>> of(Scope scope) {
    return switch (scope) {
      case ENCODER -> ALL;
      case STDOUT -> joined(StdoutKeys.ALL);
      case FLUENTD -> joined(FluentdKeys.ALL);
    };
  }

  private static List<Key<?>> joined(List<Key<?>> own) {
    List<Key<?>> keys = new ArrayList<>(ALL);
    keys.addAll(own);
    return List.copyOf(keys);
  }

  private static <T> KeyBuilder<T> key(String name, Type<T> type) {
    return new KeyBuilder<>(Section.SHARED, name, type);
  }
}
