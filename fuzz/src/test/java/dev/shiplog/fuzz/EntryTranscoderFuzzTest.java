package dev.shiplog.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.EntryTranscoder;
import java.util.Arrays;

/**
 * Whatever stands where an entry should: it is refused, or becomes one whole line within its limit;
 * nothing beyond its end is read, and nothing is thrown.
 */
class EntryTranscoderFuzzTest {
  private static final byte[] HEAD = {
    (byte) 0x92, (byte) 0xd7, 0, 0x6a, 0x12, 0x34, 0x56, 0x07, 0x5b, (byte) 0xcd, 0x15
  };

  @FuzzTest
  void entry_becomesAWholeLineOrNone(FuzzedDataProvider data) {
    int limit = data.consumeInt(256, 20_000);
    boolean begun = data.consumeBoolean();
    int behind = data.consumeInt(0, 16);
    byte[] body = data.consumeRemainingAsBytes();
    int start = begun ? HEAD.length : 0;
    byte[] bytes = Arrays.copyOf(HEAD, start + body.length + behind);
    System.arraycopy(body, 0, bytes, start, body.length);
    int end = start + body.length;
    JsonWriter line = new JsonWriter();

    int after = new EntryTranscoder(line, limit).transcode(bytes, 0, end);

    if (after != -1) {
      assertThat(after).isBetween(1, end);
      assertThat(line.position()).isBetween(1, limit);
      Foreign.oneObject(line.buffer(), line.position());
      byte[] alone = Arrays.copyOf(bytes, after);
      JsonWriter again = new JsonWriter();
      assertThat(new EntryTranscoder(again, limit).transcode(alone, 0, after)).isEqualTo(after);
      assertThat(Arrays.copyOf(again.buffer(), again.position()))
          .isEqualTo(Arrays.copyOf(line.buffer(), line.position()));
    }
  }
}
