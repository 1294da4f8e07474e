package dev.shiplog.log4j2;

import dev.shiplog.config.Key;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names of the key table as Log4j compares names, without regard to case: {@code Spool.Dir} is
 * {@code spool.dir}.
 */
final class KeyNames {
  private static final Pattern FIRST_LETTER = Pattern.compile("(?<![^.])[A-Z]");

  private final Set<String> keys = new HashSet<>();
  private final Map<String, String> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  KeyNames(Scope scope) {
    for (Key<?> key : Keys.of(scope)) {
      keys.add(key.name());
      spellings.put(key.name(), key.name());
      int dot = key.name().indexOf('.');
      if (dot > 0) {
        String group = key.name().substring(0, dot);
        spellings.put(group, group);
      }
    }
  }

  /** The name as the table has it; one that it has not, with small first letters. */
  String spelled(String name) {
    String spelling = spellings.get(name);
    return spelling == null
        ? FIRST_LETTER.matcher(name).replaceAll(first -> first.group().toLowerCase(Locale.ROOT))
        : spelling;
  }

  boolean isKey(String name) {
    return keys.contains(name);
  }
}
