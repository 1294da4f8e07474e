package dev.shiplog.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** A sender of frames that msgpack-java makes. Every read has a deadline. */
public final class Sender implements AutoCloseable {
  private final Socket socket;
  private final MessageUnpacker answers;

  public Sender(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    answers = MessagePack.newDefaultUnpacker(socket.getInputStream());
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next answer as JSON text. */
  public String answer() throws IOException {
    return answers.unpackValue().toJson();
  }

  /** Whether the endpoint has closed, after reading all that it said. */
  public boolean isClosedByPeer() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return !(e instanceof java.net.SocketTimeoutException);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** {@code [tag, entries, {size, chunk}]} with the entries as bin. */
  public static byte[] packed(String tag, String chunk, byte[]... entries) throws IOException {
    return packed(tag, concatenated(entries), true, option(entries.length, chunk));
  }

  public static byte[] packed(String tag, byte[] payload, boolean bin, Value option)
      throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(3).packString(tag);
      if (bin) {
        packer.packBinaryHeader(payload.length);
      } else {
        packer.packRawStringHeader(payload.length);
      }
      packer.writePayload(payload).packValue(option);
      return packer.toByteArray();
    }
  }

  public static Value option(int size, String chunk) {
    return map("size", size, "chunk", chunk);
  }

  /** A map of names to values; Java values of the few kinds that tests need. */
  public static Value map(Object... namesAndValues) {
    Value[] pairs = new Value[namesAndValues.length];
    for (int i = 0; i < pairs.length; i++) {
      Object value = namesAndValues[i];
      pairs[i] =
          value instanceof Value v
              ? v
              : value instanceof Number n
                  ? ValueFactory.newInteger(n.longValue())
                  : ValueFactory.newString(value.toString());
    }
    return ValueFactory.newMap(pairs, true);
  }

  /** {@code [time, record]}. */
  public static byte[] entry(Value time, Value record) throws IOException {
    return bytes(ValueFactory.newArray(time, record));
  }

  public static Value eventTime(Instant time) {
    ByteBuffer data = ByteBuffer.allocate(8);
    data.putInt((int) time.getEpochSecond()).putInt(time.getNano());
    return ValueFactory.newExtension((byte) 0, data.array());
  }

  public static byte[] bytes(Value... values) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      for (Value value : values) {
        packer.packValue(value);
      }
      return packer.toByteArray();
    }
  }

  public static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }
}
