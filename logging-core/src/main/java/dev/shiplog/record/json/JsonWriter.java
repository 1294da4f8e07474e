package dev.shiplog.record.json;

import dev.shiplog.record.AsciiText;
import dev.shiplog.record.Decimal;
import dev.shiplog.record.FieldName;
import dev.shiplog.record.IsoInstant;
import dev.shiplog.record.PartForm;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes records as JSON (RFC 8259) in UTF-8, one a line: no byte of a record is a line break but
 * its last.
 *
 * <p>Separators need no state: a comma is due unless the byte before opens something or is a colon.
 */
public sealed class JsonWriter extends RecordWriter permits FlatJsonWriter, OtlpJsonWriter {
  /** How many chars of a text are encoded between two looks at the room that is left. */
  private static final int STRIDE = 1024;

  private final IsoInstant iso = new IsoInstant();

  /** A writer with a buffer of its own. */
  public JsonWriter() {}

  @Override
  protected void start(long epochSecond, int nano) {
    room(1)[position++] = '{';
  }

  @Override
  public void end() {
    byte[] to = room(2);
    to[position++] = '}';
    to[position++] = '\n';
  }

  @Override
  public int endBytes() {
    return 2;
  }

  @Override
  public FieldName newName(String name) {
    JsonWriter writer = new JsonWriter();
    writer.name(name);
    return new FieldName(name, Arrays.copyOf(writer.bytes, writer.position));
  }

  @Override
  public RecordWriter withFlatValues() {
    return new FlatJsonWriter();
  }

  @Override
  public RecordWriter withAttributes() {
    return new OtlpJsonWriter();
  }

  @Override
  protected boolean forgetsInGroups() {
    return true;
  }

  @Override
  protected void writeFields(byte[] encoded, int length, int count) {
    if (count == 0) {
      return;
    }
    // Encoded names begin with the comma that the first field of an object must not have.
    int skip = separatesNext() ? 0 : 1;
    System.arraycopy(encoded, skip, bytes, position, length - skip);
    position += length - skip;
  }

  @Override
  protected boolean separatesNext() {
    return bytes[position - 1] != '{';
  }

  @Override
  public void name(String name) {
    byte[] to = room(1);
    if (position == 0 || to[position - 1] != '{') {
      to[position++] = ',';
    }
    room(1)[position++] = '"';
    nameBegins();
    append(name);
    to = room(2);
    to[position++] = '"';
    to[position++] = ':';
  }

  @Override
  public void raw(byte[] encoded, int from, int to) {
    System.arraycopy(encoded, from, valueRoom(to - from), position, to - from);
    position += to - from;
  }

  @Override
  public void beginObject() {
    valueRoom(1)[position++] = '{';
  }

  @Override
  public void endObject() {
    room(1)[position++] = '}';
  }

  @Override
  public void beginArray() {
    valueRoom(1)[position++] = '[';
  }

  @Override
  public void endArray() {
    room(1)[position++] = ']';
  }

  @Override
  public void field(FieldName name, String value) {
    int length = value.length();
    int most = length * JsonEscape.MAX_PER_CHAR;
    if (length > STRIDE || !isPlain(most)) {
      super.field(name, value);
      return;
    }
    byte[] encoded = name.encoded();
    byte[] to = room(encoded.length + most + 2);
    int skip = to[position - 1] == '{' ? 1 : 0;
    System.arraycopy(encoded, skip, to, position, encoded.length - skip);
    int start = position + encoded.length - skip + 1;
    to[start - 1] = '"';
    int end = encode(value, 0, length, to, start);
    to[end] = '"';
    position = end + 1;
    textSize(end - start);
    textAt(start - 1, position);
  }

  @Override
  public void text(String value) {
    beginText();
    append(value);
    endText();
  }

  @Override
  public void beginText() {
    valueRoom(1)[position++] = '"';
    textBegins();
  }

  @Override
  protected void closeText() {
    room(1)[position++] = '"';
    textAt(textStart() - 1, position);
  }

  @Override
  public PartForm partForm() {
    return JsonParts.INSTANCE;
  }

  @Override
  public void append(char ascii) {
    int size = JsonEscape.size(ascii);
    if (textIsCut() || textLimit - position < size) {
      textCuts(size);
    } else {
      position = JsonEscape.write(ascii, room(size), position);
    }
  }

