package dev.shiplog.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may read what: records can hold anything, so folders and files are the owner's alone, and
 * nothing is followed or taken over that another user could have put there. Where a file system
 * knows no owners nothing is checked. Stateless.
 */
final class Rights {
  static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  static final Set<OpenOption> READ_WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  /** Not the group's: Kubernetes opens a volume to the group that {@code fsGroup} names. */
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private Rights() {}

  /** The attributes of a new file in this folder: 0600. */
  static FileAttribute<?>[] ofFile(Path folder) {
    return isPosix(folder) ? attributes("rw-------") : new FileAttribute<?>[0];
  }

  /** Creates a folder, 0700. */
  static void createFolder(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    Files.createDirectory(
        folder,
        parent != null && isPosix(parent) ? attributes("rwx------") : new FileAttribute<?>[0]);
  }

  /**
   * Makes sure that a folder is there and is ours.
   *
   * @throws IOException if it cannot be, saying why
   */
  static void ensureFolder(Path folder) throws IOException {
    try {
      createFolder(folder);
    } catch (FileAlreadyExistsException e) {
      String objection = objectionToFolder(folder);
      if (objection != null) {
        throw new IOException(folder + ": " + objection, e);
      }
    }
  }

  /** What speaks against using this folder; null if nothing does. */
  static @Nullable String objectionToFolder(Path folder) throws IOException {
    BasicFileAttributes attributes = attributesOf(folder);
    if (!attributes.isDirectory()) {
      return attributes.isSymbolicLink() ? "is a link" : "is not a folder";
    }
    return objection(attributes);
  }

  /** What speaks against using this file; null if nothing does. */
  static @Nullable String objectionToFile(Path file) throws IOException {
    BasicFileAttributes attributes = attributesOf(file);
    if (!attributes.isRegularFile()) {
      return attributes.isSymbolicLink() ? "is a link" : "is not a file";
    }
    if (attributes instanceof PosixFileAttributes
        && file.getFileSystem().supportedFileAttributeViews().contains("unix")
        && (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) != 1) {
      return "has another name, which is a hard link";
    }
    return objection(attributes);
  }

  private static @Nullable String objection(BasicFileAttributes attributes) throws IOException {
    if (attributes instanceof PosixFileAttributes posix) {
      if (!posix.owner().equals(user())) {
        return "belongs to another user, " + posix.owner().getName();
      }
      if (!Collections.disjoint(OTHERS, posix.permissions())) {
        return "is open to others: " + PosixFilePermissions.toString(posix.permissions());
      }
    }
    return null;
  }

  private static BasicFileAttributes attributesOf(Path path) throws IOException {
    return isPosix(path)
        ? Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whom new files belong to: asked of the process, else of a file made for that. */
  private static UserPrincipal user() throws IOException {
    Path self = Path.of("/proc/self");
    if (Files.exists(self)) {
      return Files.getOwner(self);
    }
    Path probe = Files.createTempFile("shiplog", ".probe");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
