package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.shiplog.forward.SpoolFrames.EntryHead;
import dev.shiplog.forward.SpoolFrames.Seal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpoolFramesTest {
  @Test
  void entryHead_isReadAsItWasWritten() {
    byte[] head = SpoolFrames.entryHead(4, "gallery.ü");
    byte[] frame = new byte[3 + head.length + 50];
    System.arraycopy(head, 0, frame, 3, head.length);

    assertThat(SpoolFrames.entryHead(frame, 3, head.length + 50))
        .isEqualTo(new EntryHead(4, "gallery.ü", head.length));
  }

  @Test
  void seal_isReadAsItWasWritten() {
    Seal seal = new Seal("p8n9gmxTQVC8/nh2wlKKeQ==", "gallery.ü", 1L << 40, (1L << 40) + 7, 3);
    byte[] bytes = SpoolFrames.seal(seal);

    assertThat(SpoolFrames.seal(bytes, 0, bytes.length)).isEqualTo(seal);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(SpoolFrames.seal(bytes, 0, length)).isNull();
    }
  }

  @Test
  void strangeBytes_areNeitherHeadNorSealNorAnException() {
    long seed = new Random().nextLong();
    System.out.println("strangeBytes: seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 2 && random.nextBoolean()) {
        Arrays.fill(bytes, 0, 2, (byte) 0);
      }
      EntryHead head = SpoolFrames.entryHead(bytes, 0, bytes.length);
      Seal seal = SpoolFrames.seal(bytes, 0, bytes.length);
      assertThat(head == null || head.length() <= bytes.length).isTrue();
      assertThat(seal == null || seal.id().length() <= bytes.length).isTrue();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpoolFrames.entryHead(0, "x".repeat(65_536)));
  }
}
