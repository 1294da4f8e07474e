package dev.shiplog.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CompressorTest {
  /** A chunk of pages of 4 KB, on the heap or not. */
  private static final class Paged implements Outgoing {
    private static final int PAGE = 4096;

    private final byte[] bytes;
    private final boolean direct;

    Paged(byte[] bytes, boolean direct) {
      this.bytes = bytes;
      this.direct = direct;
    }

    @Override
    public String tag() {
      return "test";
    }

    @Override
    public byte[] id() {
      return "id".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int events() {
      return 1;
    }

    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public int pages() {
      return (bytes.length + PAGE - 1) / PAGE;
    }

    @Override
    public ByteBuffer page(int index) {
      byte[] page =
          Arrays.copyOfRange(bytes, index * PAGE, Math.min(bytes.length, (index + 1) * PAGE));
      return direct
          ? ByteBuffer.allocateDirect(page.length).put(page).flip()
          : ByteBuffer.wrap(page);
    }
  }

  private static byte[] joined(List<ByteBuffer> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer piece : pieces) {
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  private static byte[] read(Compression compression, byte[] compressed) throws IOException {
    InputStream in = new ByteArrayInputStream(compressed);
    try (InputStream plain =
        compression == Compression.GZIP ? new GZIPInputStream(in) : new ZstdInputStream(in)) {
      return plain.readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void chunks_areTheSameAfterwardsWhateverTheirSizeAndContent(Compression compression)
      throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Compressor compressor = Objects.requireNonNull(Compressor.of(compression))) {
      for (int size : new int[] {0, 1, 100, 4095, 4096, 4097, 16_384, 300_000, 5 << 20, 1, 0}) {
        byte[] bytes = new byte[size];
        // noise cannot be made smaller: the outcome is larger than what went in
        if (random.nextBoolean()) {
          random.nextBytes(bytes);
        }
        byte[] compressed = joined(compressor.compress(new Paged(bytes, random.nextBoolean())));
        assertThat(read(compression, compressed))
            .as("seed %d, size %d", seed, size)
            .isEqualTo(bytes);
        if (compression == Compression.ZSTD) {
          assertThat(Zstd.getFrameContentSize(compressed)).isEqualTo(size);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void compression_isThereOnTheTestsClassPath(Compression compression) {
    assertThat(compression.problem()).isNull();
  }
}
