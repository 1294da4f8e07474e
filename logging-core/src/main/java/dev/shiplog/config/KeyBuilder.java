package dev.shiplog.config;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes one row of the key table; {@link #says} ends it. For use by one thread. */
final class KeyBuilder<T> {
  private static final String FIRST_VERSION = "0.1";

  private final Section section;
  private final String name;
  private final Type<T> type;
  private @Nullable String fallback;
  private @Nullable String forwardFallback;
  private boolean repeatable;
  private boolean commas;
  private boolean secret;
  private Predicate<? super T> fileOnly = value -> false;
  private Predicate<? super T> notYet = value -> false;

  KeyBuilder(Section section, String name, Type<T> type) {
    this.section = section;
    this.name = name;
    this.type = type;
  }

  KeyBuilder<T> defaultsTo(String text) {
    fallback = text;
    return this;
  }

  KeyBuilder<T> forwardDefaultsTo(String text) {
    forwardFallback = text;
    return this;
  }

  KeyBuilder<T> repeatable() {
    repeatable = true;
    commas = true;
    return this;
  }

  /** Repeatable, but a comma is part of the value. */
  KeyBuilder<T> repeatableWithoutCommas() {
    repeatable = true;
    return this;
  }

  KeyBuilder<T> secret() {
    secret = true;
    return this;
  }

  KeyBuilder<T> fileOnly(Predicate<? super T> values) {
    fileOnly = values;
    return this;
  }

  /** Understood, but setting it is reported: this version does nothing with it. */
  KeyBuilder<T> notYet() {
    return notYet(value -> true);
  }

  KeyBuilder<T> notYet(Predicate<? super T> values) {
    notYet = values;
    return this;
  }

  Key<T> says(String sentence) {
    return new Key<>(
        section,
        name,
        type,
        fallback,
        forwardFallback,
        repeatable,
        commas,
        secret,
        fileOnly,
        notYet,
        FIRST_VERSION,
        sentence);
  }
}
