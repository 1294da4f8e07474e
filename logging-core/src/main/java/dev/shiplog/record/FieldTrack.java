package dev.shiplog.record;

import java.util.Arrays;

/** Where the fields of a record lie in the buffer. Not thread-safe; reused. */
final class FieldTrack {
  private FieldName[] names = new FieldName[64];
  private int[] nameStarts = new int[64];
  private int[] valueStarts = new int[64];
  private int size;

  /** A track that notes every field of the record itself. */
  FieldTrack() {}

  void clear() {
    size = 0;
  }

  void nameAt(FieldName name, int position) {
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      nameStarts = Arrays.copyOf(nameStarts, size * 2);
      valueStarts = Arrays.copyOf(valueStarts, size * 2);
    }
    names[size] = name;
    nameStarts[size] = position;
    size++;
  }

  void valueAt(int position) {
    valueStarts[size - 1] = position;
  }

  void rewind(int position) {
    while (size > 0 && nameStarts[size - 1] >= position) {
      size--;
    }
  }

  int size() {
    return size;
  }

  FieldName name(int index) {
    return names[index];
  }

  int valueStart(int index) {
    return valueStarts[index];
  }

  /** Where the value ends, {@code end} being where the last one does. */
  int valueEnd(int index, int end) {
    return index + 1 < size ? nameStarts[index + 1] : end;
  }
}
