package dev.shiplog.schema.encoder;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is true of every record of a format, whatever is in it. */
final class Shapes {
  private static final Set<String> GELF =
      Set.of("version", "host", "short_message", "full_message", "timestamp", "level");
  private static final Pattern GELF_NAME = Pattern.compile("_[\\w.\\-]*");
  private static final Pattern TIME = Pattern.compile("\\d{1,19}");
  private static final Pattern INT = Pattern.compile("-?\\d{1,19}");

  private Shapes() {}

  /** Fields of GELF: its own, or with an underscore; texts and numbers. */
  static void gelf(Map<String, @Nullable Object> record) {
    record.forEach(
        (name, value) -> {
          require(GELF.contains(name) || GELF_NAME.matcher(name).matches(), name);
          require(!name.equals("_id"), name);
          require(value instanceof String || value instanceof Number, name);
        });
  }

  /** An ExportLogsServiceRequest with one log record. */
  static void otlp(Map<String, @Nullable Object> record) {
    Map<?, ?> resourceLogs = only(record, "resourceLogs");
    require(record.size() == 1, record.keySet());
    if (resourceLogs.get("resource") instanceof Map<?, ?> resource) {
      attributes(resource.get("attributes"));
    }
    Map<?, ?> scopeLogs = only(resourceLogs, "scopeLogs");
    Map<?, ?> logRecord = only(scopeLogs, "logRecords");
    require(matches(TIME, logRecord.get("timeUnixNano")), logRecord);
    if (logRecord.containsKey("attributes")) {
      attributes(logRecord.get("attributes"));
    }
  }

  private static Map<?, ?> only(Map<?, ?> from, String name) {
    List<?> list = list(from.get(name));
    require(list.size() == 1, name);
    return map(list.get(0));
  }

  private static List<?> list(@Nullable Object value) {
    require(value instanceof List, value);
    return (List<?>) Objects.requireNonNull(value);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    require(value instanceof Map, value);
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static void attributes(@Nullable Object list) {
    Set<Object> keys = new HashSet<>();
    for (Object element : list(list)) {
      Map<?, ?> pair = map(element);
      require(pair.size() == 2 && pair.get("key") instanceof String, pair);
      require(keys.add(String.valueOf(pair.get("key"))), pair);
      value(map(pair.get("value")));
    }
  }

  private static void value(Map<?, ?> value) {
    if (value.isEmpty()) {
      return;
    }
    require(value.size() == 1, value);
    Map.Entry<?, ?> typed = value.entrySet().iterator().next();
    switch (String.valueOf(typed.getKey())) {
      case "stringValue" -> require(typed.getValue() instanceof String, value);
      case "boolValue" -> require(typed.getValue() instanceof Boolean, value);
      case "intValue" -> require(matches(INT, typed.getValue()), value);
      case "doubleValue" -> require(typed.getValue() instanceof Number, value);
      case "arrayValue" ->
          list(map(typed.getValue()).get("values")).forEach(element -> value(map(element)));
      case "kvlistValue" -> attributes(map(typed.getValue()).get("values"));
      default -> require(false, value);
    }
  }

  private static boolean matches(Pattern pattern, @Nullable Object value) {
    return value instanceof String text && pattern.matcher(text).matches();
  }

  /** As an assertion of AssertJ, but for a thousand times as many values. */
  private static void require(boolean holds, @Nullable Object what) {
    if (!holds) {
      throw new AssertionError("not as the format has it: " + what);
    }
  }
}
