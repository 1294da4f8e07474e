package dev.shiplog.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A chunk of one page of nothing in particular. */
record TestChunk(String name, int length) implements Outgoing {
  @Override
  public String tag() {
    return "test";
  }

  @Override
  public byte[] id() {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int events() {
    return 1;
  }

  @Override
  public int pages() {
    return 1;
  }

  @Override
  public ByteBuffer page(int index) {
    return ByteBuffer.allocate(length);
  }
}
