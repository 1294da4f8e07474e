package dev.shiplog.forward;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@code forward} puts into the frames of a spool, and takes out again. All numbers are
 * big-endian.
 *
 * <pre>
 *  entry frame 'E'
 *  head   0       1            3
 *         +-------+------------+-----------+
 *         | level | tag length | tag       |      level 0 (TRACE) to 4 (ERROR); tag in UTF-8
 *         +-------+------------+-----------+
 *  body   one entry of the forward protocol in MessagePack: [time, record]
 *
 *  seal frame 'S', all of it head
 *         0           1       1+i          3+i   3+i+t    11+i+t   19+i+t
 *         +-----------+-------+------------+-----+--------+--------+--------+
 *         | id length | id    | tag length | tag | from   | to     | events |
 *         +-----------+-------+------------+-----+--------+--------+--------+
 *         u8            ASCII   u16          UTF-8 i64      i64      i32
 * </pre>
 *
 * <p>A seal makes a chunk of all entries with its tag from position {@code from} to before {@code
 * to}: the same bytes with the same id, whoever sends them. Without an id, and settled, it says of
 * entries that were never sent that they are done with. Stateless.
 */
public final class SpoolFrames {
  /** The kind of an entry frame. */
  public static final byte ENTRY = 'E';

  /** The kind of a seal frame. */
  public static final byte SEAL = 'S';

  /** How many bytes of UTF-8 a tag may have. */
  public static final int MAX_TAG_BYTES = 0xffff;

  private static final int ENTRY_FIXED = 3;

  /** How many bytes a seal has besides its id and its tag. */
  static final int SEAL_FIXED = 1 + 2 + 8 + 8 + 4;

  private SpoolFrames() {}

  /**
   * The head of an entry frame.
   *
   * @param level the severity's index
   * @param length of the head: the entry's bytes begin behind it
   */
  public record EntryHead(int level, String tag, int length) {}

  /**
   * A chunk.
   *
   * @param id as it goes over the wire: ASCII; empty if all that it says is that it is settled
   * @param from the position of its first entry
   * @param to behind its last entry
   * @param events how many it has
   */
  public record Seal(String id, String tag, long from, long to, int events) {}

  /** The head of the entries with this level and tag: made once, used for each of them. */
  public static byte[] entryHead(int level, String tag) {
    byte[] text = tagBytes(tag);
    ByteBuffer head = ByteBuffer.allocate(ENTRY_FIXED + text.length);
    head.put((byte) level).putShort((short) text.length).put(text);
    return head.array();
  }

  /** The head of an entry frame; null if the bytes are none. */
  public static @Nullable EntryHead entryHead(byte[] bytes, int offset, int length) {
    if (length < ENTRY_FIXED) {
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(bytes, offset, length);
    int level = head.get();
    int tagLength = head.getShort() & 0xffff;
    if (level < 0 || level > 4 || tagLength > head.remaining()) {
      return null;
    }
    return new EntryHead(level, text(head, tagLength), ENTRY_FIXED + tagLength);
  }

  /** Whether an entry frame has the tag of this head; the level before it is the entry's own. */
  static boolean isOfSameTag(byte[] head, byte[] bytes, int offset, int length) {
    return length >= head.length
        && Arrays.equals(head, 1, head.length, bytes, offset + 1, offset + head.length);
  }

  /** The bytes of a seal frame. */
  public static byte[] seal(Seal seal) {
    byte[] id = seal.id().getBytes(StandardCharsets.US_ASCII);
    byte[] tag = tagBytes(seal.tag());
    ByteBuffer frame = ByteBuffer.allocate(SEAL_FIXED + id.length + tag.length);
    frame.put((byte) id.length).put(id).putShort((short) tag.length).put(tag);
    frame.putLong(seal.from()).putLong(seal.to()).putInt(seal.events());
    return frame.array();
  }

  /** What a seal frame says; null if the bytes are none. */
  public static @Nullable Seal seal(byte[] bytes, int offset, int length) {
    if (length < SEAL_FIXED) {
      return null;
    }
    ByteBuffer frame = ByteBuffer.wrap(bytes, offset, length);
    int idLength = frame.get() & 0xff;
    if (SEAL_FIXED + idLength > length) {
      return null;
    }
    String id = text(frame, idLength);
    int tagLength = frame.getShort() & 0xffff;
    if (SEAL_FIXED + idLength + tagLength != length) {
      return null;
    }
    String tag = text(frame, tagLength);
    return new Seal(id, tag, frame.getLong(), frame.getLong(), frame.getInt());
  }

  private static byte[] tagBytes(String tag) {
    byte[] text = tag.getBytes(StandardCharsets.UTF_8);
    if (text.length > MAX_TAG_BYTES) {
      throw new IllegalArgumentException("tag: " + text.length + " bytes, must be 65535 at most");
    }
    return text;
  }

  private static String text(ByteBuffer source, int length) {
    String text =
        new String(
            source.array(),
            source.arrayOffset() + source.position(),
            length,
            StandardCharsets.UTF_8);
    source.position(source.position() + length);
    return text;
  }
}
