package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NameRuleTest {
  @Test
  void allRule_letsEveryNameThrough() {
    assertThat(NameRule.ALL.apply("a.b")).isEqualTo("a.b");
    assertThat(NameRule.ALL.apply("")).isEmpty();
  }

  @Test
  void include_letsOnlyThoseThrough() {
    NameRule rule = new NameRule(List.of("user", "http.*"), List.of(), Map.of(), "");

    assertThat(rule.apply("user")).isEqualTo("user");
    assertThat(rule.apply("http.status")).isEqualTo("http.status");
    assertThat(rule.apply("http")).isNull();
    assertThat(rule.apply("user.id")).isNull();
  }

  @Test
  void exclude_isStrongerThanInclude() {
    NameRule rule = new NameRule(List.of("http.*"), List.of("http.cookie*"), Map.of(), "");

    assertThat(rule.apply("http.status")).isEqualTo("http.status");
    assertThat(rule.apply("http.cookies")).isNull();
    assertThat(new NameRule(List.of(), List.of("*"), Map.of(), "").apply("a")).isNull();
  }

  @Test
  void rename_comesAfterAndThePrefixLast() {
    NameRule rule = new NameRule(List.of("a"), List.of("b"), Map.of("a", "b"), "mdc.");

    assertThat(rule.apply("a")).isEqualTo("mdc.b");
    assertThat(rule.apply("b")).isNull();
  }
}
