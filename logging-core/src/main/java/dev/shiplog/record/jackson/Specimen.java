package dev.shiplog.record.jackson;

import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.record.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Something to try a form on: what it takes a sound and young enough Jackson to write. */
record Specimen(int number, List<Object> list) {
  /** What a record with a specimen in it must read like. */
  static final String TEXT = "{\"\":{\"number\":1,\"list\":[{\"number\":2,\"list\":[]}]}}\n";

  /** What it reads like if written by {@code form}. */
  static String writtenBy(ObjectForm form) {
    JsonWriter writer = new JsonWriter();
    writer.begin(0, 0);
    writer.name("");
    new ValueWriter(ValueWriter.Options.PLAIN.with(form))
        .write(new Specimen(1, List.of(new Specimen(2, List.of()))), writer);
    writer.end();
    return new String(writer.buffer(), 0, writer.position(), StandardCharsets.UTF_8);
  }
}
