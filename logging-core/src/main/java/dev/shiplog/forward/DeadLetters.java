package dev.shiplog.forward;

import dev.shiplog.sink.EventCount;
import dev.shiplog.status.RateLimitedStatus;
import dev.shiplog.status.Status;
import dev.shiplog.transport.PackedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of chunks that no endpoint would acknowledge: a file a chunk, readable by the owner
 * alone, holding one frame of the forward protocol that any endpoint or tool can be fed with. When
 * they are too many the oldest goes, which is said.
 *
 * <p>Used by one thread, which may have to wait for the disk.
 */
final class DeadLetters {
  private static final String SUFFIX = ".msgpack";
  private static final String UNFINISHED = ".part";

  /** What a letter is called, finished or not: whatever else is in the folder is not ours. */
  private static final Pattern NAME =
      Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z-[A-Za-z0-9_-]+\\.msgpack(\\.part)?");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Disk.Letters settings;

  /** The folder's health, which may recover. */
  private final RateLimitedStatus health;

  /** What cannot be made undone. */
  private final RateLimitedStatus losses;

  private final LongSupplier wallClock;

  /**
   * A folder that is made when there is something to put in.
   *
   * @param wallClock nanoseconds since 1970
   */
  DeadLetters(
      Disk.Letters settings, Status status, LongSupplier nanoClock, LongSupplier wallClock) {
    this.settings = settings;
    this.health = new RateLimitedStatus(status, nanoClock);
    this.losses = new RateLimitedStatus(status, nanoClock);
    this.wallClock = wallClock;
  }

  /** Keeps a chunk that has its id and its pages; says so if that cannot be. */
  void keep(Chunk chunk) {
    List<ByteBuffer> frame = new PackedFrame(chunk, true).duplicates();
    long size = frame.stream().mapToLong(ByteBuffer::remaining).sum();
    try {
      if (size > settings.maxBytes()) {
        throw new IOException(size + " bytes are more than deadLetter.maxBytes");
      }
      createFolder();
      makeRoom(size);
      write(settings.dir().resolve(name(chunk)), frame);
      health.recovered("dead letters in " + settings.dir() + " are kept again");
    } catch (IOException | RuntimeException e) {
      health.problem(
          "KEEP",
          "dead letters in "
              + settings.dir()
              + ": a chunk of "
              + EventCount.of(chunk.events())
              + " cannot be kept: "
              + e,
          e);
    }
  }

  private String name(Chunk chunk) {
    long nanos = wallClock.getAsLong();
    String id = new String(chunk.id(), StandardCharsets.US_ASCII);
    return TIME.format(Instant.ofEpochSecond(0, nanos))
        + '-'
        + id.replace('/', '_').replace('+', '-').replace("=", "")
        + SUFFIX;
  }

  private void createFolder() throws IOException {
    Path dir = settings.dir();
    if (!Files.isDirectory(dir)) {
      Files.createDirectories(dir, ownersAlone(dir, "rwx------"));
    }
  }

  private static FileAttribute<?>[] ownersAlone(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Deletes the oldest ones until there is room for so many bytes. */
  private void makeRoom(long bytes) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(settings.dir())) {
      // their names begin with the time
      files = all.filter(DeadLetters::isLetter).sorted().toList();
    }
    long used = bytes;
    for (Path file : files) {
      used += file.toFile().length(); // 0 of one that another process has just deleted
    }
    for (Path file : files) {
      if (used <= settings.maxBytes()) {
        return;
      }
      used -= file.toFile().length();
      Files.deleteIfExists(file);
      losses.problem(
          "ROOM",
          "dead letters in " + settings.dir() + ": the oldest one is deleted to make room",
          null);
    }
  }

  private static boolean isLetter(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName())).matches()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Under another name first; nothing is left if that fails. */
  private static void write(Path file, List<ByteBuffer> frame) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      writeAll(part, frame);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void writeAll(Path file, List<ByteBuffer> frame) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            ownersAlone(file, "rw-------"))) {
      for (ByteBuffer bytes : frame) {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
    }
  }
}
