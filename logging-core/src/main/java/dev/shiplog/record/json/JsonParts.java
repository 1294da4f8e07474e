package dev.shiplog.record.json;

import dev.shiplog.record.PartForm;

/** Texts between quotes, with escapes in them. */
final class JsonParts implements PartForm {
  static final JsonParts INSTANCE = new JsonParts();

  private JsonParts() {}

  @Override
  public int contentStart(byte[] bytes, int start) {
    return start + 1;
  }

  @Override
  public int contentEnd(int end) {
    return end - 1;
  }

  @Override
  public int characterEnd(byte[] bytes, int at) {
    if (bytes[at] != '\\') {
      int end = at + 1;
      while ((bytes[end] & 0xC0) == 0x80) {
        end++;
      }
      return end;
    }
    return bytes[at + 1] == 'u' ? at + JsonEscape.MAX_PER_CHAR : at + 2;
  }

  @Override
  public int text(byte[] content, int from, int end, byte[] to, int at) {
    to[at] = '"';
    System.arraycopy(content, from, to, at + 1, end - from);
    int quote = at + 1 + end - from;
    to[quote] = '"';
    return quote + 1;
  }

  @Override
  public int number(int number, byte[] to, int at) {
    int p = at;
    if (number >= 10) {
      to[p++] = (byte) ('0' + number / 10);
    }
    to[p++] = (byte) ('0' + number % 10);
    return p;
  }
}
