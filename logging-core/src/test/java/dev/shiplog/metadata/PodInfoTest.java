package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PodInfoTest {
  @Test
  void parse_undoesTheQuotingOfGo() {
    String text =
        """
        app="shop"
        empty=""
        quoted="a \\"b\\" \\\\ c"
        control="tab\\tline\\nbell\\a\\x00"
        bytes="gr\\xc3\\xbc\\xc3\\x9f"
        unicode="\\u00fc\\U0001f600 \u00fc\ud83d\ude00"
        equals="a=b"
        """;

    assertThat(PodInfo.parse(text))
        .containsExactly(
            Map.entry("app", "shop"),
            Map.entry("empty", ""),
            Map.entry("quoted", "a \"b\" \\ c"),
            Map.entry("control", "tab\tline\nbell\u0007\0"),
            Map.entry("bytes", "gr\u00fc\u00df"),
            Map.entry("unicode", "\u00fc\ud83d\ude00 \u00fc\ud83d\ude00"),
            Map.entry("equals", "a=b"));
  }

  @Test
  void parse_leavesOutMalformedLinesAlone() {
    String text =
        """
        app="shop"\r
        ="nameless"
        bare=shop
        open="shop
        half="
        inner="a"b"
        escape="\\q"
        cut="\\u12"
        last="\\"
        huge="\\UFFFFFFFF"
        beyond="\\U00110000"

        tier="web"\
        """;

    assertThat(PodInfo.parse(text)).containsOnlyKeys("app", "tier");
  }
}
