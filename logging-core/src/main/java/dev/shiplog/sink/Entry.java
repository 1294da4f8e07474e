package dev.shiplog.sink;

/**
 * One encoded event on its way into a sink.
 *
 * <p>The caller owns the entry and its bytes and reuses both as soon as {@link Sink#accept} has
 * returned: a sink copies what it needs and keeps nothing.
 */
public final class Entry {
  private byte[] bytes = {};
  private int offset;
  private int length;
  private String tag = "";
  private int level;

  /** Points this entry at {@code length} bytes from {@code offset}. */
  public Entry set(byte[] bytes, int offset, int length, String tag, int level) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.tag = tag;
    this.level = level;
    return this;
  }

  /** The array that holds the encoded event; only offset to offset + length belongs to it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the encoded event starts. */
  public int offset() {
    return offset;
  }

  /** How many bytes the encoded event has. */
  public int length() {
    return length;
  }

  /** The forward tag; empty where the sink has no routes. */
  public String tag() {
    return tag;
  }

  /** The severity's index, 0 (TRACE) to 4 (ERROR): what is dropped is counted by it. */
  public int level() {
    return level;
  }
}
