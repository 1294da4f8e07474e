package dev.shiplog.config;

import dev.shiplog.config.Found.Meant;
import dev.shiplog.config.Namespaces.Namespace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what system properties or the environment say about one appender. */
final class FlatSource {
  private final Spelling spelling;
  private final Map<String, String> entries;

  FlatSource(Spelling spelling, Map<String, String> entries) {
    this.spelling = spelling;
    this.entries = entries;
  }

  /** The most specific namespace that has a key decides about it. */
  Found read(Namespaces namespaces, List<Key<?>> keys, Elsewhere elsewhere) {
    Found found = new Found();
    for (Namespace namespace : namespaces.all()) {
      Map<String, String> inside = entriesIn(namespace);
      if (inside.isEmpty()) {
        continue; // as a rule: the names of all keys need not be made
      }
      Map<String, Key<?>> candidates = new LinkedHashMap<>();
      for (Key<?> key : keys) {
        if (!namespace.sharedAlone() || key.section() == Section.SHARED) {
          candidates.put(spelling.name(key.name()), key);
        }
      }
      in(namespace, inside, candidates, elsewhere, found)
          .forEach(
              (key, values) -> {
                if (!found.has(key)) {
                  values.values().forEach(written -> found.value(key, written));
                }
              });
    }
    return found;
  }

  private String prefix(Namespace namespace) {
    return spelling.name(namespace.name()) + spelling.separator();
  }

  /** What stands in the namespace, by its whole name. */
  private Map<String, String> entriesIn(Namespace namespace) {
    String prefix = prefix(namespace);
    Map<String, String> inside = new TreeMap<>();
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      String name = entry.getKey();
      if (name.length() > prefix.length()
          && name.startsWith(prefix)
          && !namespace.isForeign(name.substring(prefix.length()), spelling)
          && !spelling.isNotOurs(name, entry.getValue())) {
        inside.put(name, entry.getValue());
      }
    }
    return inside;
  }

  private Map<Key<?>, Map<Integer, Written>> in(
      Namespace namespace,
      Map<String, String> inside,
      Map<String, Key<?>> candidates,
      Elsewhere elsewhere,
      Found found) {
    Map<Key<?>, Map<Integer, Written>> values = new LinkedHashMap<>();
    int prefix = prefix(namespace).length();
    inside.forEach(
        (name, text) -> {
          String rest = name.substring(prefix);
          Key<?> key = candidates.get(rest);
          int index = -1;
          if (key == null) {
            Spelling.Indexed indexed = spelling.index(rest);
            Key<?> list = candidates.get(indexed.name());
            key = list != null && list.repeatable() ? list : null;
            index = indexed.index();
          }
          if (key != null) {
            Written written = new Written(text, spelling.place(name), false);
            values.computeIfAbsent(key, absent -> new TreeMap<>()).put(index, written);
          } else {
            stray(namespace, rest, candidates, elsewhere)
                .ifPresent(
                    meant -> found.stray(new Found.Stray(rest, spelling.place(name), meant)));
          }
        });
    return values;
  }

  /** What {@code rest}, which is no key, may have been meant to be; empty if it is not ours. */
  private Optional<Map<String, Meant>> stray(
      Namespace namespace, String rest, Map<String, Key<?>> keys, Elsewhere elsewhere) {
    Map<String, Meant> candidates = new LinkedHashMap<>();
    keys.forEach(
        (name, key) -> candidates.put(name, new Meant(prefix(namespace) + name, key.security())));
    if (namespace.own()) {
      return Optional.of(candidates);
    }
    Map<String, Meant> others =
        namespace.isCommon() ? elsewhere.candidates(spelling, rest) : Map.of();
    others.forEach(candidates::putIfAbsent);
    return isOurs(spelling, rest, keys) || NearestKey.among(others.keySet(), rest) != null
        ? Optional.of(candidates)
        : Optional.empty();
  }

  /**
   * Whether {@code rest} was meant to be a key. In a namespace that others share, {@code audit.tag}
   * may be the tag of an appender with a prefix of its own; {@code tagg} and {@code limit.depth}
   * can only be slips.
   */
  static boolean isOurs(Spelling spelling, String rest, Map<String, Key<?>> candidates) {
    String separator = String.valueOf(spelling.separator());
    if (!rest.contains(separator)) {
      return true;
    }
    for (Key<?> key : candidates.values()) {
      int dot = key.name().indexOf('.');
      String group = dot < 0 ? "" : spelling.name(key.name().substring(0, dot)) + separator;
      String head = rest.substring(0, Math.min(rest.length(), group.length()));
      boolean slip = NearestKey.isNear(spelling.name(key.name()), rest);
      if (slip || (!group.isEmpty() && head.equalsIgnoreCase(group))) {
        return true;
      }
    }
    return false;
  }
}
