package dev.shiplog.forward;

/** What happens at stop to events that could not be sent in time. */
public enum Remainder {
  /** They go to stdout, where {@code docker logs} still has them. */
  STDOUT,
  /** They are dropped, and counted. */
  DROP
}
