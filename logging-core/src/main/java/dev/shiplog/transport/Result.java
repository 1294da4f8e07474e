package dev.shiplog.transport;

import java.time.Duration;

/** What became of a chunk that a transport was given. */
public sealed interface Result {
  /**
   * The endpoint has it; without acknowledgements: the kernel has it.
   *
   * @param nanos from the first byte written to this moment
   */
  record Acked(long nanos) implements Result {}

  /**
   * It is not known to have arrived; the sender decides when to try again.
   *
   * @param after the least time to wait before, zero if the transport has no opinion
   * @param sent whether any of its bytes may have reached the endpoint
   */
  record Retry(Duration after, boolean sent) implements Result {}

  /**
   * It will never be taken.
   *
   * @param why in the endpoint's or the transport's words
   */
  record Rejected(String why) implements Result {}
}
