package dev.shiplog.testkit.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the headers of packed frames and skips what they hold.
 *
 * <pre>
 * 92 or 93 | tag: str | payload: bin or str, skipped | option: map of str to str, int or bool
 * </pre>
 *
 * <p>Used by one thread.
 */
final class PackedFrames {
  private static final byte[] NONE = {};

  private final InputStream in;
  private final byte[] buffer = new byte[256 << 10];
  private int position;
  private int limit;
  private long passed;

  private long start;
  private long size;
  private byte[] acknowledgement = NONE;

  PackedFrames(InputStream in) {
    this.in = in;
  }

  /** Goes to the next frame; false at the end of the stream. */
  boolean next() throws IOException {
    start = passed + position;
    size = 0;
    acknowledgement = NONE;
    if (position == limit && !fill()) {
      return false;
    }
    int elements = u8() - 0x90;
    skip(rawLength(u8()));
    skip(rawLength(u8()));
    if (elements == 3) {
      option();
    } else if (elements != 2) {
      throw new IOException("no packed frame: an array of " + elements);
    }
    return true;
  }

  /** The {@code option.size} of the frame: events. */
  long size() {
    return size;
  }

  /** How many bytes the frame has. */
  long length() {
    return passed + position - start;
  }

  /** What to answer; empty when no acknowledgement is asked for. */
  byte[] acknowledgement() {
    return acknowledgement;
  }

  private void option() throws IOException {
    int type = u8();
    int entries = (type & 0xF0) == 0x80 ? type & 0x0F : type == 0xDE ? (int) number(2) : -1;
    if (entries < 0) {
      throw new IOException("no option map: type " + Integer.toHexString(type));
    }
    for (int i = 0; i < entries; i++) {
      String key = new String(take(rawLength(u8())), StandardCharsets.UTF_8);
      int value = u8();
      if (key.equals("size")) {
        size = unsigned(value);
      } else if (key.equals("chunk")) {
        acknowledge(value);
      } else if (value != 0xC2 && value != 0xC3 && value != 0xC0) {
        skip(rawLength(value));
      }
    }
  }

  /** The chunk goes back as it came, header and all. */
  private void acknowledge(int type) throws IOException {
    byte[] chunk = take(rawLength(type));
    if (chunk.length > 255) {
      throw new IOException("a chunk id of " + chunk.length + " bytes");
    }
    byte[] answer = new byte[7 + chunk.length];
    byte[] head = {(byte) 0x81, (byte) 0xA3, 'a', 'c', 'k', (byte) 0xD9, (byte) chunk.length};
    System.arraycopy(head, 0, answer, 0, head.length);
    System.arraycopy(chunk, 0, answer, head.length, chunk.length);
    acknowledgement = answer;
  }

  private int rawLength(int type) throws IOException {
    if ((type & 0xE0) == 0xA0) {
      return type & 0x1F;
    }
    return switch (type) {
      case 0xD9, 0xC4 -> (int) number(1);
      case 0xDA, 0xC5 -> (int) number(2);
      case 0xDB, 0xC6 -> Math.toIntExact(number(4));
      default -> throw new IOException("neither str nor bin: type " + Integer.toHexString(type));
    };
  }

  private long unsigned(int type) throws IOException {
    if (type < 0x80) {
      return type;
    }
    return switch (type) {
      case 0xCC, 0xD0 -> number(1);
      case 0xCD, 0xD1 -> number(2);
      case 0xCE, 0xD2 -> number(4);
      case 0xCF, 0xD3 -> number(8);
      default -> throw new IOException("no integer: type " + Integer.toHexString(type));
    };
  }

  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | u8();
    }
    return number;
  }

  private int u8() throws IOException {
    need();
    return buffer[position++] & 0xFF;
  }

  private byte[] take(int length) throws IOException {
    byte[] taken = new byte[length];
    for (int i = 0; i < length; i++) {
      taken[i] = (byte) u8();
    }
    return taken;
  }

  private void skip(int length) throws IOException {
    int left = length;
    while (left > limit - position) {
      left -= limit - position;
      position = limit;
      need();
    }
    position += left;
  }

  private void need() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("the stream ended within a frame");
    }
  }

  private boolean fill() throws IOException {
    passed += limit;
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }
}
