package dev.shiplog.config;

import java.util.Locale;

/** What is being configured: it decides which keys there are, and under which namespace. */
public enum Scope {
  /** A stdout appender. */
  STDOUT,
  /** A fluentd appender. */
  FLUENTD,
  /** An encoder or layout inside somebody else's appender: shared keys alone. */
  ENCODER;

  /** The namespace's last part, as in {@code shiplog.fluentd}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
