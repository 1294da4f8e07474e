package dev.shiplog.forward;

/** How several endpoints share the work. */
public enum Balance {
  /** The first of them, in the order given, that works. */
  FAILOVER,
  /** All of them that work, one chunk each in turn. */
  ROUND_ROBIN
}
