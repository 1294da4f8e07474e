package dev.shiplog.logback.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Records as values that are equal if they mean the same: numbers by what they are worth. */
public final class JsonValues {
  private JsonValues() {}

  /** The record with dotted names in place of objects; empty objects stay. */
  public static ObjectNode flat(ObjectNode record) {
    ObjectNode flat = record.objectNode();
    flatten("", record, flat);
    return flat;
  }

  private static void flatten(String prefix, ObjectNode object, ObjectNode flat) {
    object
        .properties()
        .forEach(
            field -> {
              String name = prefix + field.getKey();
              if (field.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
                flatten(name + ".", inner, flat);
              } else {
                flat.set(name, field.getValue());
              }
            });
  }

  /** The record's fields. */
  public static Map<String, Object> of(ObjectNode record) {
    Map<String, Object> values = new LinkedHashMap<>();
    record.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
    return values;
  }

  static Set<String> fields(Map<String, Object> one, Map<String, Object> other) {
    Set<String> fields = new TreeSet<>(one.keySet());
    fields.addAll(other.keySet());
    return fields;
  }

  private static Object value(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return of(object);
    }
    if (node.isArray()) {
      List<Object> values = new ArrayList<>();
      node.forEach(element -> values.add(value(element)));
      return values;
    }
    if (node.isNumber()) {
      return number(node.asText());
    }
    return node.isBoolean() ? node.booleanValue() : node.isNull() ? "(null)" : node.textValue();
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException e) {
      return text; // NaN and infinities, which only references write
    }
  }
}
