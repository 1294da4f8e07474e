package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Marker;

/** The rules that more than one reference needs. */
final class Rules {
  private static final DateTimeFormatter NANOS =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

  private Rules() {}

  /** The same moment to the nanosecond, provided that the reference has it to the millisecond. */
  static Difference.Rule time(String field, Function<String, Instant> parse) {
    return (sample, expected) -> {
      Instant theirs = parse.apply(expected.get(field).textValue());
      Instant instant = sample.event().getInstant();
      if (theirs.toEpochMilli() == instant.toEpochMilli()) {
        expected.put(field, NANOS.format(instant));
      }
    };
  }

  static Difference.Rule set(String field, Object value) {
    return (sample, expected) -> expected.set(field, TypedJson.of(value));
  }

  static Difference.Rule absentIfNull(String field, Function<ILoggingEvent, String> value) {
    return (sample, expected) -> {
      if (value.apply(sample.event()) == null) {
        expected.remove(field);
      }
    };
  }

  static Difference.Rule wellFormed(String field, Function<ILoggingEvent, String> value) {
    return (sample, expected) -> {
      String text = value.apply(sample.event());
      if (TypedJson.isIllFormed(text)) {
        expected.put(field, TypedJson.wellFormed(text));
      }
    };
  }

  /** The ids of the trace that the MDC tells of, under the names of ECS and no other. */
  static Difference.Rule ecsTrace() {
    return (sample, expected) ->
        UserFields.traceOf(sample.event())
            .forEach(
                (key, id) -> {
                  JsonNode written = expected.get(key);
                  if (written != null && id.equals(written.textValue())) {
                    expected.remove(key);
                  }
                  expected.put(key.replace('_', '.'), id);
                });
  }

  /** All markers with all that they refer to, each once, in the order of their names. */
  static Difference.Rule tags(String field) {
    return (sample, expected) -> {
      List<Marker> markers = sample.event().getMarkerList();
      if (markers != null) {
        TreeSet<String> names = new TreeSet<>();
        add(markers.iterator(), names);
        expected.set(field, TypedJson.of(names));
      }
    };
  }

  @SuppressWarnings("deprecation") // nesting markers is, but what nests them is still about
  static void add(Iterator<Marker> markers, Set<String> names) {
    markers.forEachRemaining(
        marker -> {
          names.add(marker.getName());
          add(marker.iterator(), names);
        });
  }

  static Difference.Rule replaced(String field, String regex, String replacement) {
    return (sample, expected) -> {
      JsonNode text = expected.get(field);
      if (text != null) {
        expected.put(field, text.textValue().replaceAll(regex, replacement));
      }
    };
  }
}
