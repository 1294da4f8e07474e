package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shiplog.logback.ShiplogEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What gelf is, whichever reference it is compared with. */
final class GelfRules {
  static final Set<String> RESERVED = Set.of("_tags");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private GelfRules() {}

  static ShiplogEncoder ours(EventGenerator generator) {
    ShiplogEncoder ours = new ShiplogEncoder();
    ours.setContext(generator.context());
    ours.put("schema", "gelf");
    ours.put("service.name", "gallery");
    ours.put("service.version", "1.2");
    ours.put("service.instance", "gallery-1");
    ours.put("metadata.level", "none");
    ours.put("maxEventBytes", "256KB");
    ours.start();
    return ours;
  }

  /** What a key becomes. */
  static String name(String key) {
    String name = key.replaceAll("[^A-Za-z0-9._-]", "_");
    name = key.startsWith("_") ? name : "_" + name;
    return name.equals("_id") ? "_id_" : name;
  }

  /** A machine's name is its own. */
  static String host(ShiplogEncoder ours, EventGenerator generator) {
    try {
      byte[] record = ours.encode(generator.anonymous(generator.next()));
      return MAPPER.readTree(record).get("host").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void shortMessage(Difference.Case sample, ObjectNode expected) {
    String message = sample.event().getFormattedMessage();
    String line = message == null ? "" : message.split("[\r\n]", 2)[0];
    expected.put("short_message", line.isBlank() ? "-" : TypedJson.wellFormed(line));
  }

  /** The message and the trace behind it, from wherever the reference has its trace. */
  static Difference.Rule fullMessage(String traceField) {
    return (sample, expected) -> {
      String message = sample.event().getFormattedMessage();
      JsonNode trace = sample.own().get(traceField);
      boolean longer = message != null && !message.isBlank() && message.matches("(?s).*[\r\n].*");
      if (sample.event().getThrowableProxy() != null) {
        String text = trace.textValue();
        expected.put(
            "full_message",
            (message == null ? "" : TypedJson.wellFormed(message) + "\n") + traceOf(text));
      } else if (longer) {
        expected.put("full_message", TypedJson.wellFormed(message));
      } else {
        expected.remove("full_message");
      }
    };
  }

  /** The JDK's trace in Logback's words. */
  static String traceOf(String text) {
    return text.replaceAll("\t\\.\\.\\. (\\d+) more\n", "\t... $1 common frames omitted\n")
        .replaceAll("(\\[CIRCULAR REFERENCE: [\\w.$]+): null]\n", "$1]\n");
  }

  static void time(Difference.Case sample, ObjectNode expected) {
    Instant instant = sample.event().getInstant();
    BigDecimal exact =
        BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    BigDecimal theirs = new BigDecimal(expected.get("timestamp").asText());
    if (theirs.subtract(exact).abs().compareTo(new BigDecimal("0.001")) < 0) {
      expected.put("timestamp", exact);
    }
  }

  static void thrown(Difference.Case sample, ObjectNode expected) {
    IThrowableProxy thrown = sample.event().getThrowableProxy();
    if (thrown != null) {
      expected.put("_exception_type", thrown.getClassName());
      if (thrown.getMessage() != null) {
        expected.put("_exception_message", thrown.getMessage());
      }
    }
  }

  static Difference.Rule renamed(String theirs, String ours) {
    return (sample, expected) -> {
      JsonNode value = expected.remove(theirs);
      if (value != null) {
        expected.set(ours, value);
      }
    };
  }

  static Difference.Rule removed(String... fields) {
    return (sample, expected) -> expected.remove(List.of(fields));
  }

  /** A boolean is its word. */
  static void words(Difference.Case sample, ObjectNode expected) {
    for (UserFields.Field field :
        UserFields.of(sample.event(), RESERVED::contains, GelfRules::name)) {
      if (field.name() != null && field.value() instanceof Boolean && !field.masked()) {
        expected.put(field.name(), field.value().toString());
      }
    }
  }

  /** Our encoder with the texts that are JSON of an object or array turned into those again. */
  static Encoder<ILoggingEvent> unflattened(ShiplogEncoder ours) {
    return new EncoderBase<>() {
      @Override
      public byte[] encode(ILoggingEvent event) {
        try {
          ObjectNode record = (ObjectNode) MAPPER.readTree(ours.encode(event));
          for (Map.Entry<String, JsonNode> field : record.properties()) {
            String text = field.getValue().asText();
            if (field.getKey().startsWith("_") && (text.startsWith("[") || text.startsWith("{"))) {
              field.setValue(MAPPER.readTree(text));
            }
          }
          return (MAPPER.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public byte[] headerBytes() {
        return new byte[0];
      }

      @Override
      public byte[] footerBytes() {
        return new byte[0];
      }
    };
  }
}
