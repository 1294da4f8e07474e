package dev.shiplog.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where damaged files are kept for whoever wants to know what happened: {@code
 * dir/service/appender/damaged}. The newest ones, no more than {@code maxBytes} of them.
 */
final class Quarantine {
  static final String NAME = "damaged";

  private final Path parent;
  private final Path folder;
  private final long maxBytes;

  Quarantine(Path parent, long maxBytes) {
    this.parent = parent;
    this.folder = parent.resolve(NAME);
    this.maxBytes = maxBytes;
  }

  /** Where the folders of all processes are. */
  Path parent() {
    return parent;
  }

  /** Moves a file there. One that cannot be moved is deleted: it must not be met again. */
  void take(Path file) throws IOException {
    Path owner = file.toAbsolutePath().getParent();
    String name = (owner == null ? "" : owner.getFileName() + "-") + file.getFileName();
    try {
      Rights.ensureFolder(folder);
      Path target = folder.resolve(name + ".damaged");
      Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(target, FileTime.fromMillis(System.currentTimeMillis()));
      bound();
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private void bound() throws IOException {
    record Kept(Path file, FileTime since, long bytes) {}
    List<Kept> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          all.add(new Kept(file, Files.getLastModifiedTime(file), Files.size(file)));
        }
      }
    }
    all.sort(Comparator.comparing(Kept::since).reversed());
    long bytes = 0;
    for (Kept kept : all) {
      bytes += kept.bytes;
      if (bytes > maxBytes) {
        Files.deleteIfExists(kept.file);
      }
    }
  }
}
