package dev.shiplog.logback.differential;

import java.util.List;
import java.util.Random;

/** Texts of all of Unicode and of what is not Unicode. */
final class Texts {
  private static final List<String> PIECES =
      List.of(
          "plain",
          "two words",
          "\"quoted\"",
          "back\\slash",
          "tab\tnew\nline\r\n",
          "\u0000\u0001\u001b[31m\u007f",
          "größe, Œuvre, ÿ",
          "žluťoučký кот 漢字",
          "\u0085\u2028\u2029",
          "😀👩‍🚀🇪🇺",
          "\uFEFF\uFFFD\uFFFF",
          "</script>{}[]:,",
          "a somewhat longer text that no single step of eight bytes would hold");
  private static final List<String> LONE = List.of("\uD83D", "\uDE00", "a\uDE00b", "\uD83Dz");

  private final Random random;

  Texts(Random random) {
    this.random = random;
  }

  /** Any text; one in sixteen has a surrogate without its partner. */
  String next() {
    String text = wellFormed();
    if (random.nextInt(16) > 0) {
      return text;
    }
    return text + LONE.get(random.nextInt(LONE.size())) + wellFormed();
  }

  /** Any text that is Unicode. */
  String wellFormed() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
