package dev.shiplog.forward;

import dev.shiplog.status.RateLimitedStatus;
import dev.shiplog.status.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
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
    ByteBuffer head = head(chunk);
    ByteBuffer tail = tail(chunk);
    long size = head.remaining() + (long) chunk.length() + tail.remaining();
    try {
      if (size > settings.maxBytes()) {
        throw new IOException(size + " bytes are more than deadLetter.maxBytes");
      }
      createFolder();
      makeRoom(size);
      Path file = settings.dir().resolve(name(chunk));
      Path part = settings.dir().resolve(name(chunk) + ".part");
      write(part, head, chunk, tail);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      health.recovered("dead letters in " + settings.dir() + " are kept again");
    } catch (IOException | RuntimeException e) {
      health.problem(
          "KEEP",
          "dead letters in "
              + settings.dir()
              + ": a chunk of "
              + chunk.events()
              + " events cannot be kept: "
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
      files =
          all.filter(file -> file.getFileName().toString().contains(SUFFIX))
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList();
    }
    long used = bytes;
    for (Path file : files) {
      used += Files.size(file);
    }
    for (Path file : files) {
      if (used <= settings.maxBytes()) {
        return;
      }
      used -= Files.size(file);
      Files.delete(file);
      losses.problem(
          "ROOM",
          "dead letters in " + settings.dir() + ": the oldest one is deleted to make room",
          null);
    }
  }

  private static void write(Path file, ByteBuffer head, Chunk chunk, ByteBuffer tail)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            ownersAlone(file, "rw-------"))) {
      writeAll(out, head);
      for (int i = 0; i < chunk.pages(); i++) {
        writeAll(out, chunk.page(i));
      }
      writeAll(out, tail);
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** An array of 3, the tag as str 16, and the beginning of the entries as bin 32. */
  private static ByteBuffer head(Chunk chunk) {
    byte[] tag = chunk.tag().getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(1 + 3 + tag.length + 5);
    head.put((byte) 0x93).put((byte) 0xda).putShort((short) tag.length).put(tag);
    return head.put((byte) 0xc6).putInt(chunk.length()).flip();
  }

  /** {@code {"size": events, "chunk": id}}. */
  private static ByteBuffer tail(Chunk chunk) {
    byte[] id = chunk.id();
    ByteBuffer tail = ByteBuffer.allocate(1 + 6 + 4 + 6 + 2 + id.length);
    tail.put((byte) 0x82).put((byte) 0xa4).put("size".getBytes(StandardCharsets.US_ASCII));
    tail.put((byte) 0xce).putInt(chunk.events());
    tail.put((byte) 0xa5).put("chunk".getBytes(StandardCharsets.US_ASCII));
    return tail.put((byte) 0xd9).put((byte) id.length).put(id).flip();
  }
}
