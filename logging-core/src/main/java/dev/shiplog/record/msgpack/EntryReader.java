package dev.shiplog.record.msgpack;

import dev.shiplog.record.RecordWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads entries {@code [time, map]} of the forward protocol and pushes their values into a writer.
 *
 * <p>Reads only between {@code from} and {@code end}, and goes no deeper than {@link #MAX_DEPTH}:
 * bytes that are no entry end in {@link Corrupt}, whatever they are. Not thread-safe.
 */
final class EntryReader {
  /** Deeper than any record: 64 levels of values under a name of 256 bytes, nested at each dot. */
  private static final int MAX_DEPTH = 256;

  private static final int EVENT_TIME = 0;
  private static final int EVENT_TIME_BYTES = 8;
  private static final int DECIMALS = 9;

  private byte[] bytes = {};
  private int position;
  private int end;
  private long epochSecond;
  private int nano;

  /** Reads what precedes an entry's map. */
  void open(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
    if (take(1) != 0x92) {
      throw new Corrupt();
    }
    time();
  }

  long epochSecond() {
    return epochSecond;
  }

  int nano() {
    return nano;
  }

  int position() {
    return position;
  }

  /** Reads the header of the entry's map. */
  int mapSize() {
    int type = (int) take(1);
    return switch (type) {
      case 0xDE -> size(2);
      case 0xDF -> size(4);
      default -> {
        if (type >> 4 != 0x8) {
          throw new Corrupt();
        }
        yield type & 0xF;
      }
    };
  }

  /** Reads a name. */
  String name() {
    int type = (int) take(1);
    if (type >> 5 == 0b101) {
      return text(type & 0x1F);
    }
    if (type < 0xD9 || type > 0xDB) {
      throw new Corrupt();
    }
    return text(size(1 << type - 0xD9));
  }

  /** Reads a count that stands for itself, such as the encoder's own notes. */
  long count() {
    int type = (int) take(1);
    if (type < 0x80) {
      return type;
    }
    if (type < 0xCC || type > 0xCF) {
      throw new Corrupt();
    }
    return Math.max(0, take(1 << type - 0xCC));
  }

  /** Pushes one value. */
  void value(RecordWriter to) {
    value(to, 0);
  }

  private void value(RecordWriter to, int depth) {
    int type = (int) take(1);
    if (type < 0x80 || type >= 0xE0) {
      to.number((byte) type);
    } else if (type < 0x90) {
      map(type & 0xF, to, depth);
    } else if (type < 0xA0) {
      array(type & 0xF, to, depth);
    } else if (type < 0xC0) {
      to.text(text(type & 0x1F));
    } else {
      typed(type, to, depth);
    }
  }

  private void typed(int type, RecordWriter to, int depth) {
    switch (type) {
      case 0xC0 -> to.nil();
      case 0xC2, 0xC3 -> to.bool(type == 0xC3);
      case 0xC4, 0xC5, 0xC6 -> to.binary(binary(size(1 << type - 0xC4)));
      case 0xC7, 0xC8, 0xC9 -> extension(size(1 << type - 0xC7), to);
      case 0xCA -> to.number(Float.intBitsToFloat((int) take(4)));
      case 0xCB -> to.number(Double.longBitsToDouble(take(8)));
      case 0xCC, 0xCD, 0xCE -> to.number(take(1 << type - 0xCC));
      case 0xCF -> unsigned(take(8), to);
      case 0xD0 -> to.number((byte) take(1));
      case 0xD1 -> to.number((short) take(2));
      case 0xD2 -> to.number(take(4) << 32 >> 32);
      case 0xD3 -> to.number(take(8));
      case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> extension(1 << type - 0xD4, to);
      case 0xD9, 0xDA, 0xDB -> to.text(text(size(1 << type - 0xD9)));
      case 0xDC, 0xDD -> array(size(2 << type - 0xDC), to, depth);
      case 0xDE, 0xDF -> map(size(2 << type - 0xDE), to, depth);
      default -> throw new Corrupt();
    }
  }

  private void map(int size, RecordWriter to, int depth) {
    deeper(depth);
    to.beginObject();
    for (int i = 0; i < size; i++) {
      to.name(name());
      value(to, depth + 1);
    }
    to.endObject();
  }

  private void array(int size, RecordWriter to, int depth) {
    deeper(depth);
    to.beginArray();
    for (int i = 0; i < size; i++) {
      value(to, depth + 1);
    }
    to.endArray();
  }

  private static void deeper(int depth) {
    if (depth == MAX_DEPTH) {
      throw new Corrupt();
    }
  }

  private static void unsigned(long bits, RecordWriter to) {
    if (bits >= 0) {
      to.number(bits);
    } else {
      to.number(new BigInteger(Long.toUnsignedString(bits)));
    }
  }

  /** EventTime is a time; what other extensions mean nobody knows here: they are bytes. */
  private void extension(int size, RecordWriter to) {
    int type = (int) take(1);
    if (type == EVENT_TIME && size == EVENT_TIME_BYTES) {
      long second = take(4);
      to.timestamp(second, nanos(), DECIMALS);
    } else {
      to.binary(binary(size));
    }
  }

  /** The entry's time: EventTime, or the integer seconds of older clients. */
  private void time() {
    int type = (int) take(1);
    nano = 0;
    if (type == 0xD7 && take(1) == EVENT_TIME) {
      epochSecond = take(4);
      nano = nanos();
    } else if (type == 0xCE || type == 0xCF) {
      epochSecond = take(type == 0xCE ? 4 : 8);
    } else {
      throw new Corrupt();
    }
  }

  private int nanos() {
    long nanos = take(4);
    if (nanos > 999_999_999) {
      throw new Corrupt();
    }
    return (int) nanos;
  }

  private int size(int width) {
    long size = take(width);
    // Whatever it counts, each takes a byte at least.
    if (size > end - position) {
      throw new Corrupt();
    }
    return (int) size;
  }

  private String text(int length) {
    int start = skip(length);
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  private byte[] binary(int length) {
    int start = skip(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** Takes an unsigned big-endian number of 1, 2, 4 or 8 bytes. */
  private long take(int width) {
    int start = skip(width);
    long value = 0;
    for (int i = start; i < position; i++) {
      value = value << 8 | bytes[i] & 0xFF;
    }
    return value;
  }

  private int skip(int length) {
    if (length > end - position) {
      throw new Corrupt();
    }
    int start = position;
    position += length;
    return start;
  }

  /** What is read is no entry. Without a trace: it is the bytes' fault, and expected. */
  static final class Corrupt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Corrupt() {
      super("no entry", null, false, false);
    }
  }
}
