package dev.shiplog.spool;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Opens a log that a dead process left behind: cuts torn tails, skips what is damaged, moves away
 * what cannot be read. For one log, by one thread, that holds its folder.
 */
final class Recovery {
  private static final int MAX_FILE = 2 * SegmentFormat.MAX_SEGMENT;

  private final Path folder;
  private final Quarantine quarantine;
  private final List<Segment> live = new ArrayList<>();
  private final List<Found> spares = new ArrayList<>();
  private Damage damage = Damage.NONE;
  private long lastSequence;
  private long start = Long.MAX_VALUE;
  private int segmentBytes;
  private int lastNumber;

  /** A file without frames. */
  private record Found(Path file, long bytes) {}

  /** A file with frames. */
  private record Candidate(Path file, MappedByteBuffer bytes, long writtenAt, SegmentCheck check) {
    long sequence() {
      SegmentFormat.Header header = check.header();
      return header == null ? 0 : header.sequence();
    }
  }

  private Recovery(Path folder, Quarantine quarantine) {
    this.folder = folder;
    this.quarantine = quarantine;
  }

  /**
   * Opens the log in a folder.
   *
   * @throws IOException if a file cannot be opened or must not be
   */
  static Recovery of(Path folder, Quarantine quarantine) throws IOException {
    Recovery recovery = new Recovery(folder, quarantine);
    recovery.run();
    return recovery;
  }

  private void run() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (Path file : files(folder)) {
      String objection = Rights.objectionToFile(file);
      if (objection != null) {
        throw new IOException(file + ": " + objection);
      }
    }
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(SegmentFile.UNFINISHED)) {
        Files.delete(file);
      } else if (name.endsWith(SegmentFile.SUFFIX)) {
        lastNumber = Math.max(lastNumber, number(name));
        check(file, candidates);
      }
    }
    candidates.sort(Comparator.comparingLong(Candidate::sequence));
    accept(candidates);
    discardMisfits();
  }

  private void check(Path file, List<Candidate> candidates) throws IOException {
    long length = Files.size(file);
    MappedByteBuffer bytes =
        length < SegmentFormat.HEADER_BYTES ? null : Segment.map(file, Math.min(length, MAX_FILE));
    SegmentCheck check = bytes == null ? SegmentCheck.EMPTY : SegmentCheck.of(bytes);
    SegmentFormat.Header header = check.header();
    if (bytes == null || header == null) {
      damage = damage.plus(check.damage());
      quarantine.take(file);
      return;
    }
    lastSequence = Math.max(lastSequence, header.sequence());
    if (segmentBytes == 0) {
      segmentBytes = header.segmentBytes();
    }
    if (check.isSpare()) {
      spares.add(new Found(file, length));
    } else {
      long writtenAt = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
      candidates.add(new Candidate(file, bytes, writtenAt, check));
    }
  }

  private void accept(List<Candidate> candidates) throws IOException {
    long last = 0;
    for (Candidate candidate : candidates) {
      SegmentCheck check = candidate.check;
      SegmentFormat.Header header = check.header();
      if (header == null || header.segmentBytes() != segmentBytes || header.sequence() == last) {
        damage = damage.plus(SegmentCheck.EMPTY.damage()); // a stranger, or a copy
        quarantine.take(candidate.file);
        continue;
      }
      last = header.sequence();
      damage = damage.plus(check.damage());
      boolean damaged = !check.damage().isNone();
      Segment segment =
          Segment.recovered(
              candidate.file, candidate.bytes, damaged, candidate.writtenAt, header, check.end());
      live.add(segment);
      start = Math.min(start, segment.base() + check.from());
    }
  }

  /** Files without frames that have another length: there is nothing to lose. */
  private void discardMisfits() throws IOException {
    for (Found spare : List.copyOf(spares)) {
      if (spare.bytes != segmentBytes) {
        Files.delete(spare.file);
        spares.remove(spare);
      }
    }
  }

  private static int number(String name) {
    try {
      return Integer.parseInt(name.substring(0, name.length() - SegmentFile.SUFFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The files of a log, by name; without the lock. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.endsWith(LockedFolder.LOCK))
          .sorted(Comparator.comparing(file -> file.toString().toLowerCase(Locale.ROOT)))
          .toList();
    }
  }

  /** Removes the files of a log. */
  static void deleteFiles(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : files(folder)) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(SegmentFile.SUFFIX) || name.endsWith(SegmentFile.UNFINISHED)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Segments with frames that are not done with, or with damage, in order. */
  Segment[] live() {
    return live.toArray(Segment[]::new);
  }

  /** Files without frames, of the right length. */
  List<Path> spares() {
    return spares.stream().map(Found::file).toList();
  }

  Damage damage() {
    return damage;
  }

  long lastSequence() {
    return lastSequence;
  }

  int lastNumber() {
    return lastNumber;
  }

  /** The first position that is not done with; a large one if there is none. */
  long start() {
    return start;
  }

  /** The segment size of this log; 0 if no file tells. */
  int segmentBytes() {
    return segmentBytes;
  }

  /** Of all files that are left. */
  long bytes() {
    long bytes = (long) spares.size() * segmentBytes;
    for (Segment segment : live) {
      bytes += segment.fileBytes();
    }
    return bytes;
  }
}
