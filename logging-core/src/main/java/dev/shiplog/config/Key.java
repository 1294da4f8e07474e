package dev.shiplog.config;

import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One row of the key table: everything that parsing, messages and the reference need to know of a
 * setting. Immutable; safe for any thread.
 *
 * <p>Compared by identity: the table has each key once.
 */
public final class Key<T> {
  private final Section section;
  private final String name;
  private final Type<T> type;
  private final @Nullable String fallback;
  private final @Nullable String forwardFallback;
  private final boolean repeatable;
  private final boolean commas;
  private final boolean secret;
  private final Predicate<? super T> fileOnly;
  private final Predicate<? super T> notYet;
  private final String since;
  private final String sentence;

  Key(
      Section section,
      String name,
      Type<T> type,
      @Nullable String fallback,
      @Nullable String forwardFallback,
      boolean repeatable,
      boolean commas,
      boolean secret,
      Predicate<? super T> fileOnly,
      Predicate<? super T> notYet,
      String since,
      String sentence) {
    this.section = section;
    this.name = name;
    this.type = type;
    this.fallback = fallback;
    this.forwardFallback = forwardFallback;
    this.repeatable = repeatable;
    this.commas = commas;
    this.secret = secret;
    this.fileOnly = fileOnly;
    this.notYet = notYet;
    this.since = since;
    this.sentence = sentence;
  }

  /** Where it stands in the table. */
  public Section section() {
    return section;
  }

  /** As users write it, such as {@code spool.maxBytes}. */
  public String name() {
    return name;
  }

  /** How its values are read. */
  public Type<T> type() {
    return type;
  }

  /** The default as a user would write it; null if there is none, or it is detected. */
  public @Nullable String fallback() {
    return fallback;
  }

  /** The default for a fluentd appender where that differs, else null. */
  public @Nullable String forwardFallback() {
    return forwardFallback;
  }

  /** Whether it may be set again and again. */
  public boolean repeatable() {
    return repeatable;
  }

  /** Whether several values may stand in one property or variable, between commas. */
  public boolean commas() {
    return commas;
  }

  /** Whether its value is never to be shown. */
  public boolean secret() {
    return secret;
  }

  /** Whether a value is taken from files alone. */
  public Predicate<? super T> fileOnly() {
    return fileOnly;
  }

  /** Whether a value is understood but not supported by this version. */
  public Predicate<? super T> notYet() {
    return notYet;
  }

  /** The version that brought it. */
  public String since() {
    return since;
  }

  /** What it does. */
  public String sentence() {
    return sentence;
  }

  /** The name with its section before it, as messages print it. */
  public String qualifiedName() {
    return section.qualify(name);
  }

  /** The default for {@code scope} as a user would write it, or null. */
  public @Nullable String fallback(Scope scope) {
    return scope == Scope.FLUENTD && forwardFallback != null ? forwardFallback : fallback;
  }

  /** Whether a wrong value must stop the appender from sending rather than be replaced. */
  public boolean security() {
    return isSecurity(name);
  }

  /** The name as the end of an environment variable, such as {@code SPOOL_MAX_BYTES}. */
  public String variable() {
    return variable(name);
  }

  static boolean isSecurity(String name) {
    return name.startsWith("tls.") || name.startsWith("auth.") || name.startsWith("mask.");
  }

  static String variable(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]", "_")
        .toUpperCase(Locale.ROOT);
  }
}
