package dev.shiplog.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log that hold no frames: makes one ahead of need, takes back what was released.
 *
 * <p>{@link #take} and {@link #giveBack} are the owner's, under its lock, and touch no file system;
 * all else is the worker's.
 */
final class SegmentSupply {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpoolSettings settings;
  private final int segmentBytes;
  private final SplittableRandom random = new SplittableRandom();
  private final SplittableRandom fresh = new SplittableRandom();
  private final Queue<Segment> ready = new ConcurrentLinkedQueue<>();
  private final Queue<Segment> retired = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes;
  private final Queue<Path> spare;
  private final Quarantine quarantine;

  /** Counts the lives of the folder; negative while there is none. */
  private volatile int epoch;

  private volatile @Nullable String trouble;

  /** How much of maxBytes other logs of the same owner take. */
  private volatile long elsewhere;

  private LockedFolder folder;
  private int files;
  private int namesForced;
  private int lives;
  private long pauseUntil;
  private boolean pausing;
  private long nextLook;

  /**
   * The supply of a log.
   *
   * @param folder its own from now on
   * @param spare files with nothing in them, of the right length
   * @param bytes of all files
   * @param files the highest number that one has
   */
  SegmentSupply(
      LockedFolder folder,
      SpoolSettings settings,
      int segmentBytes,
      List<Path> spare,
      long bytes,
      int files,
      Quarantine quarantine) {
    this.folder = folder;
    this.settings = settings;
    this.segmentBytes = segmentBytes;
    this.spare = new ConcurrentLinkedQueue<>(spare);
    this.bytes = new AtomicLong(bytes);
    this.files = files;
    this.quarantine = quarantine;
    this.nextLook = settings.nanoTime().getAsLong();
  }

  /** A segment for this sequence; null if none is ready. */
  @Nullable Segment take(long sequence) {
    Segment segment = ready.poll();
    while (segment != null && !isCurrent(segment)) {
      retired.add(segment);
      segment = ready.poll();
    }
    if (segment != null) {
      int generation = random.nextInt();
      segment.use(sequence, generation == segment.generation() ? ~generation : generation);
    }
    return segment;
  }

  /** Takes back one whose frames are done with. */
  void giveBack(Segment segment) {
    segment.releaseAll();
    (isCurrent(segment) && !segment.damaged() && segment.fileBytes() == segmentBytes
            ? ready
            : retired)
        .add(segment);
  }

  /** Whether there is one to take. */
  boolean isReady() {
    return !ready.isEmpty();
  }

  /** Whether its file is still one of the folder's. */
  boolean isCurrent(Segment segment) {
    return segment.epoch() == epoch;
  }

  /** Whether no more files may be made. */
  private boolean isExhausted() {
    return spare.isEmpty() && bytes.get() + segmentBytes + elsewhere > settings.maxBytes();
  }

  /** Says how much of maxBytes other logs of the same owner take. */
  void elsewhere(long others) {
    elsewhere = others;
  }

  /** Whether the others take what this one has or needs. */
  boolean isCrowded() {
    long wanted = ready.isEmpty() && spare.isEmpty() ? segmentBytes : 0;
    return elsewhere > 0 && bytes.get() + wanted + elsewhere > settings.maxBytes();
  }

  /** Whether there is none, and none can be made before one is given back. */
  boolean isFull() {
    return epoch >= 0 && ready.isEmpty() && isExhausted();
  }

  /** Whether {@link #prepare} has something to do, as far as that can be known without it. */
  boolean wants() {
    return epoch < 0 || ready.isEmpty() && (!isExhausted() || !retired.isEmpty() || elsewhere > 0);
  }

  /** What all files take that are still of use, those with frames included. */
  long bytes() {
    return bytes.get();
  }

  @Nullable String trouble() {
    return ready.isEmpty() ? trouble : null;
  }

  Path path() {
    return folder.path();
  }

  /** Whether there was something to do, and it was done. */
  boolean prepare() {
    long now = settings.nanoTime().getAsLong();
    if (pausing && now - pauseUntil < 0) {
      return false;
    }
    try {
      boolean did = look(now);
      did |= clear();
      did |= refill();
      pausing = false;
      trouble = null;
      return did;
    } catch (IOException | RuntimeException e) {
      trouble = Reason.of(e);
      pausing = true;
      pauseUntil = now + PAUSE_NANOS;
      return false;
    }
  }

  /** Makes a new folder where the old one was deleted. */
  private boolean look(long now) throws IOException {
    if (epoch >= 0 && now - nextLook < 0) {
      return false;
    }
    nextLook = now + PAUSE_NANOS;
    if (epoch >= 0 && folder.isThere()) {
      return false;
    }
    if (epoch >= 0) {
      epoch = -1;
      drop(ready);
      bytes.addAndGet(-(long) segmentBytes * spare.size());
      spare.clear();
      folder.close();
    }
    folder = LockedFolder.create(quarantine.parent());
    epoch = ++lives;
    return true;
  }

  private void drop(Queue<Segment> segments) {
    for (Segment segment = segments.poll(); segment != null; segment = segments.poll()) {
      bytes.addAndGet(-segment.fileBytes());
    }
  }

  /** Deletes the files that hold no frames, but for so many; returns whether there were any. */
  boolean trim(int kept) {
    long before = bytes.get();
    try {
      while (ready.size() > kept) {
        Segment segment = ready.poll();
        if (segment != null) {
          Files.deleteIfExists(segment.file());
          bytes.addAndGet(-segment.fileBytes());
        }
      }
      for (Path file = spare.poll(); file != null; file = spare.poll()) {
        Files.deleteIfExists(file);
        bytes.addAndGet(-segmentBytes);
      }
      clear();
    } catch (IOException | RuntimeException e) {
      trouble = Reason.of(e);
    }
    return bytes.get() != before;
  }

  /** What cannot be used again: damaged files, and files of a folder that is gone. */
  private boolean clear() throws IOException {
    boolean did = false;
    for (Segment segment = retired.poll(); segment != null; segment = retired.poll()) {
      did = true;
      bytes.addAndGet(-segment.fileBytes());
      if (isCurrent(segment)) {
        quarantine.take(segment.file());
      }
    }
    return did;
  }

  private boolean refill() throws IOException {
    if (!ready.isEmpty()) {
      return false;
    }
    SegmentFormat.Header empty = new SegmentFormat.Header(0, segmentBytes, fresh.nextInt());
    Path file = spare.peek();
    if (file != null) {
      ready.add(SegmentFile.renew(file, settings.disk(), epoch, empty));
      spare.remove();
      return true;
    }
    if (isExhausted()) {
      return false;
    }
    ready.add(SegmentFile.create(folder.path(), ++files, settings.disk(), epoch, empty));
    bytes.addAndGet(segmentBytes);
    return true;
  }

  SpoolDisk disk() {
    return settings.disk();
  }

  /** Makes the names of new files safe from a loss of power. */
  void forceNames() throws IOException {
    if (namesForced != files) {
      int made = files;
      try (FileChannel names = FileChannel.open(folder.path(), StandardOpenOption.READ)) {
        names.force(true);
      }
      namesForced = made;
    }
  }

  /** Unlocks the folder. */
  void close() {
    epoch = -1;
    folder.close();
  }

  /**
   * Removes the folder.
   *
   * @param live segments that were not given back
   */
  void delete(Segment[] live) {
    epoch = -1;
    try {
      for (Segment segment : live) {
        retired.add(segment);
      }
      for (Segment segment = retired.poll(); segment != null; segment = retired.poll()) {
        if (segment.damaged() && Files.exists(segment.file())) {
          quarantine.take(segment.file());
        }
      }
      Recovery.deleteFiles(folder.path());
    } catch (IOException | RuntimeException e) {
      trouble = Reason.of(e);
    }
    folder.delete();
  }
}
