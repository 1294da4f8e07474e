package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SecretMaskTest {
  private static TextMask mask(String... patterns) {
    return SecretMask.of(List.of(patterns).stream().map(Pattern::compile).toList(), Set.of(), "#");
  }

  @Test
  void text_isItselfWhenNothingIsFound() {
    String text = new String("nothing here");

    assertThat(mask("secret").apply(text)).isSameAs(text);
    assertThat(mask("x*").apply(text)).as("an empty match hides nothing").isSameAs(text);
    assertThat(mask("^$").apply("")).isEmpty();
    assertThat(mask("secret").finds(text)).isFalse();
    assertThat(mask("here").finds(text)).isTrue();
  }

  @Test
  void maskOfNothing_isNone() {
    assertThat(SecretMask.of(List.of(), Set.of(), "#")).isSameAs(TextMask.NONE);
    assertThat(TextMask.NONE.finds("anything")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pin=\\d+          | a pin=1 b pin=22  | a # b #
          (?<=pin=)\\d+     | pin=1             | pin=#
          (?i)secret        | SeCrEt            | #
          ^whole$           | whole             | #
          ^whole$           | not whole         | not whole
          [é\\x{1F3A8}]+   | é🎨!              | #!
          """)
  void pattern_hidesWhatItFinds(String pattern, String text, String shown) {
    assertThat(mask(pattern).apply(text)).isEqualTo(shown);
  }

  @Test
  void patterns_searchTheTextAsItWas() {
    assertThat(mask("1234", "12345678", "78 90").apply("a 12345678 90 b")).isEqualTo("a # b");
    assertThat(mask("#").apply("a # b")).isEqualTo("a # b");
    assertThat(mask("a", "#").apply("a")).isEqualTo("#");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$1", "\\", "$", "${name}", "\\$0"})
  void replacement_isLiteral(String replacement) {
    TextMask mask = SecretMask.of(List.of(Pattern.compile("(s)ecret")), Set.of(), replacement);

    assertThat(mask.apply("a secret!")).isEqualTo("a " + replacement + "!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*a){25}$", "(?:a+){3,}+b|(a+)+c"})
  void patternThatTakesTooManySteps_hidesTheWholeText(String evil) {
    assertThat(mask(evil).apply("a".repeat(5_000) + "!")).isEqualTo("#");
  }

  @Test
  void slowPattern_isGivenUpInTimeThatGrowsWithTheText() {
    String text = "a".repeat(1 << 20) + "!";

    assertThat(mask("secret", "(a+)+$").apply(text)).isEqualTo("#");
  }

  @Test
  void patternThatOverflowsTheStack_hidesTheWholeText() {
    assertThat(mask("(a|b)*").apply("ab".repeat(1 << 19))).isEqualTo("#");
    assertThat(mask("(a|b)*").apply("xaby")).isEqualTo("x#y");
  }

  @Test
  void usualPattern_searchesALongTextToItsEnd() {
    String text = "word 12 ".repeat(100_000) + "secret-7";

    assertThat(mask("\\bsecret-\\d+\\b", "[A-Z]{2}\\d{20}").apply(text))
        .hasSize(text.length() - "secret-7".length() + 1)
        .endsWith("12 #");
  }

  @Test
  void budget_isEachPatternsOwn() {
    String[] patterns = new String[60];
    java.util.Arrays.fill(patterns, "[a-z]{3}x");

    assertThat(mask(patterns).apply("abcabcabc")).isEqualTo("abcabcabc");
  }
}
