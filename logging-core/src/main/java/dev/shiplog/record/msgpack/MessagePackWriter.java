package dev.shiplog.record.msgpack;

import dev.shiplog.record.AsciiText;
import dev.shiplog.record.Decimal;
import dev.shiplog.record.FieldName;
import dev.shiplog.record.IsoInstant;
import dev.shiplog.record.PartForm;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes records as MessagePack, each as an entry of the forward protocol:
 *
 * <pre>
 *   92                      array of two
 *   D7 00 ssssssss nnnnnnnn EventTime: ext type 0, u32 seconds, u32 nanoseconds, big-endian
 *   DE nnnn                 map16 whose count is patched when the record ends
 *   ...                     names (str) and values
 * </pre>
 *
 * <p>The seconds reach from 1 to 0xFFFFFFFD, from 1970 to 2106: what lies outside is moved to their
 * end, and the record's own timestamp keeps the truth.
 *
 * <p>Integers and texts take their shortest form; maps and arrays have 16-bit counts, patched at
 * their end, because nobody counts them beforehand.
 */
public final class MessagePackWriter extends RecordWriter {
  private static final int ENTRY_HEADER = 11;

  /** For 0 fluentd takes the time of arrival. */
  private static final long FIRST_SECOND = 1;

  /** The two after it mean something else to Fluent Bit. */
  private static final long LAST_SECOND = 0xFFFF_FFFDL;

  private static final int CONTAINER_HEADER = 3;
  private static final int MAX_MEMBERS = 0xFFFF;
  private static final int STRIDE = 1024;
  private static final int MAX_PER_CHAR = 3;
  private static final int TEXT_HEADER = 5;

  /** Texts written in pieces are mostly stack traces: 256 bytes to 64 KiB. */
  private static final int LIKELY_TEXT_HEADER = 3;

  private static final BigInteger MAX_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final IsoInstant iso = new IsoInstant();
  private int[] starts = new int[16];
  private int[] members = new int[16];
  private boolean[] arrays = new boolean[16];
  private int depth;
  private int textHeader;

  /** A writer with a buffer of its own. */
  public MessagePackWriter() {}

  @Override
  protected void start(long epochSecond, int nano) {
    depth = -1;
    byte[] to = room(ENTRY_HEADER);
    to[position] = (byte) 0x92;
    to[position + 1] = (byte) 0xD7;
    to[position + 2] = 0;
    BigEndian.putInt(
        to, position + 3, (int) Math.max(FIRST_SECOND, Math.min(epochSecond, LAST_SECOND)));
    BigEndian.putInt(to, position + 7, nano);
    position += ENTRY_HEADER;
    open(false);
  }

  @Override
  public void end() {
    close();
  }

  @Override
  public int endBytes() {
    return 0;
  }

  @Override
  public FieldName newName(String name) {
    MessagePackWriter writer = new MessagePackWriter();
    writer.depth = 0;
    writer.name(name);
    return new FieldName(name, Arrays.copyOf(writer.bytes, writer.position));
  }

  @Override
  protected void writeFields(byte[] encoded, int length, int count) {
    System.arraycopy(encoded, 0, bytes, position, length);
    position += length;
    members[depth] += count;
  }

  @Override
  public void name(String name) {
    members[depth]++;
    openText(headerSize(name.length()));
    nameBegins();
    append(name);
    closeHeader();
  }

  @Override
  public void raw(byte[] encoded, int from, int to) {
    System.arraycopy(encoded, from, valueRoom(to - from), position, to - from);
    position += to - from;
  }

  @Override
  public void beginObject() {
    valueRoom(0);
    open(false);
  }

  @Override
  public void endObject() {
    close();
  }

  @Override
  public void beginArray() {
    valueRoom(0);
    open(true);
  }

  @Override
  public void endArray() {
    close();
  }

  private void open(boolean array) {
    depth++;
    if (depth == starts.length) {
      starts = Arrays.copyOf(starts, depth * 2);
      members = Arrays.copyOf(members, depth * 2);
      arrays = Arrays.copyOf(arrays, depth * 2);
    }
    starts[depth] = position;
    members[depth] = 0;
    arrays[depth] = array;
    room(CONTAINER_HEADER)[position] = (byte) (array ? 0xDC : 0xDE);
    position += CONTAINER_HEADER;
  }

  private void close() {
    // Of a value's no more are written; more fields than that fit no limit.
    BigEndian.putShort(bytes, starts[depth] + 1, Math.min(members[depth], MAX_MEMBERS));
    depth--;
  }

  @Override
  public Mark mark(Mark reuse) {
    reuse.depth = depth;
    reuse.members = members[depth];
    return super.mark(reuse);
  }

  @Override
  public void rewind(Mark mark) {
    super.rewind(mark);
    depth = mark.depth;
    members[depth] = mark.members;
  }

  @Override
  public void text(String value) {
    valueRoom(0);
    openText(headerSize(value.length()));
    textBegins();
    append(value);
    endText();
  }

  @Override
  public void beginText() {
    valueRoom(0);
    openText(LIKELY_TEXT_HEADER);
    textBegins();
  }

  @Override
  protected void closeText() {
    int start = textStart() - textHeader;
    closeHeader();
    textAt(start, position);
  }

  @Override
  public PartForm partForm() {
    return MessagePackParts.INSTANCE;
  }

  private void closeHeader() {
    int start = textStart();
    int length = position - start;
    int header = headerSize(length);
    if (header != textHeader) {
      room(TEXT_HEADER);
      System.arraycopy(bytes, start, bytes, start - textHeader + header, length);
      position += header - textHeader;
    }
    putTextHeader(bytes, start - textHeader, length);
  }

