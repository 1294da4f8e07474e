package dev.shiplog.record.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.RecordWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
  /** The bytes of a record round its one text. */
  private static final int FRAME = "{\"v\":\"\"}\n".length();

  private static JsonWriter record(int limit, Consumer<JsonWriter> fields) {
    JsonWriter writer = new JsonWriter();
    writer.limit(limit);
    writer.begin(0, 0);
    fields.accept(writer);
    writer.end();
    return writer;
  }

  private static String text(Consumer<JsonWriter> fields) {
    JsonWriter writer = record(1 << 20, fields);
    return new String(writer.buffer(), 0, writer.position(), StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> read(JsonWriter writer) {
    return Foreign.line(writer.buffer(), writer.position());
  }

  private static @Nullable Object value(Consumer<JsonWriter> value) {
    return read(record(
            1 << 20,
            writer -> {
              writer.name("v");
              value.accept(writer);
            }))
        .get("v");
  }

  @Test
  void everyCharacter_isReadBackByJackson() throws Exception {
    ObjectMapper jackson = new ObjectMapper();
    for (char c = 0; c < 0x2100; c++) {
      String text = "<" + c + ">";
      String line = text(writer -> writer.name(text));
      String asValue =
          text(
              writer -> {
                writer.name("v");
                writer.text(text);
              });

      assertThat(jackson.readTree(asValue).get("v").textValue()).isEqualTo(text);
      assertThat(line).isEqualTo("{" + asValue.substring(5, asValue.length() - 2) + ":}\n");
    }
  }

  @Test
  void everyAsciiCharacter_isEscapedAsJacksonDoes() throws Exception {
    ObjectMapper jackson = new ObjectMapper();
    for (char c = 0; c < 0x80; c++) {
      String text = String.valueOf(c);

      String line =
          text(
              writer -> {
                writer.name("v");
                writer.text(text);
              });

      assertThat(line).isEqualToIgnoringCase("{\"v\":" + jackson.writeValueAsString(text) + "}\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "\u2028", "\u2029"})
  void lineBreakBeyondAscii_isEscaped(String text) {
    String expected = String.format("{\"v\":\"\\u%04x\"}%n", (int) text.charAt(0));

    assertThat(
            text(
                writer -> {
                  writer.name("v");
                  writer.text(text);
                }))
        .isEqualTo(expected.replace("\r", ""));
  }

  @Test
  void surrogates_areJoinedOrReplaced() {
    assertThat(value(w -> w.text("\ud83d\ude00"))).isEqualTo("😀");
    assertThat(value(w -> w.text("a\ud83d"))).isEqualTo("a\ufffd");
    assertThat(value(w -> w.text("\ud83db"))).isEqualTo("\ufffdb");
    assertThat(value(w -> w.text("\ude00\ud83d"))).isEqualTo("\ufffd\ufffd");
  }

  @Test
  void pairAcrossAStride_isOneCharacter() {
    for (int before = 1020; before < 1030; before++) {
      String text = "x".repeat(before) + "😀é\n" + "y".repeat(2000);

      assertThat(value(w -> w.text(text))).isEqualTo(text);
    }
  }

  @Test
  void textInPieces_isOneText() {
    assertThat(
            value(
                w -> {
                  w.beginText();
                  w.append("a\"");
                  w.append('\n');
                  w.append('"');
                  w.append(-42);
                  w.append("é");
                  w.endText();
                }))
        .isEqualTo("a\"\n\"-42é");
  }

  @Test
  void scalars_areWhatJsonCallsThem() {
    assertThat(
            text(
                w -> {
                  w.name("a");
                  w.beginArray();
                  w.number(Long.MIN_VALUE);
                  w.number(1.5);
                  w.number(0.1f);
                  w.number(Double.NaN);
                  w.number(Float.NEGATIVE_INFINITY);
                  w.number(new BigDecimal("1.20"));
                  w.number(BigInteger.TWO.pow(70));
                  w.bool(true);
                  w.nil();
                  w.beginObject();
                  w.name("x");
                  w.nil();
                  w.name("y");
                  w.beginArray();
                  w.endArray();
                  w.endObject();
                  w.timestamp(0, 1, 3);
                  w.endArray();
                  w.name("b");
                  w.beginObject();
                  w.endObject();
                }))
        .isEqualTo(
            "{\"a\":[-9223372036854775808,1.5,0.1,\"NaN\",\"-Infinity\",1.20,"
                + "1180591620717411303424,true,null,{\"x\":null,\"y\":[]},"
                + "\"1970-01-01T00:00:00.000Z\"],\"b\":{}}\n");
  }

  @Test
  void textThatEndsInABracket_stillNeedsItsComma() {
    assertThat(
            text(
                w -> {
                  w.name("a");
                  w.beginArray();
                  w.text("[");
                  w.text(":");
                  w.text("{");
                  w.endArray();
                  w.name(w.newName("{"));
                  w.text("{");
                  w.name(w.newName("c"));
                  w.nil();
                }))
        .isEqualTo("{\"a\":[\"[\",\":\",\"{\"],\"{\":\"{\",\"c\":null}\n");
  }

  @Test
  void binary_isBase64() {
    byte[] bytes = {0, 1, 2, (byte) 0xFF};

    assertThat(value(w -> w.binary(bytes))).isEqualTo(Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void longText_isCutAtACharacterAndCounted() {
    for (int cap = 0; cap < 40; cap++) {
      int textCap = cap;
      RecordWriter writer =
          record(
              1000,
              w -> {
                w.textCap(textCap);
                w.name("v");
                w.text("aé\n😀\u0001".repeat(20));
              });

      assertThat(writer.position()).isLessThanOrEqualTo(FRAME + cap);
      assertThat(writer.fullSize()).isEqualTo(FRAME + 20 * (1 + 2 + 2 + 4 + 6));
      String kept = (String) Foreign.line(writer.buffer(), writer.position()).get("v");
      assertThat("aé\n😀\u0001".repeat(20)).startsWith(kept);
    }
  }

  @Test
  void longBinary_isCutAndCounted() {
    RecordWriter writer =
        record(
            1000,
            w -> {
              w.textCap(100);
              w.name("v");
              w.binary(new byte[3_000_000]);
            });

    assertThat(writer.position()).isEqualTo(FRAME + 100);
    assertThat(writer.fullSize()).isEqualTo(FRAME + 4_000_000);
    assertThat(writer.buffer().length).isLessThan(10_000);
  }

  @Test
  void name_isNeverCut() {
    String name = "n".repeat(300);

    assertThat(
            read(
                record(
                    1000,
                    w -> {
                      w.textCap(10);
                      w.name("v");
                      w.beginObject();
                      w.name(name);
                      w.nil();
                      w.endObject();
                    })))
        .isEqualTo(Map.of("v", java.util.Collections.singletonMap(name, null)));
  }

  @Test
  void lines_areCutAsIfTheyWereOneText() {
    for (int cap = 0; cap < 120; cap++) {
      int textCap = cap;
      RecordWriter writer =
          record(
              1000,
              w -> {
                w.textCap(textCap);
                w.name("v");
                w.beginLines(100);
                for (int i = 0; i < 10; i++) {
                  w.beginLine();
                  w.append("line ");
                  w.append(i);
                  w.append("é\n");
                  w.endLine();
                }
                w.endLines();
                w.name("after");
                w.text("x".repeat(Math.min(5, textCap)));
              });

      Map<String, @Nullable Object> read = Foreign.line(writer.buffer(), writer.position());
      List<?> lines = (List<?>) read.get("v");
      assertThat(lines).isNotNull().hasSizeLessThanOrEqualTo(9);
      assertThat(writer.position()).isLessThan(30 + Math.min(cap, 100));
      assertThat(read).containsKey("after");
    }
  }

  @Test
  void rewind_takesBackWhatWasWrittenSince() {
    assertThat(
            text(
                w -> {
                  RecordWriter.Mark mark = new RecordWriter.Mark();
                  w.name("a");
                  w.mark(mark);
                  w.beginObject();
                  w.name("b");
                  w.rewind(mark);
                  w.number(1);
                  w.name("c");
                  w.number(2);
                }))
        .isEqualTo("{\"a\":1,\"c\":2}\n");
  }
}
