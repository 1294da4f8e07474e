package dev.shiplog.spool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a segment file. All numbers are little-endian. {@code docs/spool-format.md} says
 * the same in words.
 *
 * <pre>
 *  segment of S bytes
 *  0        32         40       64                              S-32     S
 *  +--------+----------+--------+-------+-------+------+--------+--------+
 *  | header | released | unused | frame | frame | ...  | unused | header |
 *  +--------+----------+--------+-------+-------+------+--------+--------+
 *
 *  header, twice: the second is used when the first is damaged
 *  0       8          16     20           24      32
 *  +-------+----------+------+------------+-------+
 *  | magic | sequence | S    | generation | check |      sequence 0: no frames are in it
 *  +-------+----------+------+------------+-------+
 *
 *  released
 *  0        4       8
 *  +--------+-------+
 *  | offset | check |      frames before the offset are done with; 0 and whatever fails its
 *  +--------+-------+      check: none is
 *
 *  frame, at a multiple of 8
 *  0        3      4       8          12        16                  16+length
 *  +--------+------+-------+----------+---------+-------------------+---------+
 *  | length | kind | check | checksum | settled | payload           | padding |
 *  +--------+------+-------+----------+---------+-------------------+---------+
 *  u24      u8     u32     u32        u32                           to 8
 * </pre>
 *
 * <p>A frame's first 8 bytes are one word, stored last: as long as it is not there, nothing is. The
 * word behind the last frame is 0, stored before that frame's. Every check is made with the
 * generation, a random number for each use of a segment, and with the offset: what an earlier use
 * left behind, and whatever a record happens to contain, is no frame.
 */
final class SegmentFormat {
  /** Where the first frame begins. */
  static final int FRAMES = 64;

  static final int HEADER_BYTES = 32;
  static final int FRAME_HEAD = 16;

  /** What a position must be a multiple of. */
  static final int ALIGNMENT = 8;

  static final int MIN_SEGMENT = 256;
  static final int MAX_SEGMENT = 8 << 20;

  private static final long MAGIC = 0x316c6f6f70536853L; // "ShSpool1"
  private static final int RELEASED = 32;
  private static final int LENGTH_BITS = 24;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
  private static final long MAX_SEQUENCE = 1L << 38;
  private static final long LOW = 0xffff_ffffL;
  private static final long GENERATION_FACTOR = 0x9e3779b97f4a7c15L;
  private static final long OFFSET_FACTOR = 0xc2b2ae3d27d4eb4fL;

  private SegmentFormat() {}

  /** What a segment is used for. */
  record Header(long sequence, int segmentBytes, int generation) {}

  /** Where frames must end. */
  static int limit(int segmentBytes) {
    return segmentBytes - HEADER_BYTES;
  }

  /** How many bytes a frame with this payload takes. */
  static int frameBytes(int payload) {
    return FRAME_HEAD + (payload + ALIGNMENT - 1 & -ALIGNMENT);
  }

  /** How many bytes of frames a segment holds. */
  static int maxFrames(int segmentBytes) {
    return limit(segmentBytes) - FRAMES;
  }

  /** The largest payload of a frame. */
  static int maxPayload(int segmentBytes) {
    return maxFrames(segmentBytes) - FRAME_HEAD & -ALIGNMENT;
  }

  /** The same bytes, read and written as the layout says. */
  static ByteBuffer ordered(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  static void putHeader(ByteBuffer bytes, int at, Header header) {
    bytes.putLong(at, MAGIC);
    bytes.putLong(at + 8, header.sequence);
    bytes.putInt(at + 16, header.segmentBytes);
    bytes.putInt(at + 20, header.generation);
    bytes.putLong(at + 24, check(header));
  }

  /** The header at {@code at}; null if it is damaged or none. */
  static @Nullable Header header(ByteBuffer bytes, int at) {
    if (at < 0 || at + HEADER_BYTES > bytes.capacity() || bytes.getLong(at) != MAGIC) {
      return null;
    }
    Header header = new Header(bytes.getLong(at + 8), bytes.getInt(at + 16), bytes.getInt(at + 20));
    boolean plausible =
        header.sequence >= 0
            && header.sequence < MAX_SEQUENCE
            && header.segmentBytes >= MIN_SEGMENT
            && header.segmentBytes <= MAX_SEGMENT
            && header.segmentBytes % ALIGNMENT == 0;
    return plausible && bytes.getLong(at + 24) == check(header) ? header : null;
  }

  private static long check(Header header) {
    long size = (long) header.generation << 32 | header.segmentBytes;
    return mix(mix(header.sequence ^ MAGIC) + size);
  }

  /** Notes that frames before {@code offset} are done with. */
  static void putReleased(ByteBuffer bytes, int generation, int offset) {
    if (RELEASED + Long.BYTES <= bytes.capacity()) {
      long check = mix(offset + generation * GENERATION_FACTOR) & ~LOW;
      bytes.putLong(RELEASED, check | offset);
    }
  }

  /** Before which offset frames are done with; that of the first frame if that is not known. */
  static int released(ByteBuffer bytes, int generation) {
    if (RELEASED + Long.BYTES > bytes.capacity()) {
      return FRAMES;
    }
    long word = bytes.getLong(RELEASED);
    int offset = (int) word;
    boolean known = (word & ~LOW) == (mix(offset + generation * GENERATION_FACTOR) & ~LOW);
    return known && offset > FRAMES && offset % ALIGNMENT == 0 ? offset : FRAMES;
  }

  /** The word that makes a frame; never 0, since no kind is. */
  static long frameWord(byte kind, int length, int checksum, int generation, int offset) {
    long low = (kind & 0xffL) << LENGTH_BITS | length;
    return check(low, checksum, generation, offset) | low;
  }

  /** Whether a word is that of a frame at this offset. */
  static boolean isFrameWord(long word, int checksum, int generation, int offset) {
    return word != 0 && check(word & LOW, checksum, generation, offset) == (word & ~LOW);
  }

  private static long check(long low, int checksum, int generation, int offset) {
    long text = (long) checksum << 32 | low;
    return mix(text + generation * GENERATION_FACTOR + offset * OFFSET_FACTOR) & ~LOW;
  }

  static int length(long frameWord) {
    return (int) frameWord & LENGTH_MASK;
  }

  static byte kind(long frameWord) {
    return (byte) (frameWord >>> LENGTH_BITS);
  }

  /** What stands in a frame that is settled; a damaged mark settles nothing. */
  static int settledMark(int generation, int offset) {
    return (int) (mix(offset + generation * OFFSET_FACTOR) >>> 32) | 1;
  }

  /** CRC32C of the payload, made different for each kind. */
  static int checksum(byte kind, byte[] head, int headLength, byte[] body, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(head, 0, headLength);
    crc.update(body, offset, length);
    return (int) crc.getValue() ^ kind * 0x01000193;
  }

  /** Each bit of the result depends on each bit of the text (the finalizer of MurmurHash3). */
  private static long mix(long text) {
    long z = (text ^ text >>> 33) * 0xff51afd7ed558ccdL;
    z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
    return z ^ z >>> 33;
  }
}
