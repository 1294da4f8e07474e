package dev.shiplog.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  record Stray(String name, String place, Map<String, Meant> candidates) {}

  /**
   * What a name may have been meant to be.
   *
   * @param written how a message spells it
   * @param closes whether the appender must not send as long as it may be meant
   */
  record Meant(String written, boolean closes) {}

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
    return in(file, keys, null);
  }

  /** The same for what may be meant for elsewhere, where it is not for keys alone. */
  static Found in(FileValues file, List<Key<?>> keys, @Nullable Elsewhere elsewhere) {
    Map<String, Key<?>> byName = new LinkedHashMap<>();
    Map<String, Meant> candidates = new LinkedHashMap<>();
    for (Key<?> key : keys) {
      byName.put(key.name(), key);
      candidates.put(key.name(), new Meant(key.qualifiedName(), key.security()));
    }
    Found found = new Found();
    for (FileValues.Entry entry : file.entries()) {
      Key<?> key = byName.get(entry.key());
      if (key == null) {
        found.stray(new Stray(entry.key(), entry.written().place(), candidates));
      } else {
        found.value(key, entry.written());
      }
    }
    for (FileValues.Entry entry : file.doubtful()) {
      Map<String, Meant> all = new LinkedHashMap<>();
      if (elsewhere != null) {
        all.putAll(elsewhere.candidates(Spelling.PROPERTY, entry.key()));
      }
      file.beside().forEach((name, written) -> all.put(name, new Meant(written, false)));
      boolean meant = NearestKey.among(all.keySet(), entry.key()) != null;
      if (meant || FlatSource.isOurs(Spelling.PROPERTY, entry.key(), byName)) {
        candidates.forEach(all::putIfAbsent);
        found.stray(new Stray(entry.key(), entry.written().place(), all));
      }
    }
    return found;
  }
}
