package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecimalTest {
  private static String text(long value) {
    byte[] bytes = new byte[Decimal.MAX_LONG + 1];
    int end = Decimal.write(value, bytes, 1);
    return new String(bytes, 1, end - 1, StandardCharsets.ISO_8859_1);
  }

  @Test
  void number_readsAsJavaWritesIt() {
    for (long value = -1_001; value <= 1_001; value++) {
      assertThat(text(value)).isEqualTo(Long.toString(value));
    }
    for (long power = 1, i = 0; i < 19; i++, power *= 10) {
      for (long off = -1; off <= 1; off++) {
        assertThat(text(power + off)).isEqualTo(Long.toString(power + off));
        assertThat(text(-power + off)).isEqualTo(Long.toString(-power + off));
      }
    }
    assertThat(text(Long.MAX_VALUE)).isEqualTo(Long.toString(Long.MAX_VALUE));
    assertThat(text(Long.MIN_VALUE)).isEqualTo(Long.toString(Long.MIN_VALUE));
    assertThat(text(Long.MIN_VALUE + 1)).isEqualTo(Long.toString(Long.MIN_VALUE + 1));
  }

  @Test
  void pair_hasTwoDigits() {
    for (int value = 0; value < 100; value++) {
      byte[] bytes = new byte[2];
      assertThat(Decimal.writePair(value, bytes, 0)).isEqualTo(2);
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
          .isEqualTo(String.format("%02d", value));
    }
  }
}
