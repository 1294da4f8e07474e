package dev.shiplog.forward;

import dev.shiplog.spool.SpoolFolder;
import dev.shiplog.spool.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is kept on disk.
 *
 * @param spool where events outlive the process; null if they do not
 * @param letters where chunks go that no endpoint would acknowledge; null if they are dropped
 */
public record Disk(@Nullable Spooling spool, @Nullable Letters letters) {
  /** Nothing. */
  public static final Disk NONE = new Disk(null, null);

  /** When what was written is forced to disk, against a loss of power. */
  public enum Sync {
    /** When the operating system likes. */
    NONE,
    /** Whenever a chunk is sealed. */
    CHUNK,
    /** Again and again. */
    INTERVAL
  }

  /**
   * A spool.
   *
   * @param dir that of all services
   * @param maxBytes on disk at most, for what this process accepts and what it took over
   * @param maxAge events of this age are given up
   * @param interval between two forces, for {@link Sync#INTERVAL}; else any
   */
  public record Spooling(
      Path dir,
      String service,
      String appender,
      long maxBytes,
      Duration maxAge,
      Sync sync,
      Duration interval) {
    /** Where dead letters are unless the user says otherwise. */
    public Path deadLetters() {
      return folder().path().resolve("dead-letters");
    }

    SpoolFolder folder() {
      return SpoolFolder.in(dir, service, appender, settings());
    }

    private SpoolSettings settings() {
      return SpoolSettings.of(maxBytes);
    }

    /** How many bytes one file has. */
    int fileBytes() {
      return settings().segmentBytes();
    }
  }

  /**
   * Dead letters.
   *
   * @param dir of their own
   * @param maxBytes of all of them
   */
  public record Letters(Path dir, long maxBytes) {}
}
