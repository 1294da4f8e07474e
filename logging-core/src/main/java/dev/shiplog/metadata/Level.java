package dev.shiplog.metadata;

/** How many of the facts go into each record. */
public enum Level {
  /** None. */
  NONE,
  /**
   * The service, the container's id and the host: what joins a record to all else that is known.
   */
  MINIMAL,
  /** Every fact. */
  FULL
}
