package dev.shiplog.pipeline;

import dev.shiplog.event.LogEvent;

/**
 * Turns events into bytes for one thread at a time; {@link EncodingPool} lends it out.
 *
 * <p>Keeps nothing of an event but its bytes, and those only until the next one.
 */
public interface Encoding {
  /** Encodes one event and returns whether all of it is in the bytes. */
  boolean encode(LogEvent event);

  /** How many objects of the encoded event are not called as their fields have it. */
  default int renamed() {
    return 0;
  }

  /**
   * Goes on to the next record of the same event, where it became several; false if there is none.
   */
  default boolean next() {
    return false;
  }

  /** How many bytes of memory its buffers have, each on its own. */
  default int heldBytes() {
    return bytes().length;
  }

  /** The array that holds the encoded event from 0 on. */
  byte[] bytes();

  /** How many bytes the encoded event has. */
  int length();
}
