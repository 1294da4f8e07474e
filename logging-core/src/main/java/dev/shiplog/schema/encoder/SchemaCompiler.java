package dev.shiplog.schema.encoder;

import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.record.FieldName;
import dev.shiplog.record.Fragment;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.RecordWriter.Group;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.schema.Fields;
import dev.shiplog.schema.MessageForm;
import dev.shiplog.schema.Schema;
import dev.shiplog.schema.TimeForm;
import dev.shiplog.schema.TraceForm;
import dev.shiplog.schema.encoder.Step.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns a schema's declarations into steps: what is constant is encoded now, neighbours together,
 * and what is left for each event is the shortest list that writes the rest. Used once.
 */
final class SchemaCompiler implements Fields {
  /** Room for event.truncated and event.truncated_fields with their numbers. */
  private static final int NOTE_BYTES = 96;

  /** The same for event.part, event.parts and event.part_id, where records are split. */
  private static final int PART_BYTES = 96;

  /** The most bytes that the end of a group takes. */
  private static final int CLOSE_BYTES = 2;

  private final RecordOptions options;
  private Supplier<RecordWriter> writers;
  private RecordWriter scratch;
  private final MaskedNames masked;
  private final ValueWriter.Options valueOptions;
  private final ValueWriter constants = new ValueWriter(ValueWriter.Options.PLAIN);
  private final ReservedNames reserved;
  private final TraceFields traceFields = new TraceFields();
  private final SchemaNames fieldNames;
  private final Set<String> declared = new HashSet<>();
  private final Map<String, Object> pending = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private UnaryOperator<String> shape = UnaryOperator.identity();
  private boolean flat;
  private boolean attributes;
  private @Nullable Group group;

  /** What the schema has declared where it declares now. */
  private Set<String> seen = new HashSet<>();

  private int depth;

  /** Before which step the static fields stand, and within what; -1 if nowhere. */
  private int configuredAt = -1;

  private @Nullable Group configuredIn;
  private boolean usersInGroup;
  private boolean noted;
  private int endBytes;

  SchemaCompiler(RecordOptions options, Supplier<RecordWriter> writers, SchemaNames fieldNames) {
    this.options = options;
    this.fieldNames = fieldNames;
    this.writers = writers;
    this.scratch = writers.get();
    this.endBytes = noteBytes();
    this.masked = new MaskedNames(options.maskedKeys());
    this.reserved = new ReservedNames(options.nested());
    this.valueOptions =
        new ValueWriter.Options(
            options.maxDepth(),
            options.maxKeyBytes(),
            options.valuesAsTexts(),
            options.objects(),
            masked,
            options.maskReplacement(),
            options.mask());
  }

  private int noteBytes() {
    return options.split() ? NOTE_BYTES + PART_BYTES : NOTE_BYTES;
  }

  EventEncoder compile(Schema schema, AtomicLong sequence) {
    schema.describe(this);
    notes();
    addConfigured();
    boolean nested = options.nested() && !flat && !attributes;
    return new EventEncoder(
        steps.toArray(new Step[0]),
        options,
        nested,
        endBytes,
        valueOptions,
        writers,
        sequence,
        fieldNames.refused());
  }

  @Override
  public Fields flat(UnaryOperator<String> names) {
    flush();
    flat = true;
    shape = names;
    write(RecordWriter::withFlatValues);
    Notes.NAMES.forEach(name -> fix(names.apply(name)));
    return this;
  }

  /** Goes on with another form of the encoding; what is encoded so far is the same in both. */
  private void write(UnaryOperator<RecordWriter> form) {
    Supplier<RecordWriter> plain = writers;
    writers = () -> form.apply(plain.get());
    scratch = writers.get();
  }

  @Override
  public Fields object(String name, Consumer<Fields> members) {
    return group(name, Group.OBJECT, members);
  }

  @Override
  public Fields onlyElement(String name, Consumer<Fields> members) {
    return group(name, Group.ONLY_ELEMENT, members);
  }

  @Override
  public Fields attributes(String name, Consumer<Fields> members) {
    if (!attributes) {
      attributes = true;
      write(RecordWriter::withAttributes);
      endBytes += noteBytes();
    }
    return group(name, Group.ATTRIBUTES, members);
  }

  private Fields group(String name, Group of, Consumer<Fields> members) {
    if (flat || group == Group.ATTRIBUTES || depth == Groups.MAX_DEPTH) {
      throw new IllegalArgumentException("there cannot be an object here: " + name);
    }
    // what frames a record is no field that could be left out
    FieldName field = of == Group.ONLY_ELEMENT ? encoded(name) : field(name);
    if (field == null) {
      return this;
    }
    step(Step.open(field, of));
    Group outer = group;
    Set<String> seenOutside = seen;
    boolean users = usersInGroup;
    group = of;
    seen = new HashSet<>();
    depth++;
    usersInGroup = false;
    members.accept(this);
    if (usersInGroup) {
      notes();
    }
    step(Step.close(field, of));
    group = outer;
    seen = seenOutside;
    depth--;
    usersInGroup = users;
    endBytes += CLOSE_BYTES;
    return this;
  }

