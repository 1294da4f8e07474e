package dev.shiplog.record.msgpack;

/** Integers in the shortest of MessagePack's nine forms. */
final class MessagePackInt {
  /** The longest form: a type byte and 64 bits. */
  static final int MAX_BYTES = 9;

  private MessagePackInt() {}

  /** Writes {@code value} at {@code at} and returns the position behind it. */
  static int write(long value, byte[] to, int at) {
    return value >= 0 ? writePositive(value, to, at) : writeNegative(value, to, at);
  }

  private static int writePositive(long value, byte[] to, int at) {
    if (value < 0x80) {
      to[at] = (byte) value;
      return at + 1;
    }
    if (value < 0x100) {
      to[at] = (byte) 0xCC;
      to[at + 1] = (byte) value;
      return at + 2;
    }
    if (value < 0x10000) {
      to[at] = (byte) 0xCD;
      BigEndian.putShort(to, at + 1, (int) value);
      return at + 3;
    }
    if (value < 0x1_0000_0000L) {
      to[at] = (byte) 0xCE;
      BigEndian.putInt(to, at + 1, (int) value);
      return at + 5;
    }
    to[at] = (byte) 0xCF;
    BigEndian.putLong(to, at + 1, value);
    return at + MAX_BYTES;
  }

  private static int writeNegative(long value, byte[] to, int at) {
    if (value >= -32) {
      to[at] = (byte) value;
      return at + 1;
    }
    if (value >= Byte.MIN_VALUE) {
      to[at] = (byte) 0xD0;
      to[at + 1] = (byte) value;
      return at + 2;
    }
    if (value >= Short.MIN_VALUE) {
      to[at] = (byte) 0xD1;
      BigEndian.putShort(to, at + 1, (int) value);
      return at + 3;
    }
    if (value >= Integer.MIN_VALUE) {
      to[at] = (byte) 0xD2;
      BigEndian.putInt(to, at + 1, (int) value);
      return at + 5;
    }
    to[at] = (byte) 0xD3;
    BigEndian.putLong(to, at + 1, value);
    return at + MAX_BYTES;
  }
}
