package dev.shiplog.transport;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entries of a chunk smaller. Used by one thread; holds memory outside the heap, bounded
 * by the largest chunk, until it is closed.
 *
 * <p>The outcome is not kept for another attempt: chunks go to connected endpoints only, so that
 * one which is down costs no compression, and a chunk that waits no second copy.
 */
interface Compressor extends AutoCloseable {
  /** What the endpoint is told in {@code option.compressed}. */
  String name();

  /** The entries in compressed pieces, which are the caller's. */
  List<ByteBuffer> compress(Outgoing chunk);

  @Override
  void close();

  /** What compresses like this, null for what does not. */
  static @Nullable Compressor of(Compression compression) {
    return switch (compression) {
      case NONE -> null;
      case GZIP -> new GzipCompressor();
      case ZSTD -> new ZstdCompressor();
    };
  }
}
