package dev.shiplog.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record at a time into a buffer that it owns and reuses: the push model that schemas
 * and values speak, whatever the encoding.
 *
 * <p>A record is {@link #begin}, then any number of names each followed by one value, then {@link
 * #end}. A value is a scalar, or an object or array between its begin and end. Texts may be written
 * in pieces between {@link #beginText} and {@link #endText}. Calls out of this order produce
 * garbage, not exceptions: the callers are a handful of classes of ours.
 *
 * <p>The byte budget lives here. No text is stored beyond {@link #textCap}; what is cut is still
 * counted, so that after {@code end} {@link #fullSize} is what the record would have taken. Memory
 * stays within about twice the limit plus one text, however large the event.
 *
 * <p>Not thread-safe; one thread uses a writer from {@code begin} until it has taken the bytes.
 */
public abstract class RecordWriter {
  private static final int INITIAL_BYTES = 4096;

  /** How many chars of a buffer are looked at together. */
  private static final int SCRATCH_CHARS = 256;

  /** Texts of fewer bytes are not cut as long as anything else helps. */
  public static final int SHORT_TEXT = TextSizes.SHORT;

  /** How many bytes of one field are counted that are not kept: more is taken for endless. */
  private static final int MAX_CUT = 16 << 20;

  /** The buffer; may be replaced by a larger one whenever {@link #room} is called. */
  protected byte[] bytes = new byte[INITIAL_BYTES];

  /** Where the next byte goes. */
  protected int position;

  /** Where the text under way must end: {@link #textCap} bytes after it began. */
  protected int textLimit;

  private static final int LONGEST_NAME = 512;

  private final char[] scratch = new char[SCRATCH_CHARS];
  private final TextSizes textSizes = new TextSizes();
  private @Nullable FieldTrack track;
  private @Nullable Places places;
  private int limit = Integer.MAX_VALUE >> 2;
  private int textCap = limit;
  private long forgotten;
  private long cut;
  private long cutBefore;
  private long leftOut;
  private int textStart;
  private long textCut;
  private int linesStart;
  private int linesLimit;
  private long linesCut;
  private boolean lineHidden;
  private long lastText;
  private boolean textWasCut;
  private int groups;

  /** Sets the size that a record may have, in bytes; texts are not stored beyond it. */
  public final void limit(int maxBytes) {
    limit = maxBytes;
    textCap = maxBytes;
  }

  /** The size that a record may have, in bytes. */
  public final int limit() {
    return limit;
  }

  /** How many encoded bytes of each text are kept. */
  public final int textCap() {
    return textCap;
  }

  /** Sets how many encoded bytes of each text are kept, until the next call or {@link #limit}. */
  public final void textCap(int maxBytes) {
    textCap = Math.min(maxBytes, limit);
  }

  /**
   * Starts a record; all that was written before is gone. The time is kept where it has a place.
   */
  public final void begin(long epochSecond, int nano) {
    position = 0;
    forgotten = 0;
    cut = 0;
    cutBefore = 0;
    leftOut = 0;
    textCut = 0;
    linesCut = 0;
    groups = 0;
    textSizes.clear();
    if (track != null) {
      track.clear();
    }
    if (places != null) {
      places.clear();
    }
    start(epochSecond, nano);
  }

  /** Writes what precedes the first field. */
  protected abstract void start(long epochSecond, int nano);

  /** Ends the record. */
  public abstract void end();

  /** How many bytes {@link #end} adds. */
  public abstract int endBytes();

  /** Encodes a name for use with {@link #name(FieldName)}. */
  public abstract FieldName newName(String name);

  /** Encodes the name of an attribute for use with {@link #name(FieldName)}. */
  public FieldName newAttributeName(String name) {
    return newName(name);
  }

  /** A writer of this encoding to which every field is a scalar, or this one if there is none. */
  public RecordWriter withFlatValues() {
    return this;
  }

  /** A writer of this encoding that knows attributes, or this one if there they are objects. */
  public RecordWriter withAttributes() {
    return this;
  }

  /** Writes the name of a field of the record itself, or of a group. */
  public final void name(FieldName name) {
    if (position > limit) {
      forget();
    }
    cutBefore = cut;
    room(name.encoded().length);
    if (track == null || groups > 0) {
      writeFields(name.encoded(), name.encoded().length, 1);
    } else {
      track.nameAt(name, position);
      writeFields(name.encoded(), name.encoded().length, 1);
      track.valueAt(position);
    }
  }

  /** Writes a field of the record itself that is a text: most of them are. */
  public void field(FieldName name, String value) {
    name(name);
    text(value);
  }

  /**
   * Writes a text field by which records are found, such as the logger's name: each part of a split
   * record has it whole, unless it is far longer than such names are.
   */
  public final void wholeField(FieldName name, String value) {
    Places noted = places;
    if (value.length() <= LONGEST_NAME) {
      places = null;
    }
    field(name, value);
    places = noted;
  }

  /** Writes a field of the record itself that is a text in a buffer, which stays as it is. */
  public final void field(FieldName name, StringBuilder value) {
    name(name);
    beginText();
    append(value);
    endText();
  }

  /**
   * Whether a field of at most {@code bytes} of text needs no other care than its copy: nothing of
   * it is cut, forgotten or tracked.
   */
  protected final boolean isPlain(int bytes) {
    return bytes <= textCap && position <= limit && track == null;
  }

  /** Writes a member's name within an object. */
  public abstract void name(String name);

  /** Writes constant fields of the record itself. */
  public final void fragment(Fragment fragment) {
    if (track == null || groups > 0) {
      room(fragment.bytes().length);
      writeFields(fragment.bytes(), fragment.bytes().length, fragment.size());
      return;
    }
    for (int i = 0; i < fragment.size(); i++) {
      name(fragment.name(i));
      raw(fragment.bytes(), fragment.valueStart(i), fragment.valueEnd(i));
    }
  }

  /**
   * Writes {@code count} encoded fields, or one encoded name, for which there is room: the first
   * {@code length} bytes.
   */
  protected abstract void writeFields(byte[] encoded, int length, int count);

  /**
   * Whether the next fields are written as in any other record, so that their bytes may be kept for
   * {@link #repeat}: they are neither tracked nor too many nor to be cut shorter than others, and
   * begin with what separates them from the fields before.
   */
  public final boolean takesRepeated() {
    return track == null && position <= limit && textCap == limit && separatesNext();
  }

  /** Whether the next field begins with what separates it from the one before. */
  protected boolean separatesNext() {
    return true;
  }

  /**
   * Writes {@code count} fields of texts shorter than {@link #SHORT_TEXT} once more: the first
   * {@code length} bytes of {@code encoded}, which a writer of this kind wrote in a place that
   * {@linkplain #takesRepeated() takes them}, as this one does.
   */
  public final void repeat(byte[] encoded, int length, int count) {
    room(length);
    writeFields(encoded, length, count);
  }

  /** Starts a field whose value is made of fields, as the schema has them. */
  public final void beginGroup(FieldName name, Group shape) {
    name(name);
    groups++;
    switch (shape) {
      case OBJECT -> beginObject();
      case ONLY_ELEMENT -> {
        beginArray();
        beginObject();
      }
      case ATTRIBUTES -> beginAttributes();
    }
  }

  /** Ends the innermost group. */
  public final void endGroup(Group shape) {
    switch (shape) {
      case OBJECT -> endObject();
      case ONLY_ELEMENT -> {
        endObject();
        endArray();
      }
      case ATTRIBUTES -> endAttributes();
    }
    groups--;
  }

  /** Starts attributes as a value: an object where the encoding has no other form for them. */
  protected void beginAttributes() {
    beginObject();
  }

  /** Ends the attributes. */
  protected void endAttributes() {
    endObject();
  }

  /** Writes a value that this encoding has encoded before. */
  public abstract void raw(byte[] encoded, int from, int to);

  /** Starts an object as a value. */
  public abstract void beginObject();

  /** Ends the innermost object. */
  public abstract void endObject();

  /** Starts an array as a value. */
  public abstract void beginArray();

  /** Ends the innermost array. */
  public abstract void endArray();

  /** Starts a text that follows in pieces. */
  public abstract void beginText();

  /** Bounds the text under way to {@code maxBytes}, if that is less than it may have anyway. */
  public final void textLimit(int maxBytes) {
    textLimit = Math.min(textLimit, textStart + Math.min(maxBytes, textCap));
  }

  /** Starts an array of texts that are cut as if they were one text. */
  public final void beginLines(int maxBytes) {
    beginArray();
    linesStart = position;
    linesLimit = position + Math.min(maxBytes, textCap);
    linesCut = 0;
  }

  /** Starts one of the texts; where no byte of it has room it is not there, only counted. */
  public final void beginLine() {
    textStart = position;
    textCut = 0;
    lineHidden = position >= linesLimit;
    if (lineHidden) {
      textLimit = position;
    } else {
      beginText();
      textLimit = linesLimit;
    }
  }

  /** Ends the text. */
  public final void endLine() {
    linesCut += textCut;
    cut += textCut;
    textCut = 0;
    if (!lineHidden) {
      closeText();
    }
  }

  /** Ends the array. */
  public final void endLines() {
    textCut = linesCut;
    cut -= linesCut;
    linesCut = 0;
    textStart = linesStart;
    textEnds();
    endArray();
  }

  /** Whether the text, or array of texts, under way has no room for more. */
  public final boolean textIsFull() {
    return textCut > 0 || linesCut > 0;
  }

  /** Whether the text, or array of texts, that ended last has been cut. */
  public final boolean textWasCut() {
    return textWasCut;
  }

  /** Appends to the text under way; lone surrogates become U+FFFD. */
  public final void append(String piece) {
    append(piece, 0, piece.length());
  }

  /** Appends the chars from {@code from} to {@code end}; lone surrogates become U+FFFD. */
  public abstract void append(String piece, int from, int end);

  /** Appends one ASCII character to the text under way. */
  public abstract void append(char ascii);

  /** Appends one character, of any kind, to the text under way. */
  public abstract void appendCodePoint(int codePoint);

  /** Appends what a buffer holds; lone surrogates become U+FFFD. */
  public final void append(StringBuilder piece) {
    int length = piece.length();
    int i = 0;
    while (i < length) {
      int end = i + Math.min(length - i, scratch.length);
      int ascii = i + appendAscii(piece, i, end);
      i = ascii;
      while (i < end) {
        int codePoint = Utf8.codePointAt(piece, i, length);
        appendCodePoint(codePoint);
        i += Character.charCount(codePoint);
      }
    }
  }

  /**
   * Appends what a buffer holds between {@code from} and {@code end} if all of it is ASCII without
   * control characters, quotes and backslashes, and nothing of it is to be cut.
   *
   * @return how many chars have been appended: all, or none
   */
  private int appendAscii(StringBuilder piece, int from, int end) {
    int length = end - from;
    if (textCut > 0 || textLimit - position < length) {
      return 0;
    }
    byte[] to = room(length);
    piece.getChars(from, end, scratch, 0);
    boolean plain = true;
    for (int i = 0; i < length; i++) {
      char c = scratch[i];
      to[position + i] = (byte) c;
      plain &= c >= ' ' && c < 0x7F && c != '"' && c != '\\';
    }
    if (!plain) {
      return 0;
    }
    position += length;
    return length;
  }

  /** Appends a decimal number to the text under way. */
  public final void append(long number) {
    if (textIsCut() || textLimit - position < Decimal.MAX_LONG) {
      append(Long.toString(number));
    } else {
      position = Decimal.write(number, room(Decimal.MAX_LONG), position);
    }
  }

  /**
   * Appends a piece that this encoding has encoded before, unless it would have to be cut.
   *
   * @return whether it was appended; if not, nothing was
   */
  public final boolean appendWhole(byte[] encoded) {
    if (textCut > 0 || textLimit - position < encoded.length) {
      return false;
    }
    System.arraycopy(encoded, 0, room(encoded.length), position, encoded.length);
    position += encoded.length;
    return true;
  }

  /** Ends the text under way. */
  public final void endText() {
    textEnds();
    closeText();
  }

  /** Writes what ends a text. */
  protected abstract void closeText();

  /** Writes a text. */
  public abstract void text(String value);

  /** Writes an integer. */
  public abstract void number(long value);

  /** Writes a floating-point number; NaN and infinities become texts. */
  public abstract void number(double value);

  /** Writes a floating-point number in its own precision; NaN and infinities become texts. */
  public abstract void number(float value);

  /** Writes a decimal number: in JSON with all its digits, in MessagePack as float64. */
  public abstract void number(BigDecimal value);

  /** Writes an integer of any size; beyond 64 bits MessagePack has float64 for it. */
  public abstract void number(BigInteger value);

  /** Writes true or false. */
  public abstract void bool(boolean value);

  /** Writes null. */
  public abstract void nil();

  /** Writes bytes: base64 in JSON, bin in MessagePack. */
  public abstract void binary(byte[] value);

  /** Writes a point in time as ISO-8601 text in UTC with the given number of decimals (0 to 9). */
  public abstract void timestamp(long epochSecond, int nano, int decimals);

  /**
   * Writes a point in time as seconds since the epoch with decimals (0 to 9), in MessagePack as a
   * float64.
   */
  public abstract void seconds(long epochSecond, int nano, int decimals);

  /**
   * Writes a point in time as a text of the nanoseconds since the epoch, those behind the given
   * number of decimals (0 to 9) zeros; what is before 1970 or does not fit into a long is 0.
   */
  public abstract void nanos(long epochSecond, int nano, int decimals);

  /** The buffer that holds the record from 0 to {@link #position}; valid until the next record. */
  public final byte[] buffer() {
    return bytes;
  }

  /** How many bytes of the record are stored so far. */
  public final int position() {
    return position;
  }

  /** How many bytes the record has so far, whether or not they are still in the buffer. */
  public final long size() {
    return position + forgotten;
  }

  /** How many bytes the record would have if no text had been cut. */
  public final long fullSize() {
    return size() + cut;
  }

  /**
   * Whether the record is so far over its limit that writing more of the field under way is of no
   * use, be it that too much is stored or that too much of this field has been cut.
   */
  public boolean hopeless() {
    return size() > 4L * limit || cut + textCut - cutBefore > MAX_CUT;
  }

  /** Notes that a value has this many elements more than are written, however short they are. */
  public final void leavesOut(long elements) {
    leftOut += elements;
  }

  /** How many elements of values are missing. */
  public final long leftOut() {
    return leftOut;
  }

  /** How deep and how far the writer is, for {@link #rewind}. */
  public Mark mark(Mark reuse) {
    reuse.position = position;
    reuse.forgotten = forgotten;
    reuse.cut = cut;
    reuse.groups = groups;
    return reuse;
  }

  /** Takes back all that was written since the mark was made in this record. */
  public void rewind(Mark mark) {
    // Where bytes were forgotten since then the record is written again anyway.
    position = Math.min(position, mark.position);
    forgotten = mark.forgotten;
    cut = mark.cut;
    groups = mark.groups;
    if (track != null) {
      track.rewind(position);
    }
    if (places != null) {
      places.rewind(position);
    }
  }

  /** Takes back the text, or array of texts, that ended last, to write it anew: back to a mark. */
  public final void rewriteText(Mark mark) {
    if (lastText >= TextSizes.SHORT) {
      textSizes.remove(lastText);
    }
    rewind(mark);
  }

  /**
   * The length to cut texts to so that the record just written shrinks by {@code excess} bytes,
   * longest texts first; -1 if cutting texts cannot do it.
   */
  public final int capThatSaves(long excess) {
    return textSizes.capThatSaves(excess);
  }

  /** Lets the writer note where each field lies, so that {@link Nesting} can rearrange them. */
  final void track(FieldTrack track) {
    this.track = track;
  }

  /** Notes from the next record on where its long texts lie, so that they can be copied or cut. */
  public final void notePlaces() {
    notedPlaces();
  }

  /** The same; the places of the record that was written last. */
  final Places notedPlaces() {
    Places noted = places == null ? new Places() : places;
    places = noted;
    return noted;
  }

  /** Notes what a value has that was copied from {@code from}, which notes it too. */
  final void placesCopied(RecordWriter from, int start, int end, int copy) {
    if (places != null && from.places != null) {
      places.addCopied(from.places, start, end, copy);
    }
  }

  /** Notes that the encoding of a text lies between the two positions. */
  protected final void textAt(int start, int end) {
    if (places != null && end - start >= TextSizes.SHORT) {
      places.add(start, end);
    }
  }

  /** How {@link RecordParts} cuts texts of this encoding. */
  public abstract PartForm partForm();

  /** Writes a number that {@link RecordParts} puts in: that of the part, or how many there are. */
  public final void partNumber(boolean count) {
    number(0);
    if (places != null) {
      int at = position - 1;
      while (bytes[at] == '"' || bytes[at] == '}') {
        at--;
      }
      places.add(at, count ? Places.PARTS : Places.PART);
    }
  }

  /** Makes room for {@code more} bytes. */
  protected final byte[] room(int more) {
    if (bytes.length - position < more) {
      grow(more);
    }
    return bytes;
  }

  private void grow(int more) {
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(position, more)));
  }

  /** Notes that a name starts here: a text that is never cut. */
  protected final void nameBegins() {
    textStart = position;
    textCut = 0;
    textLimit = Integer.MAX_VALUE;
  }

  /** Notes that a text starts here. */
  protected final void textBegins() {
    textStart = position;
    textCut = 0;
    textLimit = position + textCap;
  }

  /** Counts bytes of the text under way that are not stored. */
  protected final void textCuts(long encodedBytes) {
    textCut += encodedBytes;
  }

  /** Whether the text under way has been cut: nothing more of it may be stored. */
  public final boolean textIsCut() {
    return textCut > 0;
  }

  /** Where the text under way starts. */
  protected final int textStart() {
    return textStart;
  }

  /** Notes that the text ends here. */
  protected final void textEnds() {
    cut += textCut;
    textWasCut = textCut > 0;
    lastText = position - textStart + textCut;
    textCut = 0;
    textSize(lastText);
  }

  /** Notes the size of a text that was written whole. */
  protected final void textSize(long size) {
    if (size >= TextSizes.SHORT) {
      textSizes.add(size);
    }
  }

  /** A record over its limit is written again: until then its tail need only be counted. */
  private void forget() {
    if (position > 2L * limit && track == null && (groups == 0 || forgetsInGroups())) {
      forgotten += position - limit;
      position = limit;
    }
  }

  /** Whether what a group holds can be forgotten: not where its beginning is yet to be mended. */
  protected boolean forgetsInGroups() {
    return false;
  }

  /** The shape of a field that is made of fields. */
  public enum Group {
    /** An object. */
    OBJECT,
    /** An array of one object. */
    ONLY_ELEMENT,
    /** Names and values in whatever form the encoding has for attributes. */
    ATTRIBUTES
  }

  /** A place in a record that can be returned to; made once and reused. */
  public static final class Mark {
    private int position;
    private long forgotten;
    private long cut;
    private int groups;

    /** Depth of open containers, kept for encodings that count members. */
    public int depth;

    /** Members of the innermost open container, likewise. */
    public int members;
  }
}
