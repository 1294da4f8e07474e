package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSizesTest {
  private final TextSizes sizes = new TextSizes();

  private static long saved(long[] texts, long cap) {
    return Arrays.stream(texts).map(text -> Math.max(0, text - cap)).sum();
  }

  @Test
  void cap_savesWhatIsAskedAndHardlyMore() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      long[] texts = new long[1 + random.nextInt(10)];
      sizes.clear();
      for (int k = 0; k < texts.length; k++) {
        texts[k] = (long) TextSizes.SHORT + random.nextInt(2 << random.nextInt(20));
        sizes.add(texts[k]);
      }
      long most = saved(texts, TextSizes.SHORT);
      long excess = 1 + (long) (random.nextDouble() * most);

      int cap = sizes.capThatSaves(excess);

      if (cap >= 0) {
        assertThat(saved(texts, cap)).as("seed %d", seed).isGreaterThanOrEqualTo(excess);
        // A bucket is a quarter of an octave wide: the best cap is at most that much longer.
        assertThat(saved(texts, cap * 5L / 4 + texts.length))
            .as("seed %d", seed)
            .isLessThanOrEqualTo(excess);
      } else {
        assertThat(saved(texts, TextSizes.SHORT * 5 / 4)).as("seed %d", seed).isLessThan(excess);
      }
    }
  }

  @Test
  void oneLongText_paysForAll() {
    sizes.add(100);
    sizes.add(10_000);

    assertThat(sizes.capThatSaves(4_000)).isEqualTo(6_000);
  }

  @Test
  void cap_isNoneWhereTextsAreTooShort() {
    sizes.add(100);

    assertThat(sizes.capThatSaves(1_000)).isEqualTo(-1);
    assertThat(new TextSizes().capThatSaves(1)).isEqualTo(-1);
  }

  @Test
  void textTakenBack_countsNoMore() {
    sizes.add(5_000);
    sizes.add(6_000);
    sizes.remove(6_000);

    assertThat(sizes.capThatSaves(1_000)).isEqualTo(4_000);
  }

  @Test
  void textBeyondAnInt_isCounted() {
    sizes.add(5_000_000_000L);

    assertThat(sizes.capThatSaves(5_000_000_000L - 1_000)).isEqualTo(1_000);
  }

  @Test
  void clear_forgets() {
    sizes.add(5_000);
    sizes.clear();

    assertThat(sizes.capThatSaves(1)).isEqualTo(-1);
  }
}
