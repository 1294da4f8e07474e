package dev.shiplog.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be logged, as the fuzzer's bytes say. The same at whatever time it is looked at. */
final class FuzzedValues {
  private FuzzedValues() {}

  /** Any value, {@code depth} deep in another. */
  static @Nullable Object value(FuzzedDataProvider data, int depth) {
    int kind = data.consumeInt(0, depth > 20 ? 12 : 17);
    return switch (kind) {
      case 0 -> null;
      case 1 -> data.consumeString(200);
      case 2 -> chars(data);
      case 3 -> data.consumeLong();
      case 4 -> data.consumeDouble();
      case 5 -> data.consumeFloat();
      case 6 -> data.consumeBoolean();
      case 7 -> new BigInteger(1, data.consumeBytes(40)).negate();
      case 8 ->
          new BigDecimal(new BigInteger(data.consumeBoolean() ? "1" : "-7"), data.consumeInt());
      case 9 -> data.consumeBytes(100);
      case 10 ->
          Instant.ofEpochSecond(
              data.consumeLong(-31_557_014_167_219_200L, 31_556_889_864_403_199L));
      case 11 -> data.consumeChar();
      case 12 -> new Failing(data.consumeInt(0, 3));
      case 13 -> list(data, depth);
      case 14 -> map(data, depth);
      case 15 -> list(data, depth).toArray();
      case 16 -> Optional.ofNullable(value(data, depth + 1));
      default -> data.consumeInts(50);
    };
  }

  /** Any chars at all, lone surrogates among them. */
  static String chars(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    for (int i = data.consumeInt(0, 80); i > 0; i--) {
      text.append(data.consumeChar());
    }
    return text.toString();
  }

  private static List<@Nullable Object> list(FuzzedDataProvider data, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = data.consumeInt(0, 6); i > 0; i--) {
      list.add(value(data, depth + 1));
    }
    if (data.consumeInt(0, 9) == 0) {
      list.add(list);
    }
    return list;
  }

  private static Map<@Nullable Object, @Nullable Object> map(FuzzedDataProvider data, int depth) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = data.consumeInt(0, 6); i > 0; i--) {
      map.put(data.consumeBoolean() ? chars(data) : null, value(data, depth + 1));
    }
    if (data.consumeInt(0, 9) == 0) {
      map.put("self", map);
    }
    return map;
  }

  /** An object that is no help. */
  private record Failing(int how) {
    @Override
    public String toString() {
      return switch (how) {
        case 0 -> throw new IllegalStateException("on purpose");
        case 1 -> toString();
        case 2 -> "\ud800";
        default -> "Failing";
      };
    }
  }
}
