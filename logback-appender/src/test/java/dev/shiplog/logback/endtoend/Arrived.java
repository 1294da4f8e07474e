package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.shiplog.testkit.ReceivedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event of the {@link Story} at its destination.
 *
 * @param tag empty where there are none
 * @param time that of the entry; where there is none, that in the record
 */
record Arrived(String tag, Instant time, Map<String, @Nullable Object> fields) {

  /** The events of our endpoint, by step. */
  static Map<Long, Arrived> atEndpoint(List<ReceivedEvent> events) {
    Map<Long, Arrived> byStep = new TreeMap<>();
    for (ReceivedEvent event : events) {
      put(byStep, new Arrived(event.tag(), event.time(), plain(event.fields())));
    }
    return byStep;
  }

  /** What FluentServer printed, by step. */
  static Map<Long, Arrived> atFluentServer(List<String> lines) throws Exception {
    Map<Long, Arrived> byStep = new TreeMap<>();
    for (String line : lines) {
      Map<?, ?> event = new JsonMapper().readValue(line, Map.class);
      Number seconds = (Number) event.get("seconds");
      Number nanos = (Number) event.get("nanos");
      put(
          byStep,
          new Arrived(
              (String) event.get("tag"),
              Instant.ofEpochSecond(seconds.longValue(), nanos.longValue()),
              plain((Map<?, ?>) event.get("record"))));
    }
    return byStep;
  }

  /** Lines of JSON, by step. */
  static Map<Long, Arrived> asLines(List<String> lines) {
    Map<Long, Arrived> byStep = new TreeMap<>();
    for (Map<String, @Nullable Object> line : CapturedStdout.records(lines)) {
      // what earlier tests could not send may come out now
      if (line.containsKey(Story.STEP)) {
        put(byStep, new Arrived("", Instant.parse((String) line.get("@timestamp")), line));
      }
    }
    return byStep;
  }

  private static void put(Map<Long, Arrived> byStep, Arrived event) {
    long step = ((Number) event.fields().get(Story.STEP)).longValue();
    assertThat(byStep.put(step, event)).as("step %s came twice", step).isNull();
  }

  /** What has no form in JSON as the text that we write in its place. */
  private static Map<String, @Nullable Object> plain(Map<?, ?> map) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    map.forEach((name, value) -> plain.put((String) name, plainValue(value)));
    return plain;
  }

  private static @Nullable Object plainValue(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plainValue(element)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      return map.containsKey("$bin") ? map.get("$bin") : plain(map);
    }
    return value;
  }
}
