package dev.shiplog.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one source says: values by key, and what is no key. Not safe for several threads. */
final class Found {
  private final Map<Key<?>, List<Written>> values = new LinkedHashMap<>();
  private final List<Stray> strays = new ArrayList<>();

  /**
   * A name that is no key.
   *
   * @param name what stands in place of a key, in the source's spelling
   * @param candidates what could stand there, by name in that spelling
   */
  record Stray(String name, String place, Map<String, Key<?>> candidates) {}

  void value(Key<?> key, Written written) {
    values.computeIfAbsent(key, absent -> new ArrayList<>()).add(written);
  }

  void stray(Stray stray) {
    strays.add(stray);
  }

  boolean has(Key<?> key) {
    return values.containsKey(key);
  }

  List<Written> values(Key<?> key) {
    return values.getOrDefault(key, List.of());
  }

  List<Stray> strays() {
    return strays;
  }

  /** Reads what a file says. */
  static Found in(FileValues file, List<Key<?>> keys) {
    Map<String, Key<?>> byName = new LinkedHashMap<>();
    keys.forEach(key -> byName.put(key.name(), key));
    Found found = new Found();
    for (FileValues.Entry entry : file.entries()) {
      Key<?> key = byName.get(entry.key());
      if (key == null) {
        found.stray(new Stray(entry.key(), entry.written().place(), byName));
      } else {
        found.value(key, entry.written());
      }
    }
    for (FileValues.Entry entry : file.doubtful()) {
      if (FlatSource.isOurs(Spelling.PROPERTY, entry.key(), byName)) {
        found.stray(new Stray(entry.key(), entry.written().place(), byName));
      }
    }
    return found;
  }
}
