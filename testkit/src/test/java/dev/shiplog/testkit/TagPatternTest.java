package dev.shiplog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagPatternTest {
  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, ab, false",
    "a.*, a.b, true",
    "a.*, a, false",
    "a.*, a.b.c, false",
    "a.**, a, true",
    "a.**, a.b.c, true",
    "a.**, ab, false",
    "**, a.b, true",
    "**.b, b, true",
    "**.b, a.c.b, true",
    "**.b, ab, false",
    "a.**.c, a.c, true",
    "a.**.c, a.b.b.c, true",
    "'a.{b,c}', a.c, true",
    "'a.{b,c.**}', a.c.d, true",
    "'a.{b,c}', a.d, false",
    "a.access-log, a.access-log, true",
    "a.x-y, a.xxy, false",
  })
  void tagPattern_matchesAsFluentdDoes(String pattern, String tag, boolean matches) {
    assertThat(TagPattern.of(pattern).matches(tag)).isEqualTo(matches);
  }
}
