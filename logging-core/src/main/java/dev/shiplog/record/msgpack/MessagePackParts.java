package dev.shiplog.record.msgpack;

import dev.shiplog.record.PartForm;

/** Texts in UTF-8 behind a header that has their length. */
final class MessagePackParts implements PartForm {
  static final MessagePackParts INSTANCE = new MessagePackParts();

  private MessagePackParts() {}

  @Override
  public int contentStart(byte[] bytes, int start) {
    return switch (bytes[start] & 0xFF) {
      case 0xD9 -> start + 2;
      case 0xDA -> start + 3;
      case 0xDB -> start + 5;
      default -> start + 1;
    };
  }

  @Override
  public int contentEnd(int end) {
    return end;
  }

  @Override
  public int characterEnd(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return at + 1;
    }
    return first < 0xE0 ? at + 2 : first < 0xF0 ? at + 3 : at + 4;
  }

  @Override
  public int text(byte[] content, int from, int end, byte[] to, int at) {
    int length = end - from;
    int start = at + MessagePackWriter.headerSize(length);
    MessagePackWriter.putTextHeader(to, at, length);
    System.arraycopy(content, from, to, start, length);
    return start + length;
  }

  @Override
  public int number(int number, byte[] to, int at) {
    to[at] = (byte) number;
    return at + 1;
  }
}
