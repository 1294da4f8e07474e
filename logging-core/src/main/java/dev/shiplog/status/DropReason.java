package dev.shiplog.status;

/** Why an accepted event was given up. */
public enum DropReason {
  /** Its logger had logged more than {@code rate.perLogger} lets pass. */
  RATE_LIMITED,
  /** The buffer was full and the overflow policy sacrificed it. */
  OVERFLOW,
  /** Writing it failed: the stream is closed, the disk is full. */
  WRITE_FAILED,
  /** No endpoint would acknowledge the chunk that held it. */
  REJECTED,
  /** It was in the spool for longer than {@code spool.maxAge}. */
  EXPIRED,
  /** It was in the spool and cannot be read there any more. */
  DAMAGED,
  /** The drain timeout passed at stop. */
  STOPPED,
  /**
   * The endpoint did not get it, stdout did: {@code overflow} or {@code drainRemainder} said so.
   */
  SPILLED;

  /** Whether the event is nowhere to be found; a spilled one is on stdout. */
  boolean isLoss() {
    return this != SPILLED;
  }
}
