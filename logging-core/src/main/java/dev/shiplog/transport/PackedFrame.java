package dev.shiplog.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One chunk as a PackedForward frame, compressed or not, and how much of it is written.
 *
 * <pre>
 *   93                                      array of 3
 *   a0+n | d9 n | da nn   tag
 *   c6 nnnn               bin 32: the entries, page by page, never copied; or compressed
 *   83 | 82 | 81                            map of what follows
 *     a4 "size"  ce nnnn                    the number of events
 *     aa "compressed"  a4 "gzip" | "zstd"   only if they are
 *     a5 "chunk" a0+n | d9 n  id            str: Fluent Bit closes the connection on a bin
 * </pre>
 */
public final class PackedFrame {
  private static final byte[] SIZE = {(byte) 0xa4, 's', 'i', 'z', 'e', (byte) 0xce};
  private static final byte[] CHUNK = {(byte) 0xa5, 'c', 'h', 'u', 'n', 'k'};

  private static final byte[] NONE = {};
  private static final byte[] COMPRESSED = {
    (byte) 0xaa, 'c', 'o', 'm', 'p', 'r', 'e', 's', 's', 'e', 'd'
  };

  private final Outgoing chunk;
  private final ByteBuffer[] buffers;
  private int next;
  private boolean started;
  private boolean flushed;
  private long startedAt;
  private long writtenAt;

  /**
   * A frame of which nothing is written, of the chunk's pages themselves.
   *
   * @param ack whether the endpoint is asked to acknowledge it
   */
  public PackedFrame(Outgoing chunk, boolean ack) {
    this(chunk, ack, null);
  }

  /** A frame of the chunk's pages themselves, or of what {@code compressor} makes of them. */
  PackedFrame(Outgoing chunk, boolean ack, @Nullable Compressor compressor) {
    this.chunk = chunk;
    List<ByteBuffer> entries = compressor == null ? pages(chunk) : compressor.compress(chunk);
    int length = 0;
    buffers = new ByteBuffer[entries.size() + 2];
    for (int i = 0; i < entries.size(); i++) {
      length += entries.get(i).remaining();
      buffers[i + 1] = entries.get(i);
    }
    buffers[0] = head(chunk, length);
    buffers[buffers.length - 1] = tail(chunk, ack, compressor);
  }

  private static List<ByteBuffer> pages(Outgoing chunk) {
    List<ByteBuffer> pages = new ArrayList<>(chunk.pages());
    for (int i = 0; i < chunk.pages(); i++) {
      pages.add(chunk.page(i));
    }
    return pages;
  }

  private static ByteBuffer head(Outgoing chunk, int length) {
    byte[] tag = chunk.tag().getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(1 + 3 + tag.length + 5);
    head.put((byte) 0x93);
    putString(head, tag);
    return head.put((byte) 0xc6).putInt(length).flip();
  }

  private static ByteBuffer tail(Outgoing chunk, boolean ack, @Nullable Compressor compressor) {
    byte[] id = chunk.id();
    byte[] name = compressor == null ? NONE : compressor.name().getBytes(StandardCharsets.US_ASCII);
    int options = 1 + (ack ? 1 : 0) + (compressor == null ? 0 : 1);
    ByteBuffer tail =
        ByteBuffer.allocate(
            1
                + SIZE.length
                + 4
                + COMPRESSED.length
                + 3
                + name.length
                + CHUNK.length
                + 3
                + id.length);
    tail.put((byte) (0x80 | options)).put(SIZE).putInt(chunk.events());
    if (compressor != null) {
      putString(tail.put(COMPRESSED), name);
    }
    if (ack) {
      putString(tail.put(CHUNK), id);
    }
    return tail.flip();
  }

  /** Writes a string of at most 65,535 bytes. */
  static void putString(ByteBuffer to, byte[] text) {
    if (text.length < 32) {
      to.put((byte) (0xa0 | text.length));
    } else if (text.length < 256) {
      to.put((byte) 0xd9).put((byte) text.length);
    } else {
      to.put((byte) 0xda).putShort((short) text.length);
    }
    to.put(text);
  }

  /** All of it, for a client that writes by itself; to be forgotten with the chunk. */
  public List<ByteBuffer> duplicates() {
    return Stream.of(buffers).map(ByteBuffer::duplicate).toList();
  }

  Outgoing chunk() {
    return chunk;
  }

  /** Writes on from where it stopped; returns how many bytes went. */
  long write(Link link, long now) throws IOException {
    if (!started) {
      started = true;
      startedAt = now;
    }
    long written = link.write(buffers, next, buffers.length - next);
    while (next < buffers.length && !buffers[next].hasRemaining()) {
      next++;
    }
    flushed = link.isFlushed();
    writtenAt = now;
    return written;
  }

  boolean isStarted() {
    return started;
  }

  boolean isWritten() {
    return flushed && next == buffers.length;
  }

  /** When the first byte was written. */
  long startedAt() {
    return startedAt;
  }

  /** When the last byte so far was written. */
  long writtenAt() {
    return writtenAt;
  }
}
