package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedSpellingsTest {
  private static final MaskedNames DEFAULT = new MaskedNames(MaskedNames.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "db.password",
        "userPassword",
        "user_password_hash",
        "password2",
        "oauth2token",
        "OAuth2Token",
        "X-Api-Key",
        "apikey",
        "APIKey",
        "apiKey1",
        "Set-Cookie",
        "JSESSIONID"
      })
  void secret_isMasked(String name) {
    assertThat(DEFAULT.test(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "user", "tokenizer", "secretary", "api.version", "key", "s3"})
  void otherName_isNot(String name) {
    assertThat(DEFAULT.test(name)).isFalse();
  }

  @Test
  void mask_mayHaveDigits() {
    MaskedNames names = new MaskedNames(List.of("oauth2_code", "k8s"));

    assertThat(names.test("oauth2Code")).isTrue();
    assertThat(names.test("OAUTH2CODE")).isTrue();
    assertThat(names.test("my.k8s.value")).isTrue();
    assertThat(names.test("code")).isFalse();
  }
}
