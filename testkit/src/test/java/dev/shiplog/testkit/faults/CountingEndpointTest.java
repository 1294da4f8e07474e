package dev.shiplog.testkit.faults;

import static dev.shiplog.testkit.Sender.map;
import static dev.shiplog.testkit.Sender.packed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.Sender;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.msgpack.value.ValueFactory;

class CountingEndpointTest {
  @Test
  void endpoint_countsWhatTheFramesSayAndAcknowledges() throws Exception {
    try (CountingEndpoint endpoint = CountingEndpoint.start();
        Sender sender = new Sender(endpoint.port())) {
      byte[] first = packed("a", new byte[300_000], true, map("size", 400, "chunk", "one"));
      byte[] second = packed("a.b", new byte[70_000], false, map("chunk", "two", "size", 5));
      sender.send(first);
      sender.send(second);

      assertThat(sender.answer()).isEqualTo("{\"ack\":\"one\"}");
      assertThat(sender.answer()).isEqualTo("{\"ack\":\"two\"}");
      assertThat(endpoint.await(405, Duration.ofSeconds(10))).isTrue();
      assertThat(endpoint.chunks()).isEqualTo(2);
      assertThat(endpoint.bytes()).isEqualTo(first.length + second.length);
    }
  }

  static Stream<byte[]> frames() throws IOException {
    return Stream.of(
        packed("a", new byte[0], true, map("size", 1)),
        packed("t".repeat(40), new byte[200], true, map("size", 200, "chunk", "c".repeat(24))),
        packed("t".repeat(300), new byte[70_000], true, map("size", 70_000)),
        packed("a", new byte[9], true, map("compressed", "gzip", "size", 1L << 40)),
        packed("a", new byte[9], true, map("size", 7, "live", ValueFactory.newBoolean(true))));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void packedFrames_areWalkedWhereverReadsEnd(byte[] frame) throws IOException {
    byte[] three = Sender.concatenated(frame, frame, frame);
    for (int piece : new int[] {1, 7, frame.length + 1, three.length}) {
      PackedFrames frames = new PackedFrames(new InPieces(three, piece));
      for (int i = 0; i < 3; i++) {
        assertThat(frames.next()).isTrue();
        assertThat(frames.length()).isEqualTo(frame.length);
        assertThat(frames.size()).isPositive();
      }
      assertThat(frames.next()).isFalse();
    }
  }

  @Test
  void packedFrames_sayWhenTheStreamEndsWithinOne() throws IOException {
    byte[] frame = packed("a", new byte[100], true, map("size", 1));
    InputStream cut = new ByteArrayInputStream(frame, 0, frame.length - 1);

    Assertions.assertThatThrownBy(() -> new PackedFrames(cut).next())
        .isInstanceOf(EOFException.class);
  }

  /** Gives at most so many bytes at a time. */
  private static final class InPieces extends ByteArrayInputStream {
    private final int piece;

    InPieces(byte[] bytes, int piece) {
      super(bytes);
      this.piece = piece;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      return super.read(buffer, offset, Math.min(length, piece));
    }
  }
}
