package dev.shiplog.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/** What may fail when a disk is full or broken. Tests put faults in its place. */
public interface SpoolDisk {
  /** The file system. */
  SpoolDisk REAL =
      (file, from, to) -> {
        ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
        for (long at = from; at < to; ) {
          zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
          at += file.write(zeros, at);
        }
      };

  /**
   * Fills a file with zeros, so that its blocks are there: a store into a mapped hole would end in
   * a fault instead of an exception when the disk is full.
   *
   * @throws IOException as the file system says, such as "No space left on device"
   */
  void zero(FileChannel file, long from, long to) throws IOException;

  /**
   * Makes a part of a mapped file safe from a loss of power.
   *
   * @throws IOException if the disk does not take it; a {@link java.io.UncheckedIOException} means
   *     the same
   */
  default void force(MappedByteBuffer bytes, int from, int length) throws IOException {
    bytes.force(from, length);
  }
}
