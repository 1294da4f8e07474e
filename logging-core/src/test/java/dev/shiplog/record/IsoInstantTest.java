package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsoInstantTest {
  private final IsoInstant iso = new IsoInstant();
  private final byte[] bytes = new byte[IsoInstant.MAX_BYTES + 2];

  private String text(long second, int nano, int decimals) {
    int end = iso.write(second, nano, decimals, bytes, 1);
    return new String(bytes, 1, end - 1, StandardCharsets.ISO_8859_1);
  }

  private static String expected(Instant at, int decimals) {
    return formatter(decimals).format(at);
  }

  private static DateTimeFormatter formatter(int decimals) {
    return new DateTimeFormatterBuilder().appendInstant(decimals).toFormatter();
  }

  @Test
  void time_readsAsJavaTimeWritesIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 20_000; i++) {
      long second = first + Math.floorMod(random.nextLong(), last - first + 1);
      int nano = random.nextInt(1_000_000_000);
      int decimals = random.nextInt(10);

      assertThat(text(second, nano, decimals))
          .as("seed %d", seed)
          .isEqualTo(expected(Instant.ofEpochSecond(second, nano), decimals));
    }
  }

  @Test
  void neighbouringSeconds_areNotMistakenForEachOther() {
    Instant start = Instant.parse("2024-02-28T23:59:58Z");
    for (int i = 0; i < 200_000; i += 1 + i % 7) {
      Instant at = start.plusSeconds(i % 2 == 0 ? i : -i);

      assertThat(text(at.getEpochSecond(), 0, 0)).isEqualTo(at.toString());
      assertThat(text(at.getEpochSecond(), 0, 0)).isEqualTo(at.toString());
    }
  }

  @Test
  void firstAndLastYear_haveFourDigits() {
    for (String at : new String[] {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
      assertThat(text(Instant.parse(at).getEpochSecond(), 0, 0)).isEqualTo(at);
    }
  }

  @Test
  void timeBeyondFourDigits_isWhatJavaTimeSaysOrItsEnd() {
    assertThat(text(Instant.parse("-0001-12-31T23:59:59Z").getEpochSecond(), 0, 9))
        .isEqualTo("-0001-12-31T23:59:59Z");
    assertThat(text(Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond(), 5, 0))
        .isEqualTo("+10000-01-01T00:00:00.000000005Z");
    assertThat(text(Long.MAX_VALUE, 999_999_999, 9)).isEqualTo(Instant.MAX.toString());
    assertThat(text(Long.MIN_VALUE, 0, 9)).isEqualTo(Instant.MIN.toString());
  }
}
