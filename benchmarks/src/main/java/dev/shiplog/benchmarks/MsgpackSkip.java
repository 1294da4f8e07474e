package dev.shiplog.benchmarks;

/** Finds the end of a msgpack value without reading it. Stateless. */
final class MsgpackSkip {
  private MsgpackSkip() {}

  /**
   * The offset behind the value that starts at {@code from}, or -1 if it does not end before {@code
   * limit}.
   */
  static int skip(byte[] in, int from, int limit) {
    int at = from;
    for (long todo = 1; todo > 0; todo--) {
      if (at >= limit) {
        return -1;
      }
      int head = in[at++] & 0xff;
      if (head < 0x80 || head >= 0xe0) {
        continue;
      }
      if (head < 0x90) {
        todo += 2L * (head & 0x0f);
      } else if (head < 0xa0) {
        todo += head & 0x0f;
      } else if (head < 0xc0) {
        at += head & 0x1f;
      } else {
        int width = lengthWidth(head);
        if (at + width > limit) {
          return -1;
        }
        long length = unsigned(in, at, width);
        at += width;
        switch (head) {
          case 0xc4, 0xc5, 0xc6, 0xd9, 0xda, 0xdb -> at += (int) length;
          case 0xc7, 0xc8, 0xc9 -> at += (int) length + 1;
          case 0xdc, 0xdd -> todo += length;
          case 0xde, 0xdf -> todo += 2 * length;
          default -> at += fixedWidth(head);
        }
      }
      if (at > limit) {
        return -1;
      }
    }
    return at;
  }

  /** How many values follow each other in the range, whose end must be the last one's end. */
  static int count(byte[] in, int from, int limit) {
    int values = 0;
    for (int at = from; at < limit; values++) {
      at = skip(in, at, limit);
      if (at < 0) {
        throw new IllegalStateException("a value ends behind its frame");
      }
    }
    return values;
  }

  static long unsigned(byte[] in, int at, int width) {
    long number = 0;
    for (int i = 0; i < width; i++) {
      number = number << 8 | in[at + i] & 0xff;
    }
    return number;
  }

  private static int lengthWidth(int head) {
    return switch (head) {
      case 0xc4, 0xc7, 0xd9 -> 1;
      case 0xc5, 0xc8, 0xda, 0xdc, 0xde -> 2;
      case 0xc6, 0xc9, 0xdb, 0xdd, 0xdf -> 4;
      default -> 0;
    };
  }

  private static int fixedWidth(int head) {
    return switch (head) {
      case 0xcc, 0xd0 -> 1;
      case 0xcd, 0xd1, 0xd4 -> 2;
      case 0xd5 -> 3;
      case 0xca, 0xce, 0xd2 -> 4;
      case 0xd6 -> 5;
      case 0xcb, 0xcf, 0xd3 -> 8;
      case 0xd7 -> 9;
      case 0xd8 -> 17;
      default -> 0;
    };
  }
}
