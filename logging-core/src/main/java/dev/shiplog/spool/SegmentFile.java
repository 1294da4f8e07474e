package dev.shiplog.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes segment files: filled with zeros first, named and mapped when that has worked, so that no
 * store ever falls into a hole. Stateless.
 */
final class SegmentFile {
  static final String SUFFIX = ".segment";

  /** Of files whose making was cut short. */
  static final String UNFINISHED = ".new";

  private SegmentFile() {}

  /**
   * A new file, empty.
   *
   * @throws IOException if there is no room; nothing is left then
   */
  static Segment create(
      Path folder, int number, SpoolDisk disk, int epoch, SegmentFormat.Header header)
      throws IOException {
    String name = "%08d".formatted(number);
    Path unfinished = folder.resolve(name + UNFINISHED);
    Path file = folder.resolve(name + SUFFIX);
    try {
      try (FileChannel channel =
          FileChannel.open(unfinished, Rights.CREATE, Rights.ofFile(folder))) {
        fill(channel, disk, header);
      }
      Files.move(unfinished, file);
      return Segment.ready(file, epoch, header);
    } catch (IOException e) {
      deleteQuietly(unfinished, e);
      deleteQuietly(file, e);
      throw e;
    }
  }

  /** Makes an empty segment of a file that is there and whose contents are done with. */
  static Segment renew(Path file, SpoolDisk disk, int epoch, SegmentFormat.Header header)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, Rights.READ_WRITE)) {
      fill(channel, disk, header);
    }
    return Segment.ready(file, epoch, header);
  }

  /** The header comes first: a file that is being renewed is empty from the first moment on. */
  private static void fill(FileChannel channel, SpoolDisk disk, SegmentFormat.Header header)
      throws IOException {
    ByteBuffer text = SegmentFormat.ordered(ByteBuffer.allocate(SegmentFormat.HEADER_BYTES));
    SegmentFormat.putHeader(text, 0, header);
    write(channel, text.duplicate(), 0);
    int limit = SegmentFormat.limit(header.segmentBytes());
    disk.zero(channel, SegmentFormat.HEADER_BYTES, limit);
    write(channel, text.duplicate(), limit);
  }

  private static void write(FileChannel channel, ByteBuffer text, long from) throws IOException {
    for (long at = from; text.hasRemaining(); ) {
      at += channel.write(text, at);
    }
  }

  private static void deleteQuietly(Path file, IOException reason) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
