package dev.shiplog.transport;

/**
 * Finds its way through msgpack that a stranger sent, without recursion and without believing a
 * length: just enough to tell where a value ends.
 */
final class MsgpackScan {
  /** The value goes on behind what is there. */
  static final int INCOMPLETE = -1;

  /** No msgpack. */
  static final int INVALID = -2;

  private final byte[] bytes;

  MsgpackScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Where the value at {@code at} ends, {@link #INCOMPLETE} or {@link #INVALID}. */
  int skip(int at, int end) {
    long position = at;
    for (long open = 1; open > 0; open--) {
      if (position >= end) {
        return INCOMPLETE;
      }
      int here = (int) position;
      int fixed = fixedSize(here);
      if (fixed < 0) {
        return INVALID;
      }
      if (position + fixed > end) {
        return INCOMPLETE;
      }
      position += fixed + payload(here);
      open += elements(here);
    }
    return position > end ? INCOMPLETE : (int) position;
  }

  boolean isMap(int at) {
    int b = head(at);
    return b >> 4 == 0x8 || b == 0xde || b == 0xdf;
  }

  boolean isArray(int at) {
    int b = head(at);
    return b >> 4 == 0x9 || b == 0xdc || b == 0xdd;
  }

  /** Whether it is text, or bytes that may stand for it. */
  boolean isString(int at) {
    int b = head(at);
    return b >> 5 == 0x5 || (b >= 0xd9 && b <= 0xdb) || (b >= 0xc4 && b <= 0xc6);
  }

  /** Where the text of a string begins. */
  int textStart(int at) {
    return at + fixedSize(at);
  }

  /** Where the first element of a map or an array begins. */
  int firstElement(int at) {
    return at + fixedSize(at);
  }

  /** How many values belong to the map or array, twice the pairs of a map; 0 for anything else. */
  long elements(int at) {
    int b = head(at);
    if (b >> 4 == 0x8) {
      return 2L * (b & 15);
    }
    if (b >> 4 == 0x9) {
      return b & 15;
    }
    return switch (b) {
      case 0xdc -> number(at + 1, 2);
      case 0xdd -> number(at + 1, 4);
      case 0xde -> 2 * number(at + 1, 2);
      case 0xdf -> 2 * number(at + 1, 4);
      default -> 0;
    };
  }

  /** Bytes behind the fixed part, for strings, bytes and extensions. */
  private long payload(int at) {
    int b = head(at);
    if (b >> 5 == 0x5) {
      return b & 31;
    }
    return switch (b) {
      case 0xc4, 0xc7, 0xd9 -> number(at + 1, 1);
      case 0xc5, 0xc8, 0xda -> number(at + 1, 2);
      case 0xc6, 0xc9, 0xdb -> number(at + 1, 4);
      default -> 0;
    };
  }

  /** The first byte with what has a fixed size behind it: a number, a length, an extension type. */
  private int fixedSize(int at) {
    int b = head(at);
    if (b < 0xc0 || b >= 0xe0) {
      return 1;
    }
    return switch (b) {
      case 0xc0, 0xc2, 0xc3 -> 1;
      case 0xc4, 0xd9, 0xcc, 0xd0 -> 2;
      case 0xc5, 0xda, 0xc7, 0xcd, 0xd1, 0xdc, 0xde, 0xd4 -> 3;
      case 0xc8, 0xd5 -> 4;
      case 0xc6, 0xdb, 0xca, 0xce, 0xd2, 0xdd, 0xdf -> 5;
      case 0xc9, 0xd6 -> 6;
      case 0xcb, 0xcf, 0xd3 -> 9;
      case 0xd7 -> 10;
      case 0xd8 -> 18;
      default -> INVALID;
    };
  }

  private int head(int at) {
    return bytes[at] & 0xff;
  }

  private long number(int at, int size) {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number = number << 8 | bytes[at + i] & 0xff;
    }
    return number;
  }
}
