package dev.shiplog.transport;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One zstd frame that tells its original size. The only class that names zstd-jni, which an
 * application may have or not.
 */
final class ZstdCompressor implements Compressor {
  private static final int LEVEL = 1;

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private ByteBuffer plain = ByteBuffer.allocateDirect(0);
  private ByteBuffer compressed = ByteBuffer.allocateDirect(0);

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public List<ByteBuffer> compress(Outgoing chunk) {
    plain = atLeast(chunk.length(), plain).clear();
    compressed = atLeast((int) Zstd.compressBound(chunk.length()), compressed).clear();
    for (int i = 0; i < chunk.pages(); i++) {
      plain.put(chunk.page(i));
    }
    int length = context.compress(compressed, plain.flip());
    ByteBuffer frame = ByteBuffer.allocate(length);
    return List.of(frame.put(compressed.flip()).flip());
  }

  private static ByteBuffer atLeast(int bytes, ByteBuffer present) {
    return present.capacity() >= bytes ? present : ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public void close() {
    context.close();
  }
}
