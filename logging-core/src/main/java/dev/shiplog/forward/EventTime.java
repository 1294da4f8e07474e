package dev.shiplog.forward;

import java.nio.ByteBuffer;

/**
 * The time of an entry of the forward protocol, as our encoder writes it.
 *
 * <pre>
 *   92 d7 00  ssss  nnnn  …     array of 2: EventTime (u32 seconds, u32 nanoseconds), record
 * </pre>
 */
final class EventTime {
  private static final long SECOND = 1_000_000_000;
  private static final int LENGTH = 11;

  private EventTime() {}

  /** Nanoseconds since 1970; 0 if the entry begins with something else. */
  static long nanos(byte[] bytes, int offset, int length) {
    if (length < LENGTH
        || bytes[offset] != (byte) 0x92
        || bytes[offset + 1] != (byte) 0xd7
        || bytes[offset + 2] != 0) {
      return 0;
    }
    ByteBuffer time = ByteBuffer.wrap(bytes, offset + 3, LENGTH - 3);
    return (time.getInt() & 0xffff_ffffL) * SECOND + (time.getInt() & 0xffff_ffffL);
  }
}
