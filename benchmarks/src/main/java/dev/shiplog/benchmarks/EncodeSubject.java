package dev.shiplog.benchmarks;

/** One way from a prepared event to the bytes of its record. Used by one thread. */
interface EncodeSubject {
  /**
   * Encodes the prepared event at {@code index} on the cheapest way that the subject offers.
   *
   * @return something that depends on the bytes, for JMH to consume
   */
  Object encode(int index);

  /** The record of the event at {@code index}, to be judged before anything is measured. */
  byte[] bytes(int index);
}
