package dev.shiplog.logback.differential;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Encodes generated events with a reference implementation and with ours, and accepts nothing but
 * equal records, once the listed differences have been applied to the reference's. Each of these
 * must be met at least once: a difference that is no more is not to stay listed.
 *
 * <p>Objects are compared as dotted names, so that rules name fields alike whether or not records
 * are nested. Where the reference loses an event (it throws, or writes what is not JSON), its
 * record of the event without user fields stands in.
 */
final class Comparison {
  private static final int EVENTS = 1_500;
  private static final int MOST_REPORTED = 20;

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** References write a key twice, and numbers that are none. */
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Encoder<ILoggingEvent> reference;
  private final Encoder<ILoggingEvent> ours;
  private final List<Difference> differences;
  private final Difference.Rule whenLost;
  private final Map<String, Integer> met = new TreeMap<>();
  private final Map<String, String> unlisted = new TreeMap<>();
  private int lost;

  Comparison(
      Encoder<ILoggingEvent> reference,
      Encoder<ILoggingEvent> ours,
      List<Difference> differences,
      Difference.Rule whenLost) {
    this.reference = reference;
    this.ours = ours;
    this.differences = differences;
    this.whenLost = whenLost;
  }

  /** Compares the events of one seed. */
  void run(long seed, EventGenerator generator) {
    for (int i = 0; i < EVENTS; i++) {
      compare("seed " + seed + ", event " + i, generator, generator.next());
    }
    assertThat(unlisted.entrySet().stream().limit(MOST_REPORTED))
        .as("differences that are not listed")
        .isEmpty();
    assertThat(EVENTS - lost).as("events that the reference can encode").isGreaterThan(1_000);
    for (Difference difference : differences) {
      assertThat(met).as("differences met").containsKey(name(difference));
    }
  }

  private void compare(String label, EventGenerator generator, ILoggingEvent event) {
    ObjectNode actual = read(label, ours.encode(event));
    ObjectNode own = read(generator.anonymous(event));
    ObjectNode expected;
    try {
      expected = read(event);
    } catch (RuntimeException e) {
      lost++;
      expected = own.deepCopy();
      whenLost.apply(new Difference.Case(event, own), expected);
    }
    Difference.Case sample = new Difference.Case(event, own);
    for (Difference difference : differences) {
      JsonNode before = expected.deepCopy();
      difference.rule().apply(sample, expected);
      if (!before.equals(expected)) {
        met.merge(name(difference), 1, Integer::sum);
      }
    }
    Map<String, Object> wanted = JsonValues.of(JsonValues.flat(expected));
    Map<String, Object> got = JsonValues.of(JsonValues.flat(actual));
    for (String field : JsonValues.fields(wanted, got)) {
      Object want = wanted.get(field);
      Object have = got.get(field);
      if (!Objects.equals(want, have)) {
        unlisted.putIfAbsent(field, label + told(shown(want), shown(have)));
      }
    }
  }

  private ObjectNode read(ILoggingEvent event) {
    try {
      return JsonValues.flat((ObjectNode) LENIENT.readTree(reference.encode(event)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode read(String label, byte[] record) {
    String line = new String(record, StandardCharsets.UTF_8);
    assertThat(line).as(label).endsWith("}\n");
    assertThat(line.indexOf('\n')).as(label + ": one line").isEqualTo(line.length() - 1);
    try {
      return (ObjectNode) STRICT.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(label + ": " + line, e);
    }
  }

  /** Both from shortly before they part. */
  private static String told(String reference, String ours) {
    int same = Math.max(0, Arrays.mismatch(reference.toCharArray(), ours.toCharArray()) - 60);
    return "\n  reference " + reference.substring(same) + "\n  ours      " + ours.substring(same);
  }

  private static String shown(@Nullable Object value) {
    try {
      return value == null ? "absent" : STRICT.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(Difference difference) {
    return difference.field() + ": " + difference.why();
  }
}
