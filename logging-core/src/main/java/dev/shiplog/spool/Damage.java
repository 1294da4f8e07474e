package dev.shiplog.spool;

import org.jspecify.annotations.Nullable;

/**
 * What was found damaged in a log.
 *
 * @param places where frames are missing that had been written, or may have been
 * @param files that have such places, or are shorter or longer than they should be
 * @param unreadable files of which nothing could be read
 */
record Damage(int places, int files, int unreadable) {
  /** None. */
  static final Damage NONE = new Damage(0, 0, 0);

  Damage plus(Damage other) {
    return new Damage(places + other.places, files + other.files, unreadable + other.unreadable);
  }

  /** Whether there is none. */
  boolean isNone() {
    return equals(NONE);
  }

  /** For people; null if there is none. */
  @Nullable String text() {
    return isNone()
        ? null
        : "%d damaged places in %d files, %d files unreadable".formatted(places, files, unreadable);
  }
}
