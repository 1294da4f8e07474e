package dev.shiplog.record.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.record.Foreign;
import dev.shiplog.record.RecordWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class MessagePackWriterTest {
  /** Where the first field's value starts: entry header, map header, the name "v". */
  private static final int VALUE = 11 + 3 + 2;

  private static MessagePackWriter record(int limit, Consumer<MessagePackWriter> value) {
    MessagePackWriter writer = new MessagePackWriter();
    writer.limit(limit);
    writer.begin(1_795_419_545, 999_999_999);
    writer.name("v");
    value.accept(writer);
    writer.end();
    return writer;
  }

  private static byte[] encoded(Consumer<MessagePackWriter> value) {
    MessagePackWriter writer = record(1 << 20, value);
    assertThat(Foreign.entry(writer.buffer(), writer.position())).containsKey("v");
    return Arrays.copyOfRange(writer.buffer(), VALUE, writer.position());
  }

  private static @Nullable Object read(Consumer<MessagePackWriter> value) {
    MessagePackWriter writer = record(1 << 20, value);
    return Foreign.entry(writer.buffer(), writer.position()).get("v");
  }

  private interface Packing {
    void accept(MessageBufferPacker packer) throws java.io.IOException;
  }

  private static byte[] packed(Packing packing) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packing.accept(packer);
      return packer.toByteArray();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-62135596800, 00000001",
    "-1, 00000001",
    "0, 00000001",
    "1, 00000001",
    "1795419545, 6b03ed99",
    "4294967293, fffffffd",
    "4294967294, fffffffd",
    "4294967295, fffffffd",
    "4294967296, fffffffd",
    "253402300799, fffffffd"
  })
  void eventTime_isTheNearestThatReadersTakeForATime(long epochSecond, String seconds) {
    MessagePackWriter writer = new MessagePackWriter();
    writer.begin(epochSecond, 999_999_999);
    writer.name("@timestamp");
    writer.timestamp(epochSecond, 999_999_999, 9);
    writer.end();

    byte[] header = Arrays.copyOf(writer.buffer(), 11);
    assertThat(HexFormat.of().formatHex(header)).isEqualTo("92d700" + seconds + "3b9ac9ff");
    assertThat(Foreign.entry(writer.buffer(), writer.position()))
        .containsEntry("@timestamp", Instant.ofEpochSecond(epochSecond, 999_999_999).toString());
  }

  @Test
  void entry_startsWithItsTime() {
    MessagePackWriter writer = record(1000, RecordWriter::nil);

    assertThat(Arrays.copyOf(writer.buffer(), 14))
        .containsExactly(
            0x92, 0xD7, 0x00, 0x6B, 0x03, 0xED, 0x99, 0x3B, 0x9A, 0xC9, 0xFF, 0xDE, 0x00, 0x01);
  }

  @Test
  void integer_hasItsShortestForm() {
    for (int bits = 0; bits < 64; bits++) {
      for (long off = -2; off <= 2; off++) {
        long value = (1L << bits) + off;

        assertThat(encoded(w -> w.number(value))).isEqualTo(packed(p -> p.packLong(value)));
        assertThat(encoded(w -> w.number(-value))).isEqualTo(packed(p -> p.packLong(-value)));
        BigInteger big = BigInteger.valueOf(value);
        assertThat(encoded(w -> w.number(big))).isEqualTo(packed(p -> p.packLong(value)));
      }
    }
  }

  @Test
  void integerBeyond64Bits_isADouble() {
    BigInteger most = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    assertThat(read(w -> w.number(most))).isEqualTo(most);
    assertThat(read(w -> w.number(most.add(BigInteger.ONE)))).isEqualTo(0x1p64);
    assertThat(read(w -> w.number(most.negate()))).isEqualTo(-0x1p64);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 255, 256, 257, 1023, 1025, 65_535, 65_536, 70_000})
  void text_hasItsShortestHeader(int bytes) {
    String ascii = "x".repeat(bytes);
    String wide = "é".repeat(bytes / 2) + "x".repeat(bytes % 2);
    String wider = "€".repeat(bytes / 3) + "x".repeat(bytes % 3);

    for (String text : List.of(ascii, wide, wider)) {
      byte[] expected = packed(p -> p.packString(text));
      assertThat(encoded(w -> w.text(text))).isEqualTo(expected);
      assertThat(encoded(w -> inPieces(text, w))).isEqualTo(expected);
    }
  }

  private static void inPieces(String text, MessagePackWriter to) {
    to.beginText();
    to.append(text.substring(0, text.length() / 2));
    to.append(text.substring(text.length() / 2));
    to.endText();
  }

  @Test
  void surrogates_areJoinedOrReplaced() {
    assertThat(read(w -> w.text("a\ud83d\ude00\ud83d"))).isEqualTo("a😀\ufffd");
    assertThat(read(w -> w.text("\ude00\ud83db"))).isEqualTo("\ufffd\ufffdb");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 255, 256, 65_535})
  void containers_tellHowManyTheyHold(int size) {
    assertThat(
            read(
                w -> {
                  w.beginArray();
                  for (int i = 0; i < size; i++) {
                    w.nil();
                  }
                  w.endArray();
                }))
        .isEqualTo(Collections.nCopies(size, null));
    assertThat(
            read(
                w -> {
                  w.beginObject();
                  for (int i = 0; i < size; i++) {
                    w.name("k" + i);
                    w.number(i);
                  }
                  w.endObject();
                }))
        .isInstanceOfSatisfying(Map.class, map -> assertThat(map.size()).isEqualTo(size));
  }

  @Test
  void scalars_areWhatMessagePackCallsThem() {
    List<@Nullable Object> expected = new ArrayList<>();
    Collections.addAll(expected, 1.5, 0.1, "NaN", "-Infinity", 1.2, true, false, null);
    expected.add("1970-01-01T00:00:00Z");
    expected.add("+1000000000-12-31T23:59:59.999999999Z");

    assertThat(
            read(
                w -> {
                  w.beginArray();
                  w.number(1.5);
                  w.number(0.1f);
                  w.number(Double.NaN);
                  w.number(Float.NEGATIVE_INFINITY);
                  w.number(new BigDecimal("1.20"));
                  w.bool(true);
                  w.bool(false);
                  w.nil();
                  w.timestamp(0, 1, 0);
                  w.timestamp(Long.MAX_VALUE, 999_999_999, 9);
                  w.endArray();
                }))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 65_535, 65_536})
  void binary_hasItsShortestHeader(int length) {
    byte[] bytes = new byte[length];

    assertThat(encoded(w -> w.binary(bytes)))
        .isEqualTo(packed(p -> p.packBinaryHeader(length).writePayload(bytes)));
  }

  @Test
  void longValues_areCutAndCounted() {
    for (int cap = 0; cap < 300; cap += 7) {
      int textCap = cap;
      MessagePackWriter writer =
          record(
              1000,
              w -> {
                w.textCap(textCap);
                w.beginArray();
                w.text("aé€😀".repeat(100));
                w.binary(new byte[1000]);
                w.beginLines(1000);
                for (int i = 0; i < 10; i++) {
                  w.beginLine();
                  w.append("0123456789");
                  w.append("0123456789é");
                  w.endLine();
                }
                w.endLines();
                w.endArray();
              });

      assertThat(writer.position()).isLessThan(VALUE + 3 * cap + 60);
      assertThat(writer.fullSize()).isGreaterThan(1000 + 1000);
      assertThat(writer.buffer().length).isLessThan(10_000);
      assertThat(Foreign.entry(writer.buffer(), writer.position())).containsKey("v");
    }
  }

  @Test
  void rewind_takesBackContainersToo() {
    MessagePackWriter writer = new MessagePackWriter();
    RecordWriter.Mark mark = new RecordWriter.Mark();
    writer.begin(0, 0);
    writer.name("a");
    writer.mark(mark);
    writer.beginObject();
    writer.name("b");
    writer.beginArray();
    writer.nil();
    writer.rewind(mark);
    writer.number(1);
    writer.name("c");
    writer.number(2);
    writer.end();

    assertThat(Foreign.entry(writer.buffer(), writer.position()))
        .isEqualTo(Map.of("a", BigInteger.ONE, "c", BigInteger.TWO));
  }
}
