package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text in a buffer is the same text as a String, wherever it is cut. */
class BufferTextTest {
  private static final String[] PIECES = {
    "plain ",
    "a text that is plain and somewhat longer than the others are, to cross every border ",
    "\"quoted\" ",
    "back\\slash ",
    "\u0000\t\n\u007f\u0085\u2028",
    "größe 漢字 ",
    "😀",
    "\uD83D",
    "\uDE00",
  };

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bufferedText_isWrittenLikeAString(boolean json) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RecordWriter strings = json ? new JsonWriter() : new MessagePackWriter();
    RecordWriter buffers = json ? new JsonWriter() : new MessagePackWriter();
    FieldName name = strings.newName("message");
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = random.nextInt(i % 50 + 1); pieces > 0; pieces--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      int limit = 64 + random.nextInt(2_000);
      int cap = random.nextInt(limit);
      start(strings, limit, cap);
      strings.field(name, text.toString());
      strings.end();
      start(buffers, limit, cap);
      buffers.field(name, text);
      buffers.end();

      assertThat(record(buffers)).as("seed %s, text %s", seed, i).isEqualTo(record(strings));
      assertThat(buffers.fullSize()).as("seed %s, text %s", seed, i).isEqualTo(strings.fullSize());
    }
  }

  private static void start(RecordWriter writer, int limit, int cap) {
    writer.limit(limit);
    writer.textCap(cap);
    writer.begin(0, 0);
  }

  private static byte[] record(RecordWriter writer) {
    return Arrays.copyOf(writer.buffer(), writer.position());
  }
}
