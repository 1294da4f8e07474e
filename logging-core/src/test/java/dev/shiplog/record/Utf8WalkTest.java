package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The judge is judged by the JDK's strict decoder. */
class Utf8WalkTest {
  @Test
  void bytes_areAcceptedWhenTheJdkAcceptsThem() {
    long seed = new Random().nextLong();
    System.out.println("Utf8WalkTest: seed " + seed);
    Random random = new Random(seed);
    byte[] bytes = new byte[4];
    for (int i = 0; i < 50_000; i++) {
      random.nextBytes(bytes);
      // mostly beginnings of longer forms, which noise alone rarely has
      bytes[0] |= (byte) (random.nextBoolean() ? 0xc0 : 0);
      bytes[1] = (byte) (random.nextBoolean() ? 0x80 | bytes[1] & 0x3f : bytes[1]);
      bytes[2] = (byte) (random.nextBoolean() ? 0x80 | bytes[2] & 0x3f : bytes[2]);
      int length = 1 + random.nextInt(4);
      if (accepts(bytes, length) != jdkAccepts(bytes, length)) {
        throw new AssertionError("seed " + seed + ": " + Arrays.toString(bytes) + ' ' + length);
      }
    }
  }

  private static boolean accepts(byte[] bytes, int length) {
    try {
      return Utf8Walk.breaks(bytes, 0, length) >= 0;
    } catch (AssertionError refused) {
      return false;
    }
  }

  private static boolean jdkAccepts(byte[] bytes, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException refused) {
      return false;
    }
  }

  @Test
  void whatBreaksALine_isCounted() {
    byte[] text = "a\u0085\u2028é\u2029€\n\u0001\ud83d\ude00".getBytes(StandardCharsets.UTF_8);

    assertThat(Utf8Walk.breaks(text, 0, text.length)).isEqualTo(5);
    assertThatThrownBy(() -> Utf8Walk.breaks(text, 0, text.length - 1))
        .isInstanceOf(AssertionError.class);
  }
}
