package dev.shiplog.record;

import java.util.Arrays;
import java.util.Map;

/**
 * Fields with constant values, encoded once and copied into each record. Immutable.
 *
 * <p>A fragment belongs to the encoding of the writer that it was captured from.
 */
public final class Fragment {
  /** No fields at all. */
  public static final Fragment EMPTY =
      new Fragment(new byte[0], new FieldName[0], new int[0], new int[0]);

  private final byte[] bytes;
  private final FieldName[] names;
  private final int[] valueStarts;
  private final int[] valueEnds;

  private Fragment(byte[] bytes, FieldName[] names, int[] valueStarts, int[] valueEnds) {
    this.bytes = bytes;
    this.names = names;
    this.valueStarts = valueStarts;
    this.valueEnds = valueEnds;
  }

  /** Encodes {@code fields} in their order with {@code writer}, which is left as after a record. */
  public static Fragment capture(RecordWriter writer, ValueWriter values, Map<String, ?> fields) {
    return capture(writer, values, fields, false);
  }

  /** Encodes {@code fields} as attributes, if they are, which is another form in some encodings. */
  public static Fragment capture(
      RecordWriter writer, ValueWriter values, Map<String, ?> fields, boolean attributes) {
    if (fields.isEmpty()) {
      return EMPTY;
    }
    int count = fields.size();
    FieldName[] names = new FieldName[count];
    int[] starts = new int[count];
    int[] ends = new int[count];
    writer.begin(0, 0);
    // A field before them, so that the fragment's first one has what separates two fields.
    if (attributes) {
      writer.beginGroup(writer.newName(""), RecordWriter.Group.ATTRIBUTES);
    }
    writer.name(newName(writer, "", attributes));
    writer.nil();
    int base = writer.position();
    int i = 0;
    for (Map.Entry<String, ?> field : fields.entrySet()) {
      names[i] = newName(writer, field.getKey(), attributes);
      writer.name(names[i]);
      starts[i] = writer.position() - base;
      values.write(field.getValue(), writer);
      ends[i] = writer.position() - base;
      i++;
    }
    byte[] bytes = Arrays.copyOfRange(writer.buffer(), base, writer.position());
    return new Fragment(bytes, names, starts, ends);
  }

  private static FieldName newName(RecordWriter writer, String name, boolean attribute) {
    return attribute ? writer.newAttributeName(name) : writer.newName(name);
  }

  /** The encoded fields; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many fields this is. */
  public int size() {
    return names.length;
  }

  FieldName name(int index) {
    return names[index];
  }

  int valueStart(int index) {
    return valueStarts[index];
  }

  int valueEnd(int index) {
    return valueEnds[index];
  }
}
