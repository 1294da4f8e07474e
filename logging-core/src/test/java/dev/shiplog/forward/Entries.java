package dev.shiplog.forward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** Entries {@code [EventTime, {"n": number, "text": …}]} as msgpack-java writes and reads them. */
public final class Entries {
  private Entries() {}

  /** An entry with a text of so many characters. */
  public static byte[] entry(long number, int textLength) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(2);
      packer.packExtensionTypeHeader((byte) 0, 8);
      packer.writePayload(
          ByteBuffer.allocate(8).putInt(1_700_000_000).putInt((int) number).array());
      packer.packMapHeader(2).packString("n").packLong(number);
      packer.packString("text").packString("x".repeat(textLength));
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of the entries in {@code bytes}, one behind the other. */
  public static List<Long> numbers(byte[] bytes) {
    List<Long> numbers = new ArrayList<>();
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      while (unpacker.hasNext()) {
        List<org.msgpack.value.Value> entry = unpacker.unpackValue().asArrayValue().list();
        numbers.add(
            entry.get(1).asMapValue().entrySet().stream()
                .filter(field -> field.getKey().asStringValue().asString().equals("n"))
                .map(field -> field.getValue().asIntegerValue().asLong())
                .findFirst()
                .orElseThrow());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }
}
