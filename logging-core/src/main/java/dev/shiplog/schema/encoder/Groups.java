package dev.shiplog.schema.encoder;

import dev.shiplog.record.FieldName;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.RecordWriter.Group;

/** The groups of fields that are open in a record. Belongs to a session; not thread-safe. */
final class Groups {
  /** How deep a schema may put groups into each other. */
  static final int MAX_DEPTH = 16;

  private final RecordWriter.Mark[] before = new RecordWriter.Mark[MAX_DEPTH];
  private final long[] starts = new long[MAX_DEPTH];
  private int depth;

  Groups() {
    for (int i = 0; i < MAX_DEPTH; i++) {
      before[i] = new RecordWriter.Mark();
    }
  }

  /** Starts a record. */
  void begin() {
    depth = 0;
  }

  void open(FieldName name, Group shape, RecordWriter to) {
    to.mark(before[depth]);
    to.beginGroup(name, shape);
    starts[depth++] = to.size();
  }

  /** Ends the innermost group; one without fields is taken back unless it is part of the frame. */
  void close(Group shape, RecordWriter to) {
    depth--;
    if (to.size() == starts[depth] && shape != Group.ONLY_ELEMENT) {
      to.rewind(before[depth]);
    } else {
      to.endGroup(shape);
    }
  }
}
