package dev.shiplog.config;

import dev.shiplog.config.Settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings while they are read: what is valid so far and what is wrong. For one thread. */
final class Draft {
  private final Scope scope;
  private final Map<Key<?>, Setting> set = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Draft(Scope scope) {
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  void set(Key<?> key, Setting setting) {
    set.put(key, setting);
  }

  boolean isSet(Key<?> key) {
    return set.containsKey(key);
  }

  /** The value of {@code key} if it was set. */
  <T> Optional<T> value(Key<T> key) {
    return values(key).stream().findFirst();
  }

  /** All values of {@code key}; none if it was not set. */
  <T> List<T> values(Key<T> key) {
    Setting setting = set.get(key);
    // the reader put in what the key's own type had parsed
    @SuppressWarnings("unchecked")
    List<T> values = setting == null ? List.of() : (List<T>) setting.values();
    return values;
  }

  /** Where {@code key} was written; empty if it was not. */
  String place(Key<?> key) {
    Setting setting = set.get(key);
    return setting == null ? "" : setting.place();
  }

  /** How {@code key} was written; empty if it was not. */
  String text(Key<?> key) {
    Setting setting = set.get(key);
    return setting == null ? "" : String.join(", ", setting.texts());
  }

  /** Puts {@code key} back on its default and says why. */
  void reject(Key<?> key, String rule) {
    Setting setting = set.remove(key);
    if (setting != null) {
      problem(key, String.join(", ", setting.texts()), rule, setting.place(), null);
    }
  }

  /** The value that {@code text} means, or null after a problem was noted. */
  <T> @Nullable T value(Key<T> key, String text, String place, boolean file) {
    if (file && (text.contains("_IS_UNDEFINED") || text.contains("${"))) {
      // what Logback and Log4j 2 leave of a variable that they cannot find
      problem(key, text, "names a variable that is not defined", place, null);
      return null;
    }
    T value = key.type().parser().parse(text);
    if (value == null) {
      problem(key, text, key.type().rule(), place, null);
      return null;
    }
    if (!file && key.fileOnly().test(value)) {
      problem(key, text, "is taken from configuration files alone", place, null);
      return null;
    }
    if (key.notYet().test(value)) {
      String consequence = hasNoEffect(key) ? "it has no effect" : null;
      problem(key, text, "is not supported yet by this version", place, consequence);
      return null;
    }
    return value;
  }

  /** Whether this version does nothing at all with {@code key}, its default included. */
  private <T> boolean hasNoEffect(Key<T> key) {
    String fallback = key.fallback(scope);
    T value = fallback == null ? null : key.type().parser().parse(fallback);
    return value == null || key.notYet().test(value);
  }

  /** Notes a problem; {@code consequence} null is the default's return, or closing. */
  void problem(
      Key<?> key, @Nullable String text, String rule, String place, @Nullable String consequence) {
    String fallback = key.fallback(scope);
    String usual =
        key.security()
            ? Problem.CLOSED
            : fallback == null ? "it is left unset" : fallback + " is used";
    problems.add(
        new Problem(
            key.qualifiedName(),
            text == null || key.secret() ? null : Problem.shown(text),
            rule,
            place,
            key.security() || consequence == null ? usual : consequence,
            key.security()));
  }

  /** Notes a name that is no key, never with its value: nobody knows whether that is secret. */
  void unknown(Found.Stray stray) {
    String nearest = NearestKey.among(stray.candidates().keySet(), stray.name());
    Found.Meant meant = nearest == null ? null : stray.candidates().get(nearest);
    boolean closes = (meant != null && meant.closes()) || isInSecurityGroup(stray.name());
    problems.add(
        new Problem(
            stray.name(),
            null,
            rule(stray, meant),
            stray.place(),
            closes ? Problem.CLOSED : "it is ignored",
            closes));
  }

  private static String rule(Found.Stray stray, Found.@Nullable Meant meant) {
    if (stray.candidates().keySet().stream().anyMatch(key -> key.startsWith(stray.name() + "."))) {
      return "has nothing in it: empty elements and attributes do not count";
    }
    return meant == null ? "is no key" : "is no key, " + meant.written() + " is the nearest";
  }

  private boolean isInSecurityGroup(String name) {
    String head = name.split("[._]", 2)[0];
    return NearestKey.isNear(head, "mask")
        || (scope == Scope.FLUENTD
            && (NearestKey.isNear(head, "tls") || NearestKey.isNear(head, "auth")));
  }

  Settings settings(String name, @Nullable TlsBundle bundle) {
    return new Settings(scope, name, set, problems, bundle);
  }
}