  /** Leaves room for a text's header of the size that is expected. */
  private void openText(int header) {
    room(header);
    position += header;
    textHeader = header;
  }

  @Override
  public void append(char ascii) {
    if (textIsCut() || textLimit == position) {
      textCuts(1);
    } else {
      room(1)[position++] = (byte) ascii;
    }
  }

  @Override
  public void append(String piece, int from, int end) {
    int i = from;
    while (i < end) {
      int stride = Math.min(end - i, STRIDE);
      int most = stride * MAX_PER_CHAR + 1;
      if (textIsCut() || textLimit - position < most) {
        appendWithin(piece, i, end);
        return;
      }
      room(most);
      i = encode(piece, i, i + stride, end);
    }
  }

  /** Encodes up to {@code end}, or one char more where a pair is there before {@code last}. */
  private int encode(String text, int from, int end, int last) {
    byte[] to = bytes;
    int p = position;
    if (AsciiText.copy(text, from, end, to, p)) {
      position = p + end - from;
      return end;
    }
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      if (c < 0x80) {
        to[p++] = (byte) c;
        i++;
      } else {
        int codePoint = Utf8.codePointAt(text, i, last);
        p = Utf8.write(codePoint, to, p);
        i += Character.charCount(codePoint);
      }
    }
    position = p;
    return i;
  }

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
    int size = Utf8.size(codePoint);
    if (textIsCut() || textLimit - position < size) {
      textCuts(size);
    } else {
      position = Utf8.write(codePoint, room(size), position);
    }
  }

  static int headerSize(int length) {
    if (length < 32) {
      return 1;
    }
    if (length < 0x100) {
      return 2;
    }
    return length < 0x10000 ? 3 : 5;
  }

  static void putTextHeader(byte[] to, int at, int length) {
    switch (headerSize(length)) {
      case 1 -> to[at] = (byte) (0xA0 | length);
      case 2 -> {
        to[at] = (byte) 0xD9;
        to[at + 1] = (byte) length;
      }
      case 3 -> {
        to[at] = (byte) 0xDA;
        BigEndian.putShort(to, at + 1, length);
      }
      default -> {
        to[at] = (byte) 0xDB;
        BigEndian.putInt(to, at + 1, length);
      }
    }
  }

  @Override
  public void number(long value) {
    position = MessagePackInt.write(value, valueRoom(MessagePackInt.MAX_BYTES), position);
  }

  @Override
  public void number(double value) {
    if (!Double.isFinite(value)) {
      text(Double.toString(value));
      return;
    }
    byte[] to = valueRoom(9);
    to[position] = (byte) 0xCB;
    BigEndian.putLong(to, position + 1, Double.doubleToRawLongBits(value));
    position += 9;
  }

  @Override
  public void number(float value) {
    // The double that reads like the float: 0.1f is 0.1 in JSON too.
    if (Float.isFinite(value)) {
      number(Double.parseDouble(Float.toString(value)));
    } else {
      text(Float.toString(value));
    }
  }

  @Override
  public void number(BigDecimal value) {
    number(value.doubleValue());
  }

  @Override
  public void number(BigInteger value) {
    if (value.bitLength() < 64) {
      number(value.longValue());
    } else if (value.signum() > 0 && value.compareTo(MAX_UNSIGNED) <= 0) {
      byte[] to = valueRoom(9);
      to[position] = (byte) 0xCF;
      BigEndian.putLong(to, position + 1, value.longValue());
      position += 9;
    } else {
      number(value.doubleValue());
    }
  }

  @Override
  public void bool(boolean value) {
    valueRoom(1)[position++] = (byte) (value ? 0xC3 : 0xC2);
  }

  @Override
  public void nil() {
    valueRoom(1)[position++] = (byte) 0xC0;
  }

  @Override
  public void binary(byte[] value) {
    int kept = Math.min(value.length, textCap());
    byte[] to = valueRoom(TEXT_HEADER + kept);
    position = BigEndian.putBinHeader(to, position, kept);
    textBegins();
    System.arraycopy(value, 0, to, position, kept);
    position += kept;
    textCuts(value.length - kept);
    textEnds();
  }

  @Override
  public void seconds(long epochSecond, int nano, int decimals) {
    byte[] digits = new byte[Decimal.MAX_TIME];
    int length = Decimal.writeSeconds(epochSecond, nano, decimals, digits, 0);
    number(Double.parseDouble(new String(digits, 0, length, StandardCharsets.US_ASCII)));
  }

  @Override
  public void nanos(long epochSecond, int nano, int decimals) {
    byte[] digits = new byte[Decimal.MAX_TIME];
    int length = Decimal.writeNanos(epochSecond, nano, decimals, digits, 0);
    text(new String(digits, 0, length, StandardCharsets.US_ASCII));
  }

  @Override
  public void timestamp(long epochSecond, int nano, int decimals) {
    byte[] to = valueRoom(IsoInstant.MAX_BYTES + 2);
    int header = position;
    position = iso.write(epochSecond, nano, decimals, to, header + 1);
    int length = position - header - 1;
    if (length < 32) {
      putTextHeader(to, header, length);
    } else {
      System.arraycopy(to, header + 1, to, header + 2, length);
      putTextHeader(to, header, length);
      position++;
    }
  }

  private byte[] valueRoom(int size) {
    if (arrays[depth]) {
      members[depth]++;
    }
    return room(size);
  }
}
