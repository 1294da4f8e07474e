package dev.shiplog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The effective settings of one appender, encoder or layout. Immutable; safe for any thread. Two
 * are equal if everything that was validly set is, the keys and certificates of {@code tls.bundle}
 * included.
 *
 * <p>Every key that the scope knows can be asked for. A key that was set wrongly has its default
 * here and a {@link Problem} that says so; where that would be unsafe the settings are {@link
 * #closed()} and whoever runs on them must not send.
 */
public final class Settings {
  private final Scope scope;
  private final String name;
  private final Map<Key<?>, Setting> set;
  private final List<Problem> problems;
  private final @Nullable TlsBundle tlsBundle;

  /**
   * What was set.
   *
   * @param values parsed, never empty
   * @param texts as written
   */
  record Setting(List<?> values, List<String> texts, String place) {}

  /**
   * A setting in effect, as an operator may see it.
   *
   * @param value as text; masked if it is secret
   * @param source where it was written, or {@code default}
   */
  public record Effective(String key, String value, String source) {}

  Settings(
      Scope scope,
      String name,
      Map<Key<?>, Setting> set,
      List<Problem> problems,
      @Nullable TlsBundle tlsBundle) {
    this.scope = scope;
    this.name = name;
    this.set = Map.copyOf(set);
    this.problems = List.copyOf(problems);
    this.tlsBundle = tlsBundle;
  }

  /** Starts reading settings. */
  public static SettingsReader reader(Scope scope) {
    return new SettingsReader(scope);
  }

  /** The settings of a {@code scope} that nobody configured. */
  public static Settings defaults(Scope scope) {
    return new Settings(scope, "", Map.of(), List.of(), null);
  }

  /** What is configured. */
  public Scope scope() {
    return scope;
  }

  /** The appender's name; empty if it has none. */
  public String name() {
    return name;
  }

  /**
   * The value of {@code key}.
   *
   * @throws IllegalArgumentException if it is not set and has no default, or if the scope does not
   *     know it: use {@link #find} for keys without one
   */
  public <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(
            () -> new IllegalArgumentException(key.qualifiedName() + " has no value in " + scope));
  }

  /** The value of {@code key}, set or default, if it has any; the last one if it is repeatable. */
  public <T> Optional<T> find(Key<T> key) {
    List<T> all = all(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** All values of {@code key}, set or default, in the order in which they were written. */
  public <T> List<T> all(Key<T> key) {
    Setting setting = set.get(key);
    if (setting != null) {
      // the reader put in what the key's own type had parsed
      @SuppressWarnings("unchecked")
      List<T> values = (List<T>) setting.values();
      return values;
    }
    String fallback = key.fallback(scope);
    T value = fallback == null ? null : key.type().parser().parse(fallback);
    return value == null ? List.of() : List.of(value);
  }

  /** Whether somebody set {@code key}, and validly. */
  public boolean isSet(Key<?> key) {
    return set.containsKey(key);
  }

  /** Where the value of {@code key} was written, or {@code default}. */
  public String source(Key<?> key) {
    Setting setting = set.get(key);
    return setting == null ? "default" : setting.place();
  }

  /** Everything that is wrong, in the order of the key table, unknown keys first. */
  public List<Problem> problems() {
    return problems;
  }

  /** Whether a security setting is wrong, so that nothing may be sent. */
  public boolean closed() {
    return problems.stream().anyMatch(Problem::closes);
  }

  /**
   * Whether something that is wrong may have been meant to hide secrets: {@code mask.*}, or what
   * looks like no other security setting either.
   */
  public boolean masksUnsurely() {
    return problems.stream().anyMatch(problem -> problem.closes() && !problem.isOfConnections());
  }

  /** Whether any {@code tls} key is set, other than to say that there is to be none. */
  public boolean usesTls() {
    return find(FluentdKeys.TLS_ENABLED)
        .orElseGet(() -> set.keySet().stream().anyMatch(key -> key.name().startsWith("tls.")));
  }

  /** What {@code tls.bundle} names. */
  public Optional<TlsBundle> tlsBundle() {
    return Optional.ofNullable(tlsBundle);
  }

  /** Every key that has a value, secrets masked. */
  public List<Effective> effective() {
    List<Effective> all = new ArrayList<>();
    for (Key<?> key : Keys.of(scope)) {
      Setting setting = set.get(key);
      String fallback = key.fallback(scope);
      if (setting != null) {
        String text = key.secret() ? "****" : Problem.shown(String.join(", ", setting.texts()));
        all.add(new Effective(key.qualifiedName(), text, setting.place()));
      } else if (fallback != null) {
        all.add(new Effective(key.qualifiedName(), fallback, "default"));
      }
    }
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Settings that
        && scope == that.scope
        && name.equals(that.name)
        && set.equals(that.set)
        && problems.equals(that.problems)
        && Objects.equals(tlsBundle, that.tlsBundle);
  }

  @Override
  public int hashCode() {
    return set.hashCode();
  }

  /** Says which, never what: values may be secret. */
  @Override
  public String toString() {
    return scope.word() + " " + name + " " + set.size() + " set, " + problems.size() + " wrong";
  }
}
