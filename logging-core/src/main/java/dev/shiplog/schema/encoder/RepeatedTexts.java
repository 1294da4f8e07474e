package dev.shiplog.schema.encoder;

import dev.shiplog.record.FieldName;
import dev.shiplog.record.RecordWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes fields whose texts come again and again, names of loggers and threads, and remembers how:
 * the same text under the same name is then copied as it was encoded.
 *
 * <p>A text is the same if it is the same object. What is long enough that a record could have to
 * cut it is never remembered. Belongs to a session; not thread-safe.
 */
final class RepeatedTexts {
  private static final int SLOTS = 16;

  private final RecordWriter writer;
  private final FieldName[] names = new FieldName[SLOTS];
  private final String[] texts = new String[SLOTS];
  private final byte[][] encoded = new byte[SLOTS][];
  private final int[] lengths = new int[SLOTS];

  RepeatedTexts(RecordWriter writer) {
    this.writer = writer;
  }

  /** Writes the field, unless there is no text. */
  @SuppressWarnings("ReferenceEquality") // to look at the characters costs what is to be saved
  void write(FieldName name, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.length() >= RecordWriter.SHORT_TEXT || !writer.takesRepeated()) {
      writer.wholeField(name, text);
      return;
    }
    int hash = text.hashCode() + name.text().hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    if (texts[slot] == text && names[slot] == name) {
      writer.repeat(encoded[slot], lengths[slot], 1);
    } else {
      int start = writer.position();
      writer.field(name, text);
      learn(slot, name, text, start);
    }
  }

  private void learn(int slot, FieldName name, String text, int start) {
    int size = writer.position() - start;
    if (size >= name.encoded().length + RecordWriter.SHORT_TEXT) {
      return;
    }
    if (encoded[slot] == null || encoded[slot].length < size) {
      encoded[slot] = new byte[2 * size];
    }
    System.arraycopy(writer.buffer(), start, encoded[slot], 0, size);
    names[slot] = name;
    texts[slot] = text;
    lengths[slot] = size;
  }
}
