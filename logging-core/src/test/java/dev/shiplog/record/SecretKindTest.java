package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SecretKindTest {
  private static final String JWT =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";

  private static String masked(SecretKind kind, String text) {
    return SecretMask.of(List.of(), Set.of(kind), "#").apply(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization: Bearer mF_9.B5f-4.1JqM          | Authorization: Bearer #
          {"authorization":"bearer abc=="}               | {"authorization":"bearer #"}
          BEARER  a/b+c~d                                | BEARER  #
          auth=Bearer%20abc&x=1                          | auth=Bearer%20#&x=1
          Bearer: abc, next                              | Bearer: #, next
          forbearers came                                | forbearers came
          bearer                                         | bearer
          """)
  void bearerToken_isHiddenBehindItsWord(String text, String shown) {
    assertThat(masked(SecretKind.BEARER, text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "a=%s;", "jwt_%s ", "id-token%%3D%s", "\"%s\"", "eyJ %s"})
  void webToken_isHiddenWhereverItIs(String around) {
    assertThat(masked(SecretKind.BEARER, around.formatted(JWT))).isEqualTo(around.formatted("#"));
    assertThat(masked(SecretKind.BEARER, "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."))
        .as("without a signature")
        .isEqualTo("#");
    assertThat(masked(SecretKind.BEARER, "eyJa.b.c.d.e")).as("encrypted").isEqualTo("#");
    assertThat(masked(SecretKind.BEARER, "eyJust.words and key.eyJ"))
        .isEqualTo("eyJust.words and key.eyJ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          key AKIAIOSFODNN7EXAMPLE!             | key #!
          X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F2026 | X-Amz-Credential=#%2F2026
          %3DAKIAIOSFODNN7EXAMPLE               | %3D#
          AKIAIOSFODNN7EXAMPL                   | AKIAIOSFODNN7EXAMPL
          aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | aws_secret_access_key = #
          AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY   | AWS_SECRET_ACCESS_KEY=#
          {"SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}  | {"SecretAccessKey": "#"}
          {\\"secretKey\\":\\"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\\"} | {\\"secretKey\\":\\"#\\"}
          <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</S     | <SecretAccessKey>#</S
          --secret-key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY --x        | --secret-key # --x
          aws.session-token: FwoGZXIvYXdzEBYaDHqa0AP1     | aws.session-token: #
          the secret key is short                         | the secret key is short
          wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY        | wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
          """)
  void awsKey_isHidden(String text, String shown) {
    assertThat(masked(SecretKind.AWS, text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          card 4111111111111111.              | card #.
          4111 1111 1111 1111                 | #
          5500-0000-0000-0004, paid           | #, paid
          3782 822463 10005                   | #
          6011000990139424                    | #
          30569309025904                      | #
          4222222222222                       | #
          6304000000000000000                 | #
          order 1234 4111 1111 1111 1111 9    | order 1234 # 9
          pan=4111111111111111&x              | pan=#&x
          PAN4111111111111111                 | PAN#
          4111111111111112                    | 4111111111111112
          4111 1111 1111 1112                 | 4111 1111 1111 1112
          41111111111111111                   | 41111111111111111
          411111111111                        | 411111111111
          1795419545123                       | 1795419545123
          0000000000000000                    | 0000000000000000
          0.4111111111111111                  | 0.4111111111111111
          4111  1111  1111  1111              | 4111  1111  1111  1111
          5d41402abc4b2a76b9719d911017c592    | 5d41402abc4b2a76b9719d911017c592
          """)
  void cardNumber_isHiddenWhereItsLastDigitIsRight(String text, String shown) {
    assertThat(masked(SecretKind.CARD, text)).isEqualTo(shown);
  }

  @Test
  void wrongLastDigit_isNoCard() {
    for (int last = 0; last <= 9; last++) {
      String number = "411111111111111" + last;
      assertThat(masked(SecretKind.CARD, number)).isEqualTo(last == 1 ? "#" : number);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mail vincent@example.com.             | mail #.
          <vincent.van-gogh+art@a.b.example.nl> | <#>
          ?q=%22vincent%40example.com%22        | ?q=%#%22
          a%2Bb%40example.com                   | #
          jörg@müller.example                   | #
          o'hara@example.xn--p1ai               | #
          a@b.de,c@d.de                         | #,#
          user@host                             | user@host
          list@2.15.2                           | list@2.15.2
          @example.com                          | @example.com
          a@ b.com                              | a@ b.com
          """)
  void mailAddress_isHidden(String text, String shown) {
    assertThat(masked(SecretKind.EMAIL, text)).isEqualTo(shown);
  }

  static Stream<Arguments> longTexts() {
    return EnumSet.allOf(SecretKind.class).stream()
        .flatMap(
            kind ->
                Stream.of(
                        "a",
                        "1",
                        "4",
                        "4 ",
                        "44-",
                        " ",
                        ".",
                        "a.",
                        "1.",
                        "-",
                        "%",
                        "%41",
                        "%41.",
                        "@",
                        "a@",
                        "a@b.",
                        "%40",
                        "eyJ",
                        "eyJ.",
                        "eyJ-",
                        "Bearer",
                        "Bearer :",
                        "bearer= ",
                        "AKIA",
                        "AKIA1",
                        "secret_key",
                        "secret_key=",
                        "token",
                        "session token = ",
                        "\\",
                        "\"",
                        "é",
                        "\uD83C\uDFA8")
                    .map(unit -> Arguments.of(kind, unit)));
  }

  @ParameterizedTest
  @MethodSource("longTexts")
  void search_keepsWithinItsStepsWhateverIsInTheText(SecretKind kind, String unit) {
    String text = " x " + unit.repeat(100_000 / unit.length()) + ";end";

    assertThat(masked(kind, text)).as("not given up").startsWith(" x ").endsWith(";end");
  }

  @Test
  void search_keepsWithinItsStepsInRandomTexts() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String chars = "aeyJ.%40@ -+=:14AKIABearerséñ_/\\\"";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(" x ");
      int kinds = 1 + random.nextInt(chars.length());
      for (int j = random.nextInt(3_000); j >= 0; j--) {
        text.append(chars.charAt(random.nextInt(kinds)));
      }
      text.append(";end");
      for (SecretKind kind : SecretKind.values()) {
        assertThat(masked(kind, text.toString()))
            .as("seed %d", seed)
            .startsWith(" x ")
            .endsWith(";end");
      }
    }
  }
}
