package dev.shiplog.schema.encoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a reader makes of the records that one event became, knowing nothing but the rule. */
final class Joined {
  private Joined() {}

  /** A text that is the same in all parts is whole; any other is all of them, in order. */
  static @Nullable Object of(List<? extends @Nullable Object> parts) {
    Object first = parts.get(0);
    if (first instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> joined = new LinkedHashMap<>();
      for (Object key : map.keySet()) {
        joined.put(key, of(parts.stream().map(part -> ((Map<?, ?>) part).get(key)).toList()));
      }
      return joined;
    }
    if (first instanceof List<?> list) {
      List<@Nullable Object> joined = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        int at = i;
        joined.add(of(parts.stream().map(part -> ((List<?>) part).get(at)).toList()));
      }
      return joined;
    }
    if (parts.stream().allMatch(part -> Objects.equals(part, first))) {
      return first;
    }
    StringBuilder text = new StringBuilder();
    parts.forEach(text::append);
    return text.toString();
  }
}
