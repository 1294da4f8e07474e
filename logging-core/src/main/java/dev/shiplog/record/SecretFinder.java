package dev.shiplog.record;

import java.util.BitSet;

/** Finds secrets of one kind. Immutable, safe for any thread. */
interface SecretFinder {
  /**
   * Sets in {@code hidden} each char of {@code text} that is part of a secret.
   *
   * @return false if the search was given up, so that any part of the text may be secret
   */
  boolean find(String text, BitSet hidden);
}
