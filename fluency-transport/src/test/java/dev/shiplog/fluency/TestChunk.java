package dev.shiplog.fluency;

import dev.shiplog.transport.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** A chunk of so many entries with a text of so many characters each, in pages as core has them. */
final class TestChunk implements Outgoing {
  private static final int PAGE = 4096;

  private final String tag;
  private final String id;
  private final int events;
  private final byte[] entries;

  TestChunk(String tag, String id, int events, int characters) {
    this.tag = tag;
    this.id = id;
    this.events = events;
    this.entries = entries(events, "x".repeat(characters));
  }

  private static byte[] entries(int events, String text) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      for (int i = 0; i < events; i++) {
        packer.packArrayHeader(2).packExtensionTypeHeader((byte) 0, 8);
        packer.writePayload(ByteBuffer.allocate(8).putInt(i).putInt(7).array());
        packer.packMapHeader(2).packString("n").packInt(i).packString("text").packString(text);
      }
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String tag() {
    return tag;
  }

  @Override
  public byte[] id() {
    return id.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public int length() {
    return entries.length;
  }

  @Override
  public int pages() {
    return (entries.length + PAGE - 1) / PAGE;
  }

  @Override
  public ByteBuffer page(int index) {
    int from = index * PAGE;
    return ByteBuffer.wrap(entries, from, Math.min(PAGE, entries.length - from));
  }

  @Override
  public String toString() {
    return id;
  }
}
