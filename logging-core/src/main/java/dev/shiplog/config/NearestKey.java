package dev.shiplog.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the valid name that somebody probably meant. */
final class NearestKey {
  private NearestKey() {}

  /** The candidate nearest to {@code name} by edit distance, or null if none is near. */
  static @Nullable String among(Collection<String> candidates, String name) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(candidate, name);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest != null && least <= tolerance(Math.max(nearest.length(), name.length()))
        ? nearest
        : null;
  }

  /** Whether two names differ by no more than a slip of the finger. */
  static boolean isNear(String one, String other) {
    return distance(one, other) <= tolerance(Math.min(one.length(), other.length()));
  }

  private static int tolerance(int length) {
    return length < 3 ? 0 : length < 5 ? 1 : Math.max(2, length / 4);
  }

  /**
   * How many insertions, deletions, replacements and swaps of neighbours lead from one to the
   * other; case does not count.
   */
  static int distance(String one, String other) {
    String from = one.toLowerCase(Locale.ROOT);
    String to = other.toLowerCase(Locale.ROOT);
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replace = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
