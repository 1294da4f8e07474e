package dev.shiplog.logback.differential;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a value is once protobuf has read it: integers of 64 bits, doubles, texts, and no null. */
final class AnyValues {
  private static final int INT_BITS = 63;

  private AnyValues() {}

  static Object of(Object value) {
    if (value == null) {
      return "(null)";
    }
    if (value instanceof String text) {
      return TypedJson.wellFormed(text);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, member) -> values.put((String) key, of(member)));
      return values;
    }
    if (value instanceof int[] ints) {
      return Arrays.stream(ints).mapToObj(i -> (Object) (long) i).toList();
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(element -> values.add(of(element)));
      return values;
    }
    return value instanceof Number number ? number(number) : value;
  }

  private static Object number(Number number) {
    if (TypedJson.isNotFinite(number)) {
      return number.toString();
    }
    if (number instanceof BigInteger integer && integer.bitLength() > INT_BITS
        || number instanceof BigDecimal
        || number instanceof Double
        || number instanceof Float) {
      // a float as its digits say, which is not what it is worth
      return Double.valueOf(number.toString());
    }
    return number.longValue();
  }
}
