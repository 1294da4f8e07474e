package dev.shiplog.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is this process's until it is closed or the process dies, in whatever way.
 *
 * <p>Byte 0 of the file {@code lock} says so to those who would adopt the folder, byte 1 to those
 * who only want to know. A lock belongs to the process, not to the class that took it: to open the
 * file once more in the same JVM and close it would drop the lock. So what is held is noted in a
 * system property, which all class loaders share, and a lock file is opened by whoever made that
 * note alone. Names are never used twice.
 */
final class LockedFolder implements AutoCloseable {
  static final String LOCK = "lock";

  /** What a process's folder is called: process id, random text, number. */
  static final Pattern NAME = Pattern.compile("[0-9]{1,20}-[0-9a-z]{1,16}-[0-9]{1,9}");

  private static final int ATTEMPTS = 16;
  private static final String NOTE = "dev.shiplog.spool.held.";

  /**
   * What must stay open until the process ends: collected, a channel would be closed. Static, since
   * nothing shorter-lived may own it; empty unless the application replaced its properties.
   */
  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final Path path;
  private final String note;
  private final FileChannel channel;
  private @Nullable FileLock shown;

  private LockedFolder(Path path, String note, FileChannel channel) {
    this.path = path;
    this.note = note;
    this.channel = channel;
    show();
  }

  /** A new folder below {@code parent}, which is made too. */
  static LockedFolder create(Path parent) throws IOException {
    makeParents(parent);
    IOException last = new IOException(parent + ": lets no folder be made");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path folder = parent.resolve(ProcessToken.text() + '-' + ProcessToken.number());
      try {
        Rights.createFolder(folder);
        LockedFolder locked = lockNew(folder);
        if (locked != null) {
          return locked;
        }
      } catch (FileAlreadyExistsException | NoSuchFileException e) {
        last = e; // another's, or removed by one who looks for orphans and found it empty
      }
    }
    throw last;
  }

  private static @Nullable LockedFolder lockNew(Path folder) throws IOException {
    try {
      return take(folder, true);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      Files.deleteIfExists(folder.resolve(LOCK));
      Files.deleteIfExists(folder);
      throw e;
    }
  }

  /** {@code dir/service/appender}: the latter two are ours, the former is the operator's. */
  private static void makeParents(Path parent) throws IOException {
    Path service = parent.getParent();
    Path dir = service == null ? null : service.getParent();
    if (dir != null && !Files.isDirectory(dir)) {
      Path above = dir.toAbsolutePath().getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      Rights.createFolder(dir);
    }
    if (service != null) {
      Rights.ensureFolder(service);
    }
    Rights.ensureFolder(parent);
  }

  /** Takes over a folder that is there; null if somebody holds it, or it is gone or empty. */
  static @Nullable LockedFolder adopt(Path folder) throws IOException {
    try {
      if (Files.exists(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
        return take(folder, false);
      }
      Files.delete(folder); // its maker, should it live, makes another one
      return null;
    } catch (DirectoryNotEmptyException e) {
      return take(folder, true);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      return null;
    }
  }

  private static @Nullable LockedFolder take(Path folder, boolean create) throws IOException {
    String note = NOTE + folder.toRealPath();
    if (System.getProperties().putIfAbsent(note, ProcessToken.text()) != null) {
      return null;
    }
    boolean held = false;
    try {
      Path file = folder.resolve(LOCK);
      FileChannel channel =
          create
              ? FileChannel.open(file, Rights.CREATE, Rights.ofFile(folder))
              : FileChannel.open(file, Rights.READ_WRITE);
      try {
        held = lock(channel, file);
      } catch (OverlappingFileLockException e) {
        // the system properties were thrown away; closing the channel would rob the holder
        NEVER_CLOSED.add(channel);
        throw new IOException(folder + ": is held by this process, without a note", e);
      }
      if (!held) {
        channel.close();
        return null;
      }
      return new LockedFolder(folder, note, channel);
    } finally {
      if (!held) {
        System.clearProperty(note);
      }
    }
  }

  private static boolean lock(FileChannel channel, Path file) throws IOException {
    FileLock lock = channel.tryLock(0, 1, false);
    if (lock == null) {
      return false;
    }
    // whoever held it may have removed it between our opening and our locking
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    return true;
  }

  /** Whether some process holds this folder; asked without disturbing it. */
  static boolean isHeld(Path folder) throws IOException {
    if (System.getProperty(NOTE + folder.toRealPath()) != null) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), Rights.READ);
        FileLock seen = channel.tryLock(1, 1, true)) {
      return seen == null;
    }
  }

  Path path() {
    return path;
  }

  /** Whether the folder is still where it was; to be asked now and then. */
  boolean isThere() {
    show();
    return Files.exists(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
  }

  /** Takes the second lock; not had while somebody is looking, so tried again. */
  private void show() {
    try {
      if (shown == null) {
        shown = channel.tryLock(1, 1, false);
      }
    } catch (IOException e) {
      // who looks will take it for an orphan; who would adopt it will not
    }
  }

  /** Gives the folder up, with all that is in it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // closed it is: what a close could not write is nothing
    } finally {
      System.clearProperty(note);
    }
  }

  /** Removes the folder, which must hold nothing else, and gives it up. */
  void delete() {
    try {
      Files.deleteIfExists(path.resolve(LOCK));
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // an empty folder is left: the next one to look for orphans removes it
    } finally {
      close();
    }
  }
}
