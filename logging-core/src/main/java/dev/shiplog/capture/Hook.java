package dev.shiplog.capture;

/** What it takes to listen to one source. Used under the lock of {@link Captures}. */
interface Hook {
  /**
   * Puts it in place.
   *
   * @throws IllegalStateException if there is nothing to be gained from it, and why
   */
  void install();

  /** Whether it still is, as far as that can be told; where it is not, a newcomer starts anew. */
  default boolean isInPlace() {
    return true;
  }

  /** Puts back what was there before, unless somebody else has replaced it since. */
  void restore();

  /** Hands over what has been said by halves; safe for any thread, without the lock. */
  default void flush(Claim to) {}

  /** The JVM ends: from now on nothing is kept back that could be lost with it. */
  default void exiting() {}
}
