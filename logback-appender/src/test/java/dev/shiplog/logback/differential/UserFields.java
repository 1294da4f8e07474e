package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/** The MDC and key-values of an event under the names that the documentation promises them. */
final class UserFields {
  private static final Set<String> MASKED = Set.of("password", "Authorization");

  /** What a valid id looks like, by the keys that generated events have. */
  private static final Map<String, Pattern> IDS =
      Map.of(
          "trace_id", Pattern.compile("(?!0+$)[0-9a-f]{32}"),
          "span_id", Pattern.compile("(?!0+$)[0-9a-f]{16}"));

  /**
   * One field.
   *
   * @param source {@code mdc} or {@code kv}
   * @param key as the user wrote it
   * @param name in our record; null if the field is absent because its value is
   * @param shared whether the key is the schema's too, or another field's
   */
  record Field(String source, String key, String name, Object value, boolean shared) {
    boolean masked() {
      return MASKED.contains(key);
    }
  }

  private final Predicate<String> reserved;
  private final UnaryOperator<String> shape;
  private final Set<String> taken = new HashSet<>();
  private final Set<String> repeated = new HashSet<>();
  private final List<Field> fields = new ArrayList<>();

  private UserFields(
      ILoggingEvent event,
      Predicate<String> reserved,
      UnaryOperator<String> shape,
      boolean traced) {
    this.reserved = reserved;
    this.shape = shape;
    Set<String> keys = new HashSet<>(event.getMDCPropertyMap().keySet());
    for (KeyValuePair pair : pairs(event)) {
      if (!keys.add(pair.key)) {
        repeated.add(pair.key);
      }
    }
    Map<String, String> mdc = new LinkedHashMap<>(event.getMDCPropertyMap());
    if (traced) {
      mdc.keySet().removeAll(traceOf(event).keySet());
    }
    mdc.forEach((key, value) -> add("mdc", key, value));
    pairs(event).forEach(pair -> add("kv", pair.key, pair.value));
  }

  static List<Field> of(
      ILoggingEvent event, Predicate<String> reserved, UnaryOperator<String> shape) {
    return new UserFields(event, reserved, shape, false).fields;
  }

  /** The same where the schema has fields for the trace: what of the MDC these tell is left out. */
  static List<Field> besideTrace(
      ILoggingEvent event, Predicate<String> reserved, UnaryOperator<String> shape) {
    return new UserFields(event, reserved, shape, true).fields;
  }

  /** What of an event's MDC is a valid id of its trace or span, by key. */
  static Map<String, String> traceOf(ILoggingEvent event) {
    Map<String, String> ids = new LinkedHashMap<>();
    event
        .getMDCPropertyMap()
        .forEach(
            (key, value) -> {
              Pattern id = IDS.get(key);
              if (id != null && value != null && id.matcher(value).matches()) {
                ids.put(key, value);
              }
            });
    return ids;
  }

  /** Changes the fields that {@code which} chooses to what they are in our records. */
  static Difference.Rule rule(Predicate<String> reserved, Predicate<Field> which) {
    return rule(reserved, which, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** The same where the schema has fields for the trace. */
  static Difference.Rule ruleBesideTrace(Predicate<String> reserved, Predicate<Field> which) {
    return (sample, expected) ->
        apply(
            besideTrace(sample.event(), reserved, UnaryOperator.identity()).stream()
                .filter(which)
                .toList(),
            UnaryOperator.identity(),
            sample,
            expected);
  }

  /**
   * The same where names are not as users write them.
   *
   * @param ours what a key becomes in our record
   * @param theirs what it becomes in the reference's
   */
  static Difference.Rule rule(
      Predicate<String> reserved,
      Predicate<Field> which,
      UnaryOperator<String> ours,
      UnaryOperator<String> theirs) {
    return (sample, expected) ->
        apply(
            of(sample.event(), reserved, ours).stream().filter(which).toList(),
            theirs,
            sample,
            expected);
  }

  private static void apply(
      List<Field> chosen,
      UnaryOperator<String> theirs,
      Difference.Case sample,
      ObjectNode expected) {
    chosen.forEach(field -> restore(theirs.apply(field.key()), sample.own(), expected));
    for (Field field : chosen) {
      if (field.name() != null) {
        expected.set(
            field.name(),
            field.masked()
                ? JsonNodeFactory.instance.textNode("****")
                : TypedJson.of(field.value()));
      }
    }
  }

  private static void restore(String key, ObjectNode own, ObjectNode expected) {
    List<String> written = new ArrayList<>();
    expected.fieldNames().forEachRemaining(written::add);
    for (String name : written) {
      if (name.equals(key) || name.startsWith(key + ".")) {
        expected.remove(name);
      }
    }
    JsonNode schemas = own.get(key);
    if (schemas != null) {
      expected.set(key, schemas);
    }
  }

  private static List<KeyValuePair> pairs(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null ? List.of() : pairs;
  }

  private void add(String source, String key, Object value) {
    boolean shared = reserved.test(shape.apply(key)) || repeated.contains(key);
    if (value == null) {
      fields.add(new Field(source, key, null, null, shared));
      return;
    }
    String name = shape.apply(key);
    if (reserved.test(name) || taken.contains(name)) {
      name = shape.apply(source + "." + key);
    }
    for (int i = 2; taken.contains(name); i++) {
      name = shape.apply(source + "." + key + "_" + i);
    }
    taken.add(name);
    fields.add(new Field(source, key, name, value, shared));
  }
}
