package dev.shiplog.config;

import java.util.Locale;

/** The part of the key table that a key stands in. */
public enum Section {
  /** Known to every appender, encoder and layout. */
  SHARED,
  /** {@code stdout.*}. */
  STDOUT,
  /** {@code fluentd.*}. */
  FLUENTD;

  /** Whether keys of this section configure a {@code scope}. */
  public boolean appliesTo(Scope scope) {
    return this == SHARED || name().equals(scope.name());
  }

  /** The name of a key with its section before it, as messages print it. */
  String qualify(String key) {
    return this == SHARED ? key : name().toLowerCase(Locale.ROOT) + "." + key;
  }
}
