package dev.shiplog.schema.encoder;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.record.RecordWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of an MDC and remembers how: the events of one request have the same entries,
 * so that what is encoded once is then copied as one piece.
 *
 * <p>Entries are the same if their keys and values are the same Strings, object by object; where
 * the framework says so of the whole MDC, they are not even looked at. As many as are the same,
 * from the first on, are copied; those behind them are encoded, and remembered instead. Nothing is
 * remembered that another record might have to write in another way: texts so long that they could
 * have to be cut, and names that collide. Belongs to a session; not thread-safe.
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

  /** The identity of the MDC of which all entries are remembered, and no others; or null. */
  private @Nullable Object whole;

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
      whole = null;
    }
    same = 0;
    state = State.SAME;
    return this;
  }

  /** Whether the entries of an MDC of this identity are known, and need not be visited. */
  @SuppressWarnings("ReferenceEquality") // that is what an identity is
  boolean knows(@Nullable Object identity) {
    if (state != State.SAME || identity == null || identity != whole) {
      return false;
    }
    same = remembered;
    return true;
  }

  /** Ends the entries of an MDC of this identity. */
  void end(@Nullable Object identity) {
    if (state == State.SAME) {
      copy();
    }
    boolean all = state == State.LEARNING || state == State.SAME && same == remembered;
    whole = all ? identity : null;
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
      whole = null;
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
