package dev.shiplog.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.EntryTranscoder;
import dev.shiplog.record.msgpack.MessagePackWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whatever values a record has: it is one entry that msgpack-java reads to its end, with every
 * field, and that our own reader makes a line of.
 */
class MessagePackWriterFuzzTest {
  private static final int LINE_BYTES = 1 << 20;

  @FuzzTest
  void record_isOneEntryThatAForeignParserReads(FuzzedDataProvider data) {
    MessagePackWriter writer = new MessagePackWriter();
    ValueWriter values = new ValueWriter(ValueWriter.Options.PLAIN);
    writer.limit(LINE_BYTES);
    writer.begin(data.consumeLong(), data.consumeInt(0, 999_999_999));
    int fields = data.consumeInt(0, 20);
    for (int i = 0; i < fields; i++) {
      String name = i + data.consumeString(40);
      Object value = FuzzedValues.value(data, 0);
      if (data.consumeBoolean()) {
        writer.name(name);
      } else {
        writer.name(writer.newName(name));
      }
      values.write(value, writer);
    }
    writer.end();

    Map<String, @Nullable Object> read = Foreign.entry(writer.buffer(), writer.position());

    assertThat(read).hasSize(fields);
    JsonWriter line = new JsonWriter();
    assertThat(
            new EntryTranscoder(line, LINE_BYTES).transcode(writer.buffer(), 0, writer.position()))
        .isEqualTo(writer.position());
    Foreign.oneObject(line.buffer(), line.position());
  }
}
