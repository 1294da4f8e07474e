package dev.shiplog.schema;

/** How a point in time is written. */
public enum TimeForm {
  /** ISO-8601 in UTC, as a text. */
  ISO,
  /** Seconds since the epoch with decimals, as a number. */
  SECONDS,
  /** Nanoseconds since the epoch, as a text of digits; 0 before 1970 and from 2262 on. */
  NANOS
}
