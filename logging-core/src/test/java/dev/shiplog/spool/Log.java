package dev.shiplog.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A spool in a test's folder, and texts in and out of it. */
final class Log {
  static final byte KIND = 'E';

  /** Four segments at most, small enough to damage each of their bits. */
  static final int SEGMENT = 1 << 10;

  private static final byte[] NO_HEAD = {};

  private Log() {}

  /** A frame as it was read. */
  record Read(long position, byte kind, boolean settled, String text) {}

  /** Settings with small segments and a clock that a test moves. */
  static SpoolSettings small(AtomicLong clock, SpoolDisk disk) {
    return new SpoolSettings(8L * SEGMENT, SEGMENT, clock::get, disk);
  }

  static SpoolFolder folder(Path dir) {
    return folder(dir, small(new AtomicLong(), SpoolDisk.REAL));
  }

  static SpoolFolder folder(Path dir, SpoolSettings settings) {
    return SpoolFolder.in(dir, "service", "appender", settings);
  }

  static long append(Spool spool, String text) {
    byte[] body = text.getBytes(UTF_8);
    int checksum = Spool.checksum(KIND, NO_HEAD, 0, body, 0, body.length);
    return spool.append(KIND, NO_HEAD, 0, body, 0, body.length, checksum);
  }

  /** Appends, preparing as the worker would. */
  static long appendPrepared(Spool spool, String text) {
    long position = append(spool, text);
    while (position < 0 && spool.prepare()) {
      position = append(spool, text);
    }
    return position;
  }

  /** Appends texts of random lengths until the log is full; what was appended. */
  static List<Read> fill(Spool spool, Random random, int maxLength) {
    List<Read> written = new ArrayList<>();
    for (int n = 0; ; n++) {
      String text = n + ":" + "x".repeat(random.nextInt(maxLength));
      long position = appendPrepared(spool, text);
      if (position < 0) {
        return written;
      }
      written.add(new Read(position, KIND, false, text));
    }
  }

  static List<Read> readAll(Spool spool) {
    return read(spool, spool.start(), spool.end());
  }

  static List<Read> read(Spool spool, long from, long to) {
    List<Read> read = new ArrayList<>();
    spool.read(
        from,
        to,
        (position, kind, settled, bytes, offset, length) ->
            read.add(new Read(position, kind, settled, new String(bytes, offset, length, UTF_8))));
    return read;
  }

  static List<String> texts(List<Read> frames) {
    return frames.stream().map(Read::text).toList();
  }

  /** The segment files of the only log below a folder. */
  static List<Path> segmentFiles(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(file -> file.toString().endsWith(SegmentFile.SUFFIX)).sorted().toList();
    }
  }
}
