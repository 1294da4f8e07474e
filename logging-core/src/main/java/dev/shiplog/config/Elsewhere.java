package dev.shiplog.config;

import dev.shiplog.config.Found.Meant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where names of the common namespace may belong that are no shared keys: {@code endpoint} and
 * {@code fluent.endpoint} to {@code shiplog.fluentd.endpoint}. Others may have namespaces of their
 * own there, so that nothing is said of a name that is near none of these. Immutable.
 */
final class Elsewhere {
  private static final String ROOT = "shiplog.";

  private final List<Home> homes = new ArrayList<>();

  /**
   * A namespace of keys.
   *
   * @param own whether the appender reads it that these settings are for
   */
  private record Home(String name, Scope scope, boolean own) {}

  private Elsewhere() {}

  /** As seen by an appender, whose own namespaces come first. */
  static Elsewhere of(Scope scope, String appender, @Nullable String prefix) {
    Elsewhere elsewhere = new Elsewhere();
    elsewhere.homes.add(new Home(prefix == null ? ROOT + scope.word() : prefix, scope, true));
    for (Scope other : Scope.values()) {
      if (other != scope) {
        elsewhere.homes.add(new Home(ROOT + other.word(), other, false));
      }
    }
    if (!appender.isEmpty()) {
      elsewhere.homes.add(new Home(ROOT + "appender." + appender, scope, true));
    }
    return elsewhere;
  }

  /** What {@code rest} can have been meant to be, by how that would stand in its place. */
  Map<String, Meant> candidates(Spelling spelling, String rest) {
    Map<String, Meant> candidates = new LinkedHashMap<>();
    for (Home home : homes) {
      String right = spelling.name(home.name()) + spelling.separator();
      String wrong = misspelt(home, spelling, rest);
      for (Key<?> key : Keys.of(home.scope())) {
        String name = spelling.name(key.name());
        Meant meant = new Meant(right + name, home.own() && key.security());
        if (key.section() != Section.SHARED && beginsAlike(name, rest, spelling)) {
          candidates.putIfAbsent(name, meant);
        }
        if (wrong != null) {
          candidates.putIfAbsent(wrong + name, meant);
        }
      }
    }
    return candidates;
  }

  /** A group of keys may be a namespace of others, and only a word that stands alone may not. */
  private static boolean beginsAlike(String name, String rest, Spelling spelling) {
    int end = rest.indexOf(spelling.separator());
    return end < 0 || name.regionMatches(true, 0, rest, 0, end + 1);
  }

  /** What stands in {@code rest} for the name of {@code home}, its end included; else null. */
  private static @Nullable String misspelt(Home home, Spelling spelling, String rest) {
    if (!home.name().startsWith(ROOT)) {
      return null;
    }
    char separator = spelling.separator();
    String name = spelling.name(home.name().substring(ROOT.length()));
    int end = rest.indexOf(separator);
    for (int at = name.indexOf(separator); at >= 0; at = name.indexOf(separator, at + 1)) {
      end = end < 0 ? end : rest.indexOf(separator, end + 1);
    }
    String written = end < 0 ? "" : rest.substring(0, end);
    return !written.equals(name) && NearestKey.isNear(written, name)
        ? rest.substring(0, end + 1)
        : null;
  }
}
