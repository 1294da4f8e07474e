package dev.shiplog.schema.encoder;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.record.RecordWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of an MDC and remembers how: the events of one request have the same entries,
 * so that what is encoded once is then copied as one piece.
 *
 * <p>Entries are the same if their keys and values are the same Strings, object by object. As many
 * as are the same, from the first on, are copied; those behind them are encoded, and remembered
 * instead. Nothing is remembered that another record might have to write in another way: texts so
 * long that they could have to be cut, and names that collide. Belongs to a session; not
 * thread-safe.
 */
final class RepeatedFields implements FieldVisitor {
  private static final int MAX_FIELDS = 16;

  private final UserFieldWriter fields;
  private final RecordWriter writer;
  private final String[] keys = new String[MAX_FIELDS];
  private final String[] values = new String[MAX_FIELDS];

  /** The names of the fields that are written; some keys are left out. */
  private final String[] names = new String[MAX_FIELDS];

  /** How many fields have been written up to each entry. */
  private final int[] counts = new int[MAX_FIELDS];

  /** Where each entry ends in {@link #encoded}. */
  private final int[] ends = new int[MAX_FIELDS];

  private byte[] encoded = new byte[256];
  private @Nullable UserFieldNames source;
  private int remembered;
  private int same;
  private State state = State.OFF;

  /** What becomes of the next entry. */
  private enum State {
    /** It is compared, as all before it were the same. */
    SAME,
    /** It is encoded and remembered. */
    LEARNING,
    /** It is encoded. */
    OFF
  }

  RepeatedFields(UserFieldWriter fields, RecordWriter writer) {
    this.fields = fields;
    this.writer = writer;
  }

  /**
   * Starts the entries of an event; they are to be visited with what this returns.
   *
   * @param repeating whether a key may come twice
   */
  FieldVisitor begin(UserFieldNames names, boolean repeating) {
    FieldVisitor plain = fields.from(names, repeating);
    if (repeating || !fields.isFresh() || !writer.takesRepeated()) {
      state = State.OFF;
      return plain;
    }
    if (source != names) {
      source = names;
      remembered = 0;
    }
    same = 0;
    state = State.SAME;
    return this;
  }

  /** Ends the entries. */
  void end() {
    if (state == State.SAME) {
      copy();
    }
    state = State.OFF;
  }

  @Override
  public void field(@Nullable String key, @Nullable Object value) {
    if (state == State.SAME) {
      if (same < remembered && isSame(key, value)) {
        same++;
        return;
      }
      copy();
      remembered = same;
      state = State.LEARNING;
    }
    int start = writer.position();
    boolean learning = state == State.LEARNING && writer.takesRepeated();
    fields.field(key, value);
    if (learning && key != null && value instanceof String text && isRepeatable(key, start)) {
      learn(key, text, start);
    } else {
      state = State.OFF;
    }
  }

  @SuppressWarnings("ReferenceEquality") // to look at the characters costs what is to be saved
  private boolean isSame(@Nullable String key, @Nullable Object value) {
    return keys[same] == key && values[same] == value;
  }

  private void copy() {
    if (same > 0) {
      int count = counts[same - 1];
      writer.repeat(encoded, ends[same - 1], count);
      fields.noteRepeated(names, count);
    }
  }

  /** Whether the field is under its own key, and so short that no record has to cut it. */
  private boolean isRepeatable(String key, int start) {
    return remembered < MAX_FIELDS
        && fields.isPlain()
        && writer.position() - start < RecordWriter.SHORT_TEXT + key.length();
  }

  private void learn(String key, String value, int start) {
    int from = remembered == 0 ? 0 : ends[remembered - 1];
    int size = writer.position() - start;
    if (encoded.length < from + size) {
      encoded = Arrays.copyOf(encoded, 2 * (from + size));
    }
    System.arraycopy(writer.buffer(), start, encoded, from, size);
    keys[remembered] = key;
    values[remembered] = value;
    ends[remembered] = from + size;
    counts[remembered] = fields.count();
    if (size > 0) {
      names[fields.count() - 1] = fields.lastName();
    }
    remembered++;
  }
}
