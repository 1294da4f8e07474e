package dev.shiplog.record.msgpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in byte arrays, as MessagePack has them. */
final class BigEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  static void putShort(byte[] to, int at, int value) {
    SHORT.set(to, at, (short) value);
  }

  static void putInt(byte[] to, int at, int value) {
    INT.set(to, at, value);
  }

  static void putLong(byte[] to, int at, long value) {
    LONG.set(to, at, value);
  }

  /** Writes the header of {@code length} bytes and returns the position behind it. */
  static int putBinHeader(byte[] to, int at, int length) {
    if (length < 0x100) {
      to[at] = (byte) 0xC4;
      to[at + 1] = (byte) length;
      return at + 2;
    }
    if (length < 0x10000) {
      to[at] = (byte) 0xC5;
      putShort(to, at + 1, length);
      return at + 3;
    }
    to[at] = (byte) 0xC6;
    putInt(to, at + 1, length);
    return at + 5;
  }
}
