package dev.shiplog.capture;

import org.jspecify.annotations.Nullable;

/**
 * Whose events a source's are at the moment. What is installed in the JVM asks at each use, so that
 * one appender can follow another without the JVM being touched. Safe for any thread.
 */
final class Outlet {
  private volatile @Nullable Claim owner;

  /** Who gets the events; null when nobody does, and then everything passes as if we were not. */
  @Nullable Claim owner() {
    return owner;
  }

  void owner(@Nullable Claim next) {
    owner = next;
  }
}