  /** Where users' fields are, there stands what is missing of them; at the end, if nowhere. */
  private void notes() {
    if (!noted) {
      noted = true;
      step(Step.notes(Notes.of(name -> encoded(shape.apply(name)))));
    }
  }

  @Override
  public Fields timestamp(String name, TimeForm form) {
    boolean own = options.timestampField().isEmpty() || group != null || flat;
    String allowed = declare(name, own ? name : options.timestampField());
    return allowed == null
        ? this
        : step(Step.timestamp(encoded(allowed), form, options.timestampDecimals()));
  }

  @Override
  public Fields constant(String name, Object value) {
    String allowed = declare(name);
    if (allowed != null) {
      pending.putIfAbsent(allowed, value);
    }
    return this;
  }

  @Override
  public Fields fact(String name, String fact) {
    Object value = options.facts().get(fact);
    if (value == null) {
      declare(name);
      return this;
    }
    return constant(name, value);
  }

  @Override
  public Fields fact(String name, List<String> facts, Object otherwise) {
    for (String fact : facts) {
      Object value = options.facts().get(fact);
      if (value != null) {
        return constant(name, value);
      }
    }
    return constant(name, otherwise);
  }

  @Override
  public Fields factUnlessConfigured(String name, String fact) {
    return options.configured().containsKey(name) ? this : fact(name, fact);
  }

  @Override
  public Fields configured() {
    if (!options.configured().isEmpty() && configuredAt < 0) {
      flush();
      configuredAt = steps.size();
      configuredIn = group;
    }
    return this;
  }

  /** Once all names of the schema are known: a static field must not take one of them. */
  private void addConfigured() {
    if (configuredAt < 0) {
      return;
    }
    group = configuredIn;
    for (Map.Entry<String, ?> field : options.configured().entrySet()) {
      String wanted = options.fields().apply(field.getKey());
      if (wanted != null) {
        String name = shape.apply(wanted);
        while (declared.contains(name) || fieldNames.isFixed(name)) {
          wanted = "field." + wanted;
          name = shape.apply(wanted);
        }
        pending.put(name, field.getValue());
        declared.add(name);
        reserved.add(name);
      }
    }
    if (!pending.isEmpty()) {
      ValueWriter.Options shown =
          ValueWriter.Options.PLAIN.with(options.mask(), options.maskReplacement());
      steps.add(configuredAt, constants(new ValueWriter(shown)));
    }
  }

  @Override
  public Fields metadata(String names) {
    ContainerFields container = options.metadata().apply(names);
    container.prefixes().forEach(reserved::addAll);
    for (String fact : container.names()) {
      // what somebody configured is above what was detected
      if (!seen.contains(shape.apply(fact))
          && !options.configured().containsKey(fact)
          && seen.add(fact)) {
        String name = fieldNames.of(shape.apply(fact), fact, shape);
        own(shape.apply(fact));
        if (name != null) {
          own(name);
          Object value = container.known().get(fact);
          Function<Severity, @Nullable Object> bySeverity = container.bySeverity().get(fact);
          if (bySeverity != null) {
            bySeverity(encoded(name), bySeverity);
          } else if (value != null) {
            pending.putIfAbsent(name, value);
          }
        }
      }
    }
    return this;
  }

  @Override
  public Fields severity(String name, Function<Severity, @Nullable Object> value) {
    FieldName field = field(name);
    return field == null ? this : bySeverity(field, value);
  }

  private Fields bySeverity(FieldName field, Function<Severity, @Nullable Object> value) {
    Severity[] severities = Severity.values();
    Fragment[] bySeverity = new Fragment[severities.length];
    for (int i = 0; i < severities.length; i++) {
      Object constant = value.apply(severities[i]);
      bySeverity[i] =
          constant == null
              ? Fragment.EMPTY
              : Fragment.capture(
                  scratch, constants, Map.of(field.text(), constant), inAttributes());
    }
    return step(Step.severity(field, bySeverity));
  }

  @Override
  public Fields message(String name, MessageForm form) {
    if (form == MessageForm.WHOLE) {
      return plain(Part.MESSAGE, name);
    }
    FieldName field = field(name);
    boolean traced = options.stackTrace().format() != StackTraceOptions.Format.NONE;
    return field == null
        ? this
        : step(Step.message(field, new MessageText(form, traceAsText(), traced)));
  }

  private StackTraceText traceAsText() {
    return new StackTraceText(options.stackTrace().asText(), options.mask());
  }

  @Override
  public Fields logger(String name) {
    return plain(Part.LOGGER, name);
  }

  @Override
  public Fields thread(String name) {
    return plain(Part.THREAD, name);
  }

  @Override
  public Fields text(String name, Function<LogEvent, @Nullable String> value) {
    FieldName field = field(name);
    return field == null ? this : step(Step.text(field, shown(value)));
  }

  /** A schema may make a text of what is masked at its place alone, such as a key-value. */
  private Function<LogEvent, @Nullable String> shown(Function<LogEvent, @Nullable String> value) {
    if (options.mask() == TextMask.NONE) {
      return value;
    }
    return event -> {
      String text = value.apply(event);
      return text == null ? null : options.mask().apply(text);
    };
  }

