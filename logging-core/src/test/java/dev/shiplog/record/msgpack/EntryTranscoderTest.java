package dev.shiplog.record.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.record.Foreign;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.record.json.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class EntryTranscoderTest {
  private static final long SECOND = 1_795_419_545;

  private final JsonWriter line = new JsonWriter();

  private static byte[] entry(Map<String, ?> fields) {
    MessagePackWriter writer = new MessagePackWriter();
    ValueWriter values = new ValueWriter(ValueWriter.Options.PLAIN);
    writer.begin(SECOND, 123_456_789);
    fields.forEach(
        (name, value) -> {
          writer.name(writer.newName(name));
          values.write(value, writer);
        });
    writer.end();
    return Arrays.copyOf(writer.buffer(), writer.position());
  }

  private Map<String, @Nullable Object> line(byte[] entry, int maxBytes) {
    assertThat(new EntryTranscoder(line, maxBytes).transcode(entry, 0, entry.length))
        .isEqualTo(entry.length);
    assertThat(line.position()).isLessThanOrEqualTo(maxBytes);
    return Foreign.line(line.buffer(), line.position());
  }

  private static Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("@timestamp", "2026-11-23T07:39:05.123456789Z");
    fields.put("log.level", "INFO");
    fields.put("message", "opened \"it\"\n\u2028\u0001é€😀");
    fields.put("empty", "");
    return fields;
  }

  @Test
  void entry_becomesALineThatSaysTheSame() {
    Map<String, Object> fields = fields();
    long[] longs = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 1L << 32, Long.MAX_VALUE};
    long[] negatives = {-1, -32, -33, -128, -129, -32_768, -32_769, 1L << 31, Long.MIN_VALUE};
    fields.put("longs", longs);
    fields.put("negatives", negatives);
    fields.put("unsigned", BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
    fields.put("doubles", new double[] {0, -0.5, 1e300, Double.NaN});
    fields.put("decimal", new BigDecimal("12.50"));
    fields.put("flags", List.of(true, false));
    fields.put("none", Collections.singletonList(null));
    fields.put("bytes", new byte[300]);
    for (int length : new int[] {31, 32, 255, 256, 65_535, 65_536}) {
      fields.put("text" + length, "é".repeat(length / 2) + "x".repeat(length % 2));
    }
    fields.put("map", Map.of("a", Map.of("b", List.of(List.of(), Map.of()))));
    byte[] entry = entry(fields);

    Map<String, @Nullable Object> line = line(entry, 1 << 20);

    assertThat(line).matches(read -> Foreign.same(Foreign.entry(entry, entry.length), read));
  }

  @Test
  void extensions_becomeTimesOrBase64() throws IOException {
    MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    packer.packArrayHeader(2).packExtensionTypeHeader((byte) 0, 8);
    packer.addPayload(time()).packMapHeader(3);
    packer.packString("time").packExtensionTypeHeader((byte) 0, 8).addPayload(time());
    packer.packString("other").packExtensionTypeHeader((byte) 7, 3).addPayload(new byte[3]);
    packer.packString("single").packFloat(0.1f);

    assertThat(line(packer.toByteArray(), 1000))
        .containsEntry("time", "2026-11-23T07:39:05.000000001Z")
        .containsEntry("other", "AAAA")
        .containsEntry("single", 0.1);
  }

  private static byte[] time() {
    byte[] time = new byte[8];
    BigEndian.putInt(time, 0, (int) SECOND);
    BigEndian.putInt(time, 4, 1);
    return time;
  }

  @Test
  void longTexts_areCutFirst() {
    Map<String, Object> fields = fields();
    fields.put("stack", "at\n".repeat(10_000));
    fields.put("user", "vincent");

    assertThat(line(entry(fields), 2048))
        .containsEntry("user", "vincent")
        .containsEntry("log.level", "INFO")
        .containsEntry("message", fields.get("message"))
        .hasEntrySatisfying(
            "stack", stack -> assertThat(stack.toString().length()).isBetween(1000, 1700))
        .hasEntrySatisfying(
            "event.truncated", size -> assertThat(size.toString()).startsWith("40"));
  }

  @Test
  void fieldsThatDoNotFit_areLeftOutAndCounted() {
    Map<String, Object> fields = fields();
    fields.put("numbers", new int[5000]);
    fields.put("after", 1);

    assertThat(line(entry(fields), 512))
        .containsEntry("message", fields.get("message"))
        .containsEntry("after", BigInteger.ONE)
        .containsEntry("event.truncated_fields", BigInteger.ONE)
        .doesNotContainKey("numbers");
  }

  @Test
  void notesOfTheEncoder_areCarriedOn() {
    Map<String, Object> fields = fields();
    fields.put("event.truncated", 1_000_000);
    fields.put("event.truncated_fields", 3);

    assertThat(line(entry(fields), 4096))
        .containsEntry("event.truncated", BigInteger.valueOf(1_000_000))
        .containsEntry("event.truncated_fields", BigInteger.valueOf(3));
    fields.put("numbers", new int[5000]);
    assertThat(line(entry(fields), 512))
        .containsEntry("event.truncated", BigInteger.valueOf(1_000_000))
        .containsEntry("event.truncated_fields", BigInteger.valueOf(4));
  }

  @Test
  void record_keepsWithinTheSmallestLimit() {
    Map<String, Object> fields = fields();
    for (int i = 0; i < 100; i++) {
      fields.put("key " + i + "x".repeat(i * 2), "value\n".repeat(i));
    }
    for (int maxBytes = 256; maxBytes < 1200; maxBytes += 7) {
      assertThat(line(entry(fields), maxBytes)).containsKeys("@timestamp", "event.truncated");
    }
  }

  @Test
  void entriesInAChunk_areReadOneAfterTheOther() {
    byte[] one = entry(fields());
    byte[] two = new byte[one.length * 2 + 3];
    System.arraycopy(one, 0, two, 3, one.length);
    System.arraycopy(one, 0, two, 3 + one.length, one.length);
    EntryTranscoder transcoder = new EntryTranscoder(line, 4096);

    assertThat(transcoder.transcode(two, 3, two.length)).isEqualTo(3 + one.length);
    assertThat(transcoder.transcode(two, 3 + one.length, two.length)).isEqualTo(two.length);
    assertThat(Foreign.line(line.buffer(), line.position()))
        .matches(read -> Foreign.same(Foreign.entry(one, one.length), read));
  }

  @Test
  void entryCutShort_isNone() {
    byte[] entry = entry(fields());
    EntryTranscoder transcoder = new EntryTranscoder(line, 4096);

    for (int end = 0; end < entry.length; end++) {
      assertThat(transcoder.transcode(entry, 0, end)).isEqualTo(-1);
    }
  }

  @Test
  void damagedEntry_isNoneOrAWholeLine() {
    Map<String, Object> fields = fields();
    fields.put("map", Map.of("a", List.of(1, 2.5, "x".repeat(40), new byte[40], true)));
    byte[] entry = entry(fields);
    EntryTranscoder transcoder = new EntryTranscoder(line, 512);
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = entry.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      int end = transcoder.transcode(damaged, 0, damaged.length);
      if (end >= 0) {
        assertThat(end).as("seed %d", seed).isBetween(12, damaged.length);
        assertThat(line.position()).as("seed %d", seed).isLessThanOrEqualTo(512);
        // damage may make two names equal: such a line is whole, if not strict
        Foreign.oneObject(line.buffer(), line.position());
      }
    }
  }

  @Test
  void deepEntry_isNone() {
    byte[] entry = new byte[100_000];
    Arrays.fill(entry, (byte) 0x91);
    byte[] head = entry(Map.of("a", 1));
    System.arraycopy(head, 0, entry, 0, head.length - 1);

    assertThat(new EntryTranscoder(line, 4096).transcode(entry, 0, entry.length)).isEqualTo(-1);
  }
}
