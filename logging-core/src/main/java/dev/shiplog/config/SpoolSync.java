package dev.shiplog.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a spool forces what it wrote to disk.
 *
 * @param interval how often, for {@link Mode#INTERVAL}; null for the others
 */
public record SpoolSync(Mode mode, @Nullable Duration interval) {
  private static final String INTERVAL = "interval:";

  /** The moment. */
  public enum Mode {
    /** When the operating system likes. */
    NONE,
    /** Whenever a chunk is sealed. */
    CHUNK,
    /** Again and again. */
    INTERVAL
  }

  static final Type<SpoolSync> TYPE =
      new Type<>("sync", "must be none, chunk or interval:DURATION", SpoolSync::parse);

  private static @Nullable SpoolSync parse(String text) {
    if (text.startsWith(INTERVAL)) {
      Duration interval = Types.span(text.substring(INTERVAL.length()));
      return interval == null || interval.isNegative() || interval.isZero()
          ? null
          : new SpoolSync(Mode.INTERVAL, interval);
    }
    return switch (text) {
      case "none" -> new SpoolSync(Mode.NONE, null);
      case "chunk" -> new SpoolSync(Mode.CHUNK, null);
      default -> null;
    };
  }
}
