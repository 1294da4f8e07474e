package dev.shiplog;

import static dev.shiplog.config.FluentdKeys.DEAD_LETTER_DIR;
import static dev.shiplog.config.FluentdKeys.DEAD_LETTER_MAX_BYTES;
import static dev.shiplog.config.FluentdKeys.SPOOL_DIR;
import static dev.shiplog.config.FluentdKeys.SPOOL_MAX_AGE;
import static dev.shiplog.config.FluentdKeys.SPOOL_MAX_BYTES;
import static dev.shiplog.config.FluentdKeys.SPOOL_SYNC;

import dev.shiplog.config.Settings;
import dev.shiplog.config.SpoolSync;
import dev.shiplog.forward.Disk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from the settings what a forward pipeline keeps on disk. */
final class DiskAssembly {
  private final Settings settings;

  DiskAssembly(Settings settings) {
    this.settings = settings;
  }

  Disk assemble(String service) {
    Disk.Spooling spool =
        settings.find(SPOOL_DIR).map(dir -> spooling(Path.of(dir), service)).orElse(null);
    return new Disk(spool, letters(spool));
  }

  private Disk.Spooling spooling(Path dir, String service) {
    SpoolSync sync = settings.get(SPOOL_SYNC);
    Duration interval = sync.interval();
    return new Disk.Spooling(
        dir,
        service,
        settings.name(),
        settings.get(SPOOL_MAX_BYTES),
        settings.get(SPOOL_MAX_AGE),
        Disk.Sync.valueOf(sync.mode().name()),
        interval == null ? Duration.ZERO : interval);
  }

  private Disk.@Nullable Letters letters(Disk.@Nullable Spooling spool) {
    Optional<Path> dir = settings.find(DEAD_LETTER_DIR).map(Path::of);
    if (dir.isEmpty() && spool != null) {
      dir = Optional.of(spool.deadLetters());
    }
    return dir.map(there -> new Disk.Letters(there, settings.get(DEAD_LETTER_MAX_BYTES)))
        .orElse(null);
  }
}
