package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.docs.Snippets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedNamesTest {
  private final MaskedNames masked = new MaskedNames(MaskedNames.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "db.password",
        "userPassword",
        "user_password_1",
        "newPasswd",
        "X-Api-Key",
        "apiKey",
        "apikey",
        "API_KEY",
        "my.api.key",
        "accessToken",
        "Set-Cookie",
        "Authorization",
        "proxy-authorization",
        "JSESSIONID",
        "XMLToken",
        "clientSecret",
        "aws.secretAccessKey"
      })
  void secret_isMaskedHoweverItIsSpelled(String name) {
    assertThat(masked).accepts(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "user",
        "passwordless",
        "secretary",
        "tokenizer",
        "cookies_eaten",
        "api",
        "key",
        "keyApi",
        "apiXKey",
        "\ud83d",
        "pass.word"
      })
  void otherName_isNot(String name) {
    assertThat(masked).rejects(name);
  }

  @Test
  void maskOfSeveralWords_wantsThemInARow() {
    MaskedNames own = new MaskedNames(List.of("credit-card", "", "--"));

    assertThat(own).accepts("creditCard", "my_credit_card_number", "creditcard");
    assertThat(own).rejects("credit.of.card", "card", "cardCredit");
  }

  @Test
  void noMasks_maskNothing() {
    assertThat(new MaskedNames(List.of())).rejects("password", "");
  }

  @Test
  void decision_isTheSameHoweverManyNamesThereAre() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5_000; i++) {
        assertThat(masked.test("name" + i)).isFalse();
        assertThat(masked.test("token" + i)).isTrue();
      }
    }
    // two names of one hash
    assertThat("Aa.token".hashCode()).isEqualTo("BB.token".hashCode());
    assertThat(masked).accepts("Aa.token", "BB.token").rejects("x".repeat(1_000));
  }

  /** The page's list, and its table of examples. */
  @Test
  void page_hasTheBuiltInNamesAndTellsWhatTheyHide() {
    String page = Snippets.page("docs/masking.md");
    String list = page.split("Built in are\\s+```\\s")[1].split("```")[0];
    assertThat(list.strip().split("\\s+")).containsExactlyElementsOf(MaskedNames.DEFAULT);

    List<String> rows = page.lines().filter(line -> line.matches("\\| `\\w+` \\| `.*")).toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(4);
    for (String row : rows) {
      String[] cells = row.split("\\|");
      assertThat(names(cells[2])).isNotEmpty().allMatch(new MaskedNames(names(cells[1])));
      assertThat(names(cells[3])).isNotEmpty().noneMatch(new MaskedNames(names(cells[1])));
    }
  }

  private static List<String> names(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(m -> m.group(1)).toList();
  }
}
