package dev.shiplog.config;

import java.util.Locale;

/**
 * The closed sets that a user may choose from. A constant is written in lower case with hyphens:
 * {@link Via#SYSTEM_OUT} is {@code system-out}.
 */
public final class Choice {
  private Choice() {}

  /** How a user writes {@code constant}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What user values become. */
  public enum Values {
    TYPED,
    STRING
  }

  /** What an arbitrary object becomes. */
  public enum Objects {
    JSON,
    STRING
  }

  /** How finely timestamps are written. */
  public enum Precision {
    MS,
    US,
    NS
  }

  /** What becomes of a user key that collides with a reserved name. */
  public enum Duplicates {
    PREFIX
  }

  /** How a stack trace is written. */
  public enum StackTrace {
    STRING,
    ARRAY,
    NONE
  }

  /** Kinds of secrets that are known by what they look like. */
  public enum MaskPreset {
    BEARER,
    AWS,
    CARD,
    EMAIL
  }

  /** What becomes of a record beyond its byte budget. */
  public enum Oversize {
    TRUNCATE,
    SPLIT
  }

  /** How much of the container's metadata goes into each record. */
  public enum MetadataLevel {
    NONE,
    MINIMAL,
    FULL
  }

  /** Whose names container metadata gets. */
  public enum MetadataNames {
    ECS,
    OTEL,
    DOCKER,
    KUBERNETES
  }

  /** Whether the platform's metadata endpoint may be asked. */
  public enum MetadataHttp {
    AUTO,
    OFF
  }

  /** Which standard stream is written. */
  public enum Target {
    STDOUT,
    STDERR
  }

  /** The lowest severity that goes to stderr. */
  public enum Threshold {
    OFF,
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** How the standard stream is reached. */
  public enum Via {
    AUTO,
    FD,
    SYSTEM_OUT
  }

  /** Whether stdout is for machines or for people. */
  public enum Format {
    AUTO,
    JSON,
    PRETTY
  }

  /** How several endpoints share the work. */
  public enum Balance {
    FAILOVER,
    ROUND_ROBIN
  }

  /** How chunks are compressed. */
  public enum Compression {
    NONE,
    GZIP,
    ZSTD
  }

  /** What becomes of events that are left when the drain timeout has passed. */
  public enum DrainRemainder {
    STDOUT,
    DROP
  }

  /** Who speaks the forward protocol. */
  public enum Transport {
    BUILTIN,
    FLUENCY
  }
}
