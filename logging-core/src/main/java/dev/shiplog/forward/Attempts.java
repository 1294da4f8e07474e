package dev.shiplog.forward;

/**
 * What is known of the failures of one chunk: enough to tell a chunk that an endpoint will never
 * take from an endpoint that takes nothing. Used by the shipper's thread alone.
 *
 * <p>A failure counts only if that endpoint acknowledged another chunk since the one counted
 * before: an endpoint that acknowledges nothing at all costs no chunk.
 */
final class Attempts {
  /** After so many counted failures a chunk is given up. */
  static final int MAX_FAILURES = 8;

  private boolean suspect;
  private boolean failedBefore;
  private int failures;
  private long acksAtFailure;

  void reset() {
    suspect = false;
    failedBefore = false;
    failures = 0;
    acksAtFailure = -1;
  }

  /** It was among several that a connection took down: until acknowledged it travels alone. */
  void failedInCompany() {
    suspect = true;
  }

  /**
   * It failed, and nothing else was under way that could be to blame.
   *
   * @param lastAck which of all acknowledgements so far was the last one of that endpoint
   * @param acks how many chunks all endpoints have acknowledged so far
   */
  void failedAlone(long lastAck, long acks, boolean connectionLost) {
    suspect = connectionLost;
    failedBefore = true;
    if (lastAck > acksAtFailure) {
      acksAtFailure = acks;
      failures++;
    }
  }

  boolean isSuspect() {
    return suspect;
  }

  /** Whether it failed alone before: others go first next time, or nothing would ever tell. */
  boolean hasFailedAlone() {
    return failedBefore;
  }

  boolean isHopeless() {
    return failures >= MAX_FAILURES;
  }
}
