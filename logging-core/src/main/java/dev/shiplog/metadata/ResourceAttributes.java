package dev.shiplog.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What OpenTelemetry's variables say: {@code OTEL_SERVICE_NAME}, and {@code
 * OTEL_RESOURCE_ATTRIBUTES}, a list of {@code key=value,…} with percent-encoding.
 *
 * <p>A pair that is malformed is left out by itself; the specification would rather have the whole
 * variable ignored, which costs an operator all of them for one mistake.
 */
final class ResourceAttributes {
  private static final String NAME = "OTEL_SERVICE_NAME";
  private static final String LIST = "OTEL_RESOURCE_ATTRIBUTES";

  private ResourceAttributes() {}

  static void find(Machine machine, Findings findings) {
    findings.add("service.name", machine.variable(NAME), "env " + NAME);
    String list = machine.variable(LIST);
    if (list != null) {
      for (Map.Entry<String, String> pair : parse(list).entrySet()) {
        if (!pair.getKey().equals("service.name") || !pair.getValue().isBlank()) {
          findings.addAsTold(pair.getKey(), pair.getValue(), "env " + LIST);
        }
      }
    }
  }

  /** The pairs in their order; a key that comes again has its last value. */
  static Map<String, String> parse(String list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : list.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String key = decoded(pair.substring(0, equals).strip());
        String value = decoded(pair.substring(equals + 1).strip());
        if (key != null && value != null && !key.isEmpty()) {
          pairs.put(key, value);
        }
      }
    }
    return pairs;
  }

  /** Percent-decoded UTF-8, in which a plus is a plus; null if an escape is malformed. */
  private static @Nullable String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low < 0) {
        return null;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
