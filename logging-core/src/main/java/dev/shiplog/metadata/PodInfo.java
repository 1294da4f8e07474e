package dev.shiplog.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the downward API's volume says: {@code /etc/podinfo/labels} and {@code annotations}, lines
 * of {@code key="value"} with the value quoted as in Go.
 *
 * <p>Labels are told as they are. Annotations may hold anything, whole manifests among it; those
 * alone are read that are meant for us, below {@code resource.opentelemetry.io/}.
 */
final class PodInfo {
  private static final String LABELS = "/etc/podinfo/labels";
  private static final String ANNOTATIONS = "/etc/podinfo/annotations";
  private static final String ATTRIBUTE = "resource.opentelemetry.io/";

  private PodInfo() {}

  static void findAttributes(Machine machine, Findings findings) {
    for (Map.Entry<String, String> annotation : parse(machine.text(ANNOTATIONS)).entrySet()) {
      if (annotation.getKey().startsWith(ATTRIBUTE)) {
        String name = annotation.getKey().substring(ATTRIBUTE.length());
        findings.add(name, annotation.getValue(), ANNOTATIONS);
      }
    }
  }

  static void findLabels(Machine machine, Findings findings) {
    for (Map.Entry<String, String> label : parse(machine.text(LABELS)).entrySet()) {
      findings.addAsTold("k8s.pod.label." + label.getKey(), label.getValue(), LABELS);
    }
  }

  /** The pairs in their order, without the lines that are malformed. */
  static Map<String, String> parse(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      String pair = line.strip();
      int equals = pair.indexOf('=');
      String value = equals > 0 ? unquoted(pair.substring(equals + 1)) : null;
      if (value != null) {
        pairs.put(pair.substring(0, equals), value);
      }
    }
    return pairs;
  }

  /** What {@code strconv.Quote} was given, or null if this is none of its results. */
  private static @Nullable String unquoted(String quoted) {
    int end = quoted.length() - 1;
    if (end < 1 || quoted.charAt(0) != '"' || quoted.charAt(end) != '"') {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end); // \x gives bytes of UTF-8
    for (int i = 1; i < end; ) {
      char c = quoted.charAt(i);
      if (c == '"') {
        return null;
      }
      if (c != '\\') {
        int next = quoted.offsetByCodePoints(i, 1);
        bytes.writeBytes(quoted.substring(i, next).getBytes(StandardCharsets.UTF_8));
        i = next;
        continue;
      }
      char kind = quoted.charAt(i + 1); // the closing quote at least
      int simple = "abfnrtv\\\"'".indexOf(kind);
      if (i + 1 < end && simple >= 0) {
        bytes.write("\u0007\b\f\n\r\t\u000b\\\"'".charAt(simple));
        i += 2;
        continue;
      }
      int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      int value = digits == 0 || i + 2 + digits > end ? -1 : hex(quoted, i + 2, digits);
      if (value < 0 || value > Character.MAX_CODE_POINT) {
        return null;
      }
      if (kind == 'x') {
        bytes.write(value);
      } else {
        bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
      }
      i += 2 + digits;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hex(String text, int start, int digits) {
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || value > 0xfffffff) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
