package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Judged by Jackson, in what is read and in what is refused. */
class JsonTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final String DOCUMENT =
      """
      {"a": "x\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fc\\ud83d\\ude00 \u00fc", "b": [1.5, -2.5e3, true, false, {}, []],
       "c": {"d": {"e": "f"}}, "": "", "g": 0.25 }
      """;

  @Test
  void object_isWhatJacksonReads() throws Exception {
    assertThat(Json.object(DOCUMENT))
        .isEqualTo(
            new ObjectMapper().readValue(DOCUMENT, new TypeReference<Map<String, Object>>() {}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "\"a\"",
        "{",
        "{}x",
        "{\"a\":1}}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":NaN}",
        "{\"a\":tru}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"b",
        "{\"a\" 1}",
        "{} /* */",
      })
  void object_isEmptyWhenMalformed(String text) {
    assertThat(Json.object(text)).isEmpty();
  }

  @Test
  void object_isEmptyWhenTooDeep() {
    assertThat(Json.object("{\"a\":".repeat(32) + "1" + "}".repeat(32))).isNotEmpty();
    assertThat(Json.object("{\"a\":".repeat(33) + "1" + "}".repeat(33))).isEmpty();
    assertThat(Json.object("{\"a\":" + "[".repeat(100_000))).isEmpty();
  }

  @Test
  void object_isReadOrRefusedAsByJacksonWhenDamaged() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "{}[]\",:\\utrue0123456789.eE+- \u0001n";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder damaged = new StringBuilder(DOCUMENT);
      for (int j = random.nextInt(3); j >= 0; j--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        damaged.setCharAt(random.nextInt(damaged.length()), c);
      }
      boolean valid = isObject(damaged.toString());
      assertThat(!Json.object(damaged.toString()).isEmpty())
          .as("seed %d: %s", seed, damaged)
          .isEqualTo(valid);
    }
  }

  private static boolean isObject(String text) {
    try {
      JACKSON.readValue(text, new TypeReference<Map<String, Object>>() {});
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
