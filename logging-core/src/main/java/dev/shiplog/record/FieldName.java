package dev.shiplog.record;

/**
 * A field's name, encoded once for one encoding by {@link RecordWriter#newName}. Immutable.
 *
 * <p>The array is never copied nor written: it belongs to this name.
 */
public final class FieldName {
  private static final int NESTING_BYTES_PER_DOT = 5;

  private final String text;
  private final byte[] encoded;
  private final int dots;

  /** Pairs a name with its encoded form; called by encoders alone. */
  public FieldName(String text, byte[] encoded) {
    this.text = text;
    this.encoded = encoded;
    int count = 0;
    for (int dot = isPath(text) ? text.indexOf('.') : -1;
        dot >= 0;
        dot = text.indexOf('.', dot + 1)) {
      count++;
    }
    this.dots = count;
  }

  /**
   * Whether the dots of a name part objects where records are nested: not those of a domain, as in
   * {@code logging.googleapis.com/trace} or {@code app.kubernetes.io/name}.
   */
  public static boolean isPath(String name) {
    return name.indexOf('/') < 0;
  }

  /** The name as it reads. */
  public String text() {
    return text;
  }

  /** The name in its encoding, with whatever separates it from its value. */
  public byte[] encoded() {
    return encoded;
  }

  /** The bytes that nesting this name adds at the most: brackets and quotes for each dot. */
  public int nestingBytes() {
    return dots * NESTING_BYTES_PER_DOT;
  }

  @Override
  public String toString() {
    return text;
  }
}
