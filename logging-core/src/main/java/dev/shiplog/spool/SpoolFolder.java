package dev.shiplog.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The logs of one appender of one service: its own, and those that dead processes left behind. For
 * one thread at a time; any number of processes and class loaders may have one each.
 */
public final class SpoolFolder {
  private static final int MAX_NAME = 64;
  private static final int QUARANTINE_SHARE = 4;

  private final Path path;
  private final SpoolSettings settings;
  private final Quarantine quarantine;
  private final List<String> refusals = new ArrayList<>();

  private SpoolFolder(Path path, SpoolSettings settings) {
    this.path = path;
    this.settings = settings;
    this.quarantine =
        new Quarantine(
            path, Math.max(settings.segmentBytes(), settings.maxBytes() / QUARANTINE_SHARE));
  }

  /**
   * The folder {@code dir/service/appender}; made when the first log is. Where a name could lead
   * astray it is replaced by one that is as different from all others as it was.
   */
  public static SpoolFolder in(Path dir, String service, String appender, SpoolSettings settings) {
    return new SpoolFolder(
        dir.toAbsolutePath().resolve(safe(service)).resolve(safe(appender)), settings);
  }

  private static String safe(String name) {
    StringBuilder safe = new StringBuilder(name);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c) || c == '-' || c == '_';
      if (!plain && (c != '.' || i == 0)) {
        safe.setCharAt(i, '_');
      }
    }
    safe.setLength(Math.min(safe.length(), MAX_NAME));
    if (safe.toString().equals(name) && !name.isEmpty()) {
      return name;
    }
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_16BE));
    return safe + "~" + Long.toHexString(crc.getValue());
  }

  /** Where the logs are: {@code dir/service/appender}. */
  public Path path() {
    return path;
  }

  /**
   * A new log in a folder of its own.
   *
   * @throws IOException if there can be none: the message says why and may be shown
   */
  public Spool openOwn() throws IOException {
    return Spool.create(LockedFolder.create(path), settings, quarantine);
  }

  /**
   * The logs that no process holds, each of them now held by this one: of several processes that
   * ask, one gets it. Empty ones are removed. Not taken are those of another user, open to
   * everybody, or with links in them: {@link #refusals} says which and why.
   */
  public List<Spool> adoptOrphans() {
    refusals.clear();
    List<Spool> adopted = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        adopt(folder, adopted);
      } catch (IOException | RuntimeException e) {
        refusals.add(Reason.of(e));
      }
    }
    return adopted;
  }

  /** What the last {@link #adoptOrphans} did not take, and why. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  private List<Path> folders() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(
              folder -> LockedFolder.NAME.matcher(String.valueOf(folder.getFileName())).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      refusals.add(path + ": " + e);
      return List.of();
    }
  }

  private void adopt(Path folder, List<Spool> adopted) throws IOException {
    LockedFolder locked = lock(folder);
    if (locked == null) {
      return;
    }
    try {
      Spool spool = Spool.recover(locked, settings, quarantine);
      if (spool.isEmpty()) {
        spool.delete();
      } else {
        adopted.add(spool);
      }
    } catch (Throwable e) {
      locked.close();
      throw e;
    }
  }

  private static @Nullable LockedFolder lock(Path folder) throws IOException {
    try {
      String objection = Rights.objectionToFolder(folder);
      if (objection != null) {
        throw new IOException(folder + ": " + objection);
      }
      return LockedFolder.adopt(folder);
    } catch (NoSuchFileException e) {
      return null; // somebody else had it, and is done with it
    }
  }
}
