package dev.shiplog.schema.encoder;

import dev.shiplog.event.TextPieces;
import dev.shiplog.record.FieldName;
import dev.shiplog.record.RecordWriter;
import org.jspecify.annotations.Nullable;

/** Writes a field whose text comes in pieces. Belongs to a session; not thread-safe. */
final class MessagePieces implements TextPieces {
  private final RecordWriter writer;
  private @Nullable FieldName name;

  MessagePieces(RecordWriter writer) {
    this.writer = writer;
  }

  /** Gives the next text its name. */
  TextPieces of(FieldName field) {
    name = field;
    return this;
  }

  @Override
  public void begin() {
    FieldName field = name;
    if (field != null) {
      writer.name(field);
    }
    writer.beginText();
  }

  @Override
  public void append(String text, int from, int end) {
    writer.append(text, from, end);
  }

  @Override
  public void append(long number) {
    writer.append(number);
  }
}