  @Override
  public Fields properties() {
    return users(Part.PROPERTIES, "property", NameRule.ALL);
  }

  @Override
  public Fields context() {
    return users(Part.CONTEXT, "mdc", options.context());
  }

  @Override
  public Fields keyValues() {
    return users(Part.KEY_VALUES, "kv", options.keyValues());
  }

  private Fields users(Part part, String source, NameRule rule) {
    UserFieldNames names =
        new UserFieldNames(
            source,
            rule,
            options.fields(),
            reserved,
            masked,
            options.maxKeyBytes(),
            shape,
            names());
    String failed = shape.apply("unrepresentable." + source);
    fix(failed);
    usersInGroup = true;
    FieldName name = encoded(failed);
    return step(
        part == Part.CONTEXT
            ? Step.context(name, new ContextFields(names, traceFields))
            : Step.users(part, name, names));
  }

  @Override
  public Fields markers(String name) {
    return plain(Part.MARKERS, name);
  }

  @Override
  public Fields caller(
      @Nullable String className,
      @Nullable String methodName,
      @Nullable String fileName,
      @Nullable String lineNumber) {
    caller(Part.CALLER_CLASS, className);
    caller(Part.CALLER_METHOD, methodName);
    caller(Part.CALLER_FILE, fileName);
    return caller(Part.CALLER_LINE, lineNumber);
  }

  private Fields caller(Part part, @Nullable String name) {
    return name == null ? this : optional(part, name, options.callerData());
  }

  @Override
  public Fields function(String name) {
    return caller(Part.CALLER_FUNCTION, name);
  }

  @Override
  public Fields trace(String name, TraceForm form) {
    traceFields.add(form);
    FieldName field = field(name);
    Object project = options.facts().get("gcp.project");
    return field == null
        ? this
        : step(Step.trace(field, form, project == null ? "" : project.toString()));
  }

  @Override
  public Fields thrownType(String name) {
    return plain(Part.THROWN_TYPE, name);
  }

  @Override
  public Fields thrownMessage(String name) {
    return plain(Part.THROWN_MESSAGE, name);
  }

  @Override
  public Fields stackTrace(String name) {
    FieldName field = field(name);
    boolean none = options.stackTrace().format() == StackTraceOptions.Format.NONE;
    return field == null || none
        ? this
        : step(
            Step.stackTrace(
                field,
                flat ? traceAsText() : new StackTraceText(options.stackTrace(), options.mask())));
  }

  @Override
  public Fields stackHash(String name) {
    FieldName field = field(name);
    return field == null || !options.stackTrace().hash()
        ? this
        : step(Step.stackHash(field, new StackTraceHash(options.stackTrace())));
  }

  @Override
  public Fields sequence(String name) {
    return optional(Part.SEQUENCE, name, options.sequence());
  }

  private Fields optional(Part part, String name, boolean wanted) {
    if (!wanted) {
      declare(name);
      return this;
    }
    return plain(part, name);
  }

  private Fields plain(Part part, String name) {
    FieldName field = field(name);
    return field == null ? this : step(Step.of(part, field));
  }

  private Fields step(Step step) {
    flush();
    steps.add(step);
    return this;
  }

  /** Reserves a name and encodes it; null if the field is left out. */
  private @Nullable FieldName field(String name) {
    String allowed = declare(name);
    return allowed == null ? null : encoded(allowed);
  }

  private boolean inAttributes() {
    return group == Group.ATTRIBUTES;
  }

  private FieldName encoded(String name) {
    return names().apply(name);
  }

  /** Encodes names for where fields are declared now. */
  private Function<String, FieldName> names() {
    RecordWriter writer = scratch;
    return inAttributes() ? writer::newAttributeName : writer::newName;
  }

  /** Reserves a name; returns the name to use for it, or null if the field is left out. */
  private @Nullable String declare(String name) {
    return declare(name, name);
  }

  /** The same for a field that the settings call otherwise. */
  private @Nullable String declare(String name, String called) {
    if (!seen.add(name)) {
      return null; // the first of that name has it
    }
    if (group != null && !inAttributes()) {
      // a place of its own, and of the format's: neither users' keys nor rules reach it
      return name;
    }
    String allowed = fieldNames.of(name, called, UnaryOperator.identity());
    own(name);
    if (allowed != null) {
      own(allowed);
    }
    return allowed;
  }

  private void own(String name) {
    declared.add(name);
    reserved.add(name);
  }

  /** Reserves a name that a record has whatever the settings say. */
  private void fix(String name) {
    fieldNames.fix(name);
    reserved.add(name);
  }

  /** Makes one fragment of the constants since the last step. */
  private void flush() {
    if (!pending.isEmpty()) {
      steps.add(constants(constants));
    }
  }

  private Step constants(ValueWriter values) {
    FieldName first = encoded(pending.keySet().iterator().next());
    Fragment fragment = Fragment.capture(scratch, values, pending, inAttributes());
    pending.clear();
    return Step.constants(first, fragment);
  }
}
