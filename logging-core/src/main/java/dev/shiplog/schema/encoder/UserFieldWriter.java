package dev.shiplog.schema.encoder;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.record.FieldName;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.ValueWriter;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields that users named, within their number and, where the record was too large,
 * their share of the bytes. Belongs to a session; not thread-safe.
 */
final class UserFieldWriter implements FieldVisitor {
  /** What a budget is that nothing exhausts. */
  static final long UNLIMITED = Long.MAX_VALUE;

  private final RecordWriter writer;
  private final ValueWriter values;
  private final String maskReplacement;
  private final TextMask mask;
  private final String[] names;
  private final RecordWriter.Mark mark = new RecordWriter.Mark();
  private final Predicate<String> taken = this::isTaken;
  private boolean mayCollide;
  private int count;

  /** A bit for each name of this record, by its hash: most names need no closer look. */
  private long seen;

  private int skipped;
  private long budget;
  private @Nullable UserFieldNames source;

  UserFieldWriter(RecordWriter writer, ValueWriter values, RecordOptions options) {
    this.writer = writer;
    this.values = values;
    this.maskReplacement = options.maskReplacement();
    this.mask = options.mask();
    this.names = new String[options.maxFields()];
  }

  /** Starts a record whose user fields may take {@code bytes} together. */
  void begin(long bytes) {
    count = 0;
    seen = 0;
    skipped = 0;
    budget = bytes;
  }

  /**
   * Sets whose keys are visited next, and whether they may repeat. Keys of a map cannot collide
   * with each other while each is its own name, so that those of the first one need not be looked
   * for.
   */
  FieldVisitor from(UserFieldNames names, boolean repeating) {
    mayCollide = repeating || count > 0;
    source = names;
    return this;
  }

  /** Whether this record has no user fields yet and no bound to them but their number. */
  boolean isFresh() {
    return count == 0 && budget == UNLIMITED;
  }

  /** Whether all fields so far were written under their keys, so that none can collide. */
  boolean isPlain() {
    return !mayCollide && skipped == 0;
  }

  /** How many fields this record has so far. */
  int count() {
    return count;
  }

  /** The name of the field that came last; there is one. */
  String lastName() {
    return names[count - 1];
  }

  /** Notes names of fields that were written without this. */
  void noteRepeated(String[] repeated, int number) {
    for (int i = 0; i < number; i++) {
      seen |= 1L << repeated[i].hashCode();
      note(repeated[i]);
    }
  }

  /** How many fields of this record there was no room for. */
  int skipped() {
    return skipped;
  }

  @Override
  public void field(@Nullable String key, @Nullable Object value) {
    UserFieldNames source = this.source;
    if (value == null || source == null) {
      return;
    }
    UserField field = source.of(key);
    FieldName name = field.name();
    if (name == null) {
      return;
    }
    if (count == names.length || budget <= 0) {
      skipped++;
      return;
    }
    mayCollide |= !field.unique();
    if (mayCollide && isTaken(name.text())) {
      field = source.renamed(field, taken);
      name = field.name();
      if (name == null) {
        return;
      }
    }
    // a name that is not its key's own may be that of a key still to come
    mayCollide |= !field.unique();
    seen |= 1L << name.text().hashCode();
    note(name.text());
    write(name, field.masked(), value);
  }

  /** The same keys tend to come in the same order: a store that changes nothing is left out. */
  private void note(String name) {
    if (!name.equals(names[count])) {
      names[count] = name;
    }
    count++;
  }

  private void write(FieldName name, boolean masked, Object value) {
    if (budget == UNLIMITED) {
      writeField(name, masked, value);
      return;
    }
    writer.mark(mark);
    long before = writer.size();
    writeField(name, masked, value);
    long size = writer.size() - before + name.nestingBytes();
    if (size > budget) {
      writer.rewind(mark);
      skipped++;
    } else {
      budget -= size;
    }
  }

  private void writeField(FieldName name, boolean masked, Object value) {
    if (masked) {
      writer.field(name, maskReplacement);
    } else if (value instanceof String text) {
      writer.field(name, mask.apply(text));
    } else {
      writer.name(name);
      values.write(value, writer);
    }
  }

  private boolean isTaken(String name) {
    if ((seen & 1L << name.hashCode()) == 0) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (names[i].equals(name)) {
        return true;
      }
    }
    return false;
  }
}
