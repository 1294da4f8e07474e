package dev.shiplog.logback.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What a value is in our records: as Jackson has it, but for what JSON and Unicode cannot hold. */
final class TypedJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private TypedJson() {}

  static JsonNode of(Object value) {
    if (value instanceof String text) {
      return JsonNodeFactory.instance.textNode(wellFormed(text));
    }
    if (isNotFinite(value)) {
      return JsonNodeFactory.instance.textNode(value.toString());
    }
    return MAPPER.valueToTree(value);
  }

  /** Whether a value is a number that JSON has not. */
  static boolean isNotFinite(Object value) {
    return (value instanceof Double || value instanceof Float)
        && !Double.isFinite(((Number) value).doubleValue());
  }

  /** Whether a text has a surrogate without its partner. */
  static boolean isIllFormed(Object value) {
    return value instanceof String text && !text.equals(wellFormed(text));
  }

  static String wellFormed(String text) {
    return text.replaceAll(
        "(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])", "\uFFFD");
  }
}
