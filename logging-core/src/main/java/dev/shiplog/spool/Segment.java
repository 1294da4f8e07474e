package dev.shiplog.spool;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * One mapped segment file and what it is used for at present.
 *
 * <p>Written under the owner's lock alone. Whoever reads it must know of its frames through that
 * lock, and must be done before they are released. Never unmapped while anybody has it.
 */
final class Segment {
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MappedByteBuffer bytes;

  /** Which life of the folder it belongs to. */
  private final int epoch;

  private final boolean damaged;

  /** Of a recovered one, its file's last modification, in nanoseconds since 1970. */
  private final long writtenAt;

  private SegmentFormat.Header header;
  private int end;

  private Segment(
      Path file,
      MappedByteBuffer bytes,
      int epoch,
      boolean damaged,
      long writtenAt,
      SegmentFormat.Header header,
      int end) {
    this.file = file;
    this.bytes = bytes;
    this.epoch = epoch;
    this.damaged = damaged;
    this.writtenAt = writtenAt;
    this.header = header;
    this.end = end;
  }

  /** An empty one, in a file that is filled to its end. */
  static Segment ready(Path file, int epoch, SegmentFormat.Header header) throws IOException {
    MappedByteBuffer bytes = map(file, header.segmentBytes());
    return new Segment(file, bytes, epoch, false, 0, header, SegmentFormat.FRAMES);
  }

  /**
   * One that was found with frames in it.
   *
   * @param bytes shorter than the segment where its file is
   * @param writtenAt nanoseconds since 1970
   * @param end behind the last frame
   */
  static Segment recovered(
      Path file,
      MappedByteBuffer bytes,
      boolean damaged,
      long writtenAt,
      SegmentFormat.Header header,
      int end) {
    return new Segment(file, bytes, 0, damaged, writtenAt, header, end);
  }

  static MappedByteBuffer map(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, Rights.READ_WRITE)) {
      MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
      SegmentFormat.ordered(bytes);
      return bytes;
    }
  }

  /**
   * Takes it into use. The second header still names what it was before while the first is written:
   * that is released or empty, so that a death in between leaves an empty segment.
   */
  void use(long sequence, int generation) {
    int size = header.segmentBytes();
    header = new SegmentFormat.Header(sequence, size, generation);
    end = SegmentFormat.FRAMES;
    bytes.putLong(SegmentFormat.FRAMES, 0);
    VarHandle.releaseFence();
    SegmentFormat.putHeader(bytes, 0, header);
    VarHandle.releaseFence();
    SegmentFormat.putHeader(bytes, SegmentFormat.limit(size), header);
    VarHandle.releaseFence();
  }

  /** Whether frames of this size, heads and padding included, have room. */
  boolean hasRoom(long frameBytes) {
    return end + frameBytes <= SegmentFormat.limit(header.segmentBytes());
  }

  /** Appends a frame; there must be room. */
  void append(
      byte kind, byte[] head, int headLength, byte[] body, int offset, int length, int checksum) {
    int at = end;
    int payload = headLength + length;
    int next = at + SegmentFormat.frameBytes(payload);
    long word = SegmentFormat.frameWord(kind, payload, checksum, header.generation(), at);
    if (next + Long.BYTES <= SegmentFormat.limit(header.segmentBytes())) {
      bytes.putLong(next, 0);
    }
    bytes.put(at + SegmentFormat.FRAME_HEAD, head, 0, headLength);
    bytes.put(at + SegmentFormat.FRAME_HEAD + headLength, body, offset, length);
    bytes.putLong(at + 8, checksum & 0xffff_ffffL); // and 0: not settled
    WORD.setRelease(bytes, at, word);
    end = next;
  }

  /** Marks the frame at this offset, if there is one. */
  void settle(int at) {
    if (at < SegmentFormat.FRAMES || at % SegmentFormat.ALIGNMENT != 0 || at >= end) {
      return;
    }
    int generation = header.generation();
    if (SegmentFormat.isFrameWord(bytes.getLong(at), bytes.getInt(at + 8), generation, at)) {
      bytes.putInt(at + 12, SegmentFormat.settledMark(generation, at));
    }
  }

  /** Notes for whoever recovers the log that frames before this offset are done with. */
  void release(int before) {
    SegmentFormat.putReleased(bytes, header.generation(), before);
  }

  /** Notes that all of it is done with. */
  void releaseAll() {
    release(header.segmentBytes());
  }

  /** A walk over the frames that begin from {@code from} to before {@code to}. */
  FrameWalk walk(int from, int to, byte[] array) {
    ByteBuffer view = SegmentFormat.ordered(bytes.duplicate());
    return new FrameWalk(view, header, from, to, array);
  }

  /** Makes a part of it safe from a loss of power. */
  void force(SpoolDisk disk, int from, int to) throws IOException {
    disk.force(bytes, from, to - from);
  }

  Path file() {
    return file;
  }

  int epoch() {
    return epoch;
  }

  boolean damaged() {
    return damaged;
  }

  long writtenAt() {
    return writtenAt;
  }

  /** The length of its file. */
  int fileBytes() {
    return bytes.capacity();
  }

  int generation() {
    return header.generation();
  }

  long sequence() {
    return header.sequence();
  }

  /** The position of its first byte. */
  long base() {
    return header.sequence() * header.segmentBytes();
  }

  /** Behind its last frame. */
  int end() {
    return end;
  }
}
