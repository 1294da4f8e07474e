package dev.shiplog.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerWordsTest {
  private static final byte[] NONCE = {(byte) 0xff, 0, (byte) 0xc1, 'x'};

  private final ByteBuffer out = ByteBuffer.allocate(4096);
  private final ServerWords words = new ServerWords(out.array());

  private ServerWordsTest put(int... bytes) {
    for (int one : bytes) {
      out.put((byte) one);
    }
    return this;
  }

  private ServerWordsTest text(String text) {
    PackedFrame.putString(out, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private ServerWordsTest raw(byte[] bytes) {
    PackedFrame.putString(out, bytes);
    return this;
  }

  private ServerWords.Helo helo() throws SecurityFailure {
    assertThat(words.isWhole(out.position())).isTrue();
    return words.helo(out.position());
  }

  @Test
  void heloOfFluentd_hasBinAndKeepalive() throws Exception {
    put(0x92).text("HELO").put(0x83).text("nonce").put(0xc4, 2, 0xff, 0);
    text("auth").text("").text("keepalive").put(0xc2);

    ServerWords.Helo helo = helo();
    assertThat(helo.nonce).containsExactly(0xff, 0);
    assertThat(helo.auth).isEmpty();
    assertThat(helo.keepsAlive).isFalse();
  }

  @Test
  void heloOfFluentBit_hasStrThatIsNoText() throws Exception {
    put(0x92).text("HELO").put(0x82).text("auth").raw(NONCE).text("nonce").raw(NONCE);

    ServerWords.Helo helo = helo();
    assertThat(helo.nonce).containsExactly(NONCE);
    assertThat(helo.auth).containsExactly(NONCE);
    assertThat(helo.keepsAlive).isTrue();
  }

  @Test
  void heloOfLaterVersions_mayHaveMore() throws Exception {
    put(0x92).text("HELO").put(0x82).text("zstd").put(0x92, 1, 0xc0).text("nonce").raw(NONCE);

    assertThat(helo().nonce).containsExactly(NONCE);
  }

  @Test
  void wordsInPieces_areWholeAtTheEndAlone() throws Exception {
    put(0x95).text("PONG").put(0xc2).text("no\nway").text("server").text("digest");
    for (int end = 0; end < out.position(); end++) {
      assertThat(words.isWhole(end)).isFalse();
    }
    assertThat(words.isWhole(out.position())).isTrue();
    ServerWords.Pong pong = words.pong(out.position());
    assertThat(pong.ok).isFalse();
    assertThat(pong.reason).isEqualTo("no?way");
    assertThat(pong.hostname).asString(StandardCharsets.UTF_8).isEqualTo("server");
    assertThat(pong.digest).asString(StandardCharsets.UTF_8).isEqualTo("digest");
  }

  @Test
  void wordsOutOfPlace_areRefused() {
    put(0x92).text("HELO").put(0x81).text("nonce").raw(NONCE);
    assertThatThrownBy(() -> words.pong(out.position())).isInstanceOf(SecurityFailure.class);
    put(0xc0);
    assertThatThrownBy(() -> words.isWhole(out.position())).isInstanceOf(SecurityFailure.class);
    out.clear();
    put(0x92).text("HELO").put(0x80);
    assertThatThrownBy(this::helo).as("no nonce").isInstanceOf(SecurityFailure.class);
    out.clear();
    put(0x92).text("HELO").put(0x81).text("nonce").put(0xc3);
    assertThatThrownBy(this::helo).as("no bytes").isInstanceOf(SecurityFailure.class);
  }

  /** Whatever comes, it is understood or refused, and nothing else. */
  @Test
  void damagedWords_areUnderstoodOrRefused() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      out.clear();
      if (random.nextBoolean()) {
        put(0x95).text("PONG").put(0xc3).text("").text("server").text("digest");
      } else {
        put(0x92).text("HELO").put(0x82).text("nonce").raw(NONCE).text("auth").text("");
      }
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        out.put(random.nextInt(out.position()), (byte) random.nextInt(256));
      }
      try {
        if (words.isWhole(out.position())) {
          assertThat(random.nextBoolean() ? words.pong(out.position()) : words.helo(out.position()))
              .isNotNull();
        }
      } catch (SecurityFailure e) {
        assertThat(e.fault()).as("seed %s", seed).isEqualTo(Fault.GARBAGE);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + i, e);
      }
    }
  }
}