  @Override
  public void append(String piece, int from, int end) {
    int i = from;
    while (i < end) {
      int stride = Math.min(end - i, STRIDE);
      int most = stride * JsonEscape.MAX_PER_CHAR;
      if (textIsCut() || textLimit - position < most) {
        appendWithin(piece, i, end);
        return;
      }
      // A pair that the stride would part is encoded behind it: there is room for its six bytes.
      int until = parts(piece, i + stride, end) ? i + stride - 1 : i + stride;
      position = encode(piece, i, until, room(most), position);
      i = until;
    }
  }

  /** Whether a text that ends at {@code end} is parted inside a surrogate pair at {@code at}. */
  private static boolean parts(String text, int at, int end) {
    return at < end
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }

  /** Encodes chars for which there is room and returns the position behind them. */
  private static int encode(String text, int from, int end, byte[] to, int at) {
    int p = at;
    int i = from;
    if (AsciiText.copy(text, from, end, to, p)) {
      p = JsonEscape.plainUntil(to, p, p + end - from);
      i += p - at;
    }
    while (i < end) {
      char c = text.charAt(i);
      if (JsonEscape.plain(c)) {
        to[p++] = (byte) c;
        i++;
      } else {
        int codePoint = Utf8.codePointAt(text, i, end);
        p = JsonEscape.write(codePoint, to, p);
        i += Character.charCount(codePoint);
      }
    }
    return p;
  }

  /** Encodes what fits before the text's limit and counts the rest. */
  private void appendWithin(String text, int from, int end) {
    int i = from;
    while (i < end) {
      int codePoint = Utf8.codePointAt(text, i, end);
      appendCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
  }

  @Override
  public void appendCodePoint(int codePoint) {
    int size = JsonEscape.size(codePoint);
    if (textIsCut() || textLimit - position < size) {
      textCuts(size);
    } else {
      position = JsonEscape.write(codePoint, room(size), position);
    }
  }

  @Override
  public void number(long value) {
    position = Decimal.write(value, valueRoom(Decimal.MAX_LONG), position);
  }

  @Override
  public void number(double value) {
    if (Double.isFinite(value)) {
      scalar(Double.toString(value));
    } else {
      text(Double.toString(value));
    }
  }

  @Override
  public void number(float value) {
    if (Float.isFinite(value)) {
      scalar(Float.toString(value));
    } else {
      text(Float.toString(value));
    }
  }

  @Override
  public void number(BigDecimal value) {
    scalar(value.toString());
  }

  @Override
  public void number(BigInteger value) {
    scalar(value.toString());
  }

  @Override
  public void bool(boolean value) {
    scalar(value ? "true" : "false");
  }

  @Override
  public void nil() {
    scalar("null");
  }

  @Override
  public void binary(byte[] value) {
    // Three bytes make four characters: what would be cut is not even encoded.
    int kept = Math.min(value.length, textCap() / 4 * 3);
    beginText();
    append(Base64.getEncoder().encodeToString(Arrays.copyOf(value, kept)));
    textCuts((value.length - kept) * 4L / 3);
    endText();
  }

  @Override
  public void timestamp(long epochSecond, int nano, int decimals) {
    byte[] to = valueRoom(IsoInstant.MAX_BYTES + 2);
    to[position++] = '"';
    position = iso.write(epochSecond, nano, decimals, to, position);
    to[position++] = '"';
  }

  @Override
  public void seconds(long epochSecond, int nano, int decimals) {
    byte[] to = valueRoom(Decimal.MAX_TIME);
    position = Decimal.writeSeconds(epochSecond, nano, decimals, to, position);
  }

  @Override
  public void nanos(long epochSecond, int nano, int decimals) {
    byte[] to = valueRoom(Decimal.MAX_TIME + 2);
    to[position++] = '"';
    position = Decimal.writeNanos(epochSecond, nano, decimals, to, position);
    to[position++] = '"';
  }

  /** Writes a scalar that is ASCII and no text. */
  private void scalar(String ascii) {
    valueRoom(ascii.length());
    ascii(ascii);
  }

  /** Writes what is ASCII and needs no escape. */
  @SuppressWarnings("deprecation") // the text is ASCII, and nothing is allocated
  final void ascii(String text) {
    int length = text.length();
    text.getBytes(0, length, room(length), position);
    position += length;
  }

  /** Makes room for a value and for the comma that an array's second value needs. */
  final byte[] valueRoom(int size) {
    byte[] to = room(size + 1);
    byte before = to[position - 1];
    if (before != ':' && before != '[') {
      to[position++] = ',';
    }
    return to;
  }
}
