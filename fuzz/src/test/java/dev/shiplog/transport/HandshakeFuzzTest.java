package dev.shiplog.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.msgpack.core.MessageFormatException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ArrayValue;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * Whatever a stranger says in the handshake: it is refused in words of ours, taken for a HELO or a
 * PONG only where msgpack-java reads one, and never for a proof of the shared key. Here since what
 * it fuzzes is the package's own.
 */
class HandshakeFuzzTest {
  private static final int CAPACITY = 4096;
  private static final byte[] KEY = {'k', 'e', 'y'};

  @FuzzTest
  void stranger_isRefusedOrUnderstoodAndNeverProven(FuzzedDataProvider data) throws IOException {
    int piece = data.consumeInt(1, 300);
    boolean user = data.consumeBoolean();
    byte[] bytes = data.consumeRemainingAsBytes();
    try {
      words(Arrays.copyOf(bytes, Math.min(bytes.length, CAPACITY)));
    } catch (MessageFormatException unread) {
      // the judge minds the length of timestamps, which are nothing to a handshake
      assertThat(unread).hasMessageContaining("Timestamp extension");
    }
    handshake(bytes, piece, user);
  }

  private static void words(byte[] bytes) throws IOException {
    ServerWords words = new ServerWords(Arrays.copyOf(bytes, CAPACITY));
    try {
      if (!words.isWhole(bytes.length)) {
        return;
      }
    } catch (SecurityFailure refused) {
      assertThat(refused.fault()).isEqualTo(Fault.GARBAGE);
      return;
    }
    try {
      ServerWords.Helo helo = words.helo(bytes.length);
      ArrayValue array = read(bytes, "HELO", 2);
      assertThat(array.get(1).asMapValue().values())
          .anySatisfy(value -> assertThat(raw(value)).isEqualTo(helo.nonce));
    } catch (SecurityFailure refused) {
      assertThat(refused.fault()).isEqualTo(Fault.GARBAGE);
    }
    try {
      ServerWords.Pong pong = words.pong(bytes.length);
      ArrayValue array = read(bytes, "PONG", 5);
      assertThat(array.get(1).asBooleanValue().getBoolean()).isEqualTo(pong.ok);
      assertThat(pong.reason).doesNotContain("\n");
    } catch (SecurityFailure refused) {
      assertThat(refused.fault()).isEqualTo(Fault.GARBAGE);
    }
  }

  private static ArrayValue read(byte[] bytes, String word, int elements) throws IOException {
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      ArrayValue array = unpacker.unpackValue().asArrayValue();
      assertThat(unpacker.getTotalReadBytes()).isEqualTo(bytes.length);
      assertThat(array.size()).isEqualTo(elements);
      assertThat(raw(array.get(0))).isEqualTo(raw(ValueFactory.newString(word)));
      return array;
    }
  }

  private static byte[] raw(Value value) {
    return value.isRawValue() ? value.asRawValue().asByteArray() : new byte[0];
  }

  private static void handshake(byte[] bytes, int piece, boolean user) throws IOException {
    Credentials credentials =
        user
            ? new Credentials("us", Secret.of("key"), "ann", Secret.of("word"))
            : Credentials.key("us", Secret.of("key"));
    Handshake handshake = new Handshake(credentials, new Handshake.Keys(KEY, KEY));
    Stranger stranger = new Stranger(bytes, piece);
    try {
      while (!stranger.isDone()) {
        assertThat(handshake.step(stranger)).as("proven").isFalse();
      }
    } catch (SecurityFailure refused) {
      assertThat(refused.getMessage()).isNotEmpty().doesNotContain("\n");
    }
  }

  /** Says what it has to say, a piece at a time, and swallows what it is told. */
  private static final class Stranger implements Link {
    private final ByteBuffer words;
    private final int piece;
    private boolean done;

    Stranger(byte[] words, int piece) {
      this.words = ByteBuffer.wrap(words);
      this.piece = piece;
    }

    boolean isDone() {
      return done;
    }

    @Override
    public boolean finishConnect() {
      return true;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) {
      long written = 0;
      for (int i = offset; i < offset + count; i++) {
        written += buffers[i].remaining();
        buffers[i].position(buffers[i].limit());
      }
      return written;
    }

    @Override
    public int read(ByteBuffer into) {
      if (!words.hasRemaining()) {
        done = true;
        return 0;
      }
      int length = Math.min(piece, Math.min(words.remaining(), into.remaining()));
      into.put(words.slice().limit(length));
      words.position(words.position() + length);
      return length;
    }

    @Override
    public void wantsToWrite(boolean wants) {}

    @Override
    public String address() {
      return "stranger";
    }

    @Override
    public void close() {}
  }
}
