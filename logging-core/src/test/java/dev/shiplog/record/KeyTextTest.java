package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTextTest {
  @Test
  void goodKey_staysItself() {
    String key = "user.id";

    assertThat(KeyText.clean(key, 7)).isSameAs(key);
  }

  @Test
  void longKey_isCutAtACharacter() {
    assertThat(KeyText.clean("user.id", 6)).isEqualTo("user.i");
    assertThat(KeyText.clean("aé€😀b", 10)).isEqualTo("aé€😀");
    assertThat(KeyText.clean("aé€😀b", 9)).isEqualTo("aé€");
    assertThat(KeyText.clean("aé€😀b", 2)).isEqualTo("a");
  }

  @Test
  void loneSurrogate_isReplaced() {
    assertThat(KeyText.clean("a\ud83d", 10)).isEqualTo("a\ufffd");
    assertThat(KeyText.clean("\ude00\ud83d\ude00", 10)).isEqualTo("\ufffd😀");
  }

  @Test
  void nullKey_isNullInLetters() {
    assertThat(KeyText.clean(null, 10)).isEqualTo("null");
  }
}
