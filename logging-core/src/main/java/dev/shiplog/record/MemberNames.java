package dev.shiplog.record;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that one object has so far, so that no two are equal: keys of a map can read the same,
 * and an {@code IdentityHashMap} has equal ones.
 *
 * <p>A few names are compared with each other, without garbage; where there are more, they are in a
 * set. Not thread-safe; reused, and keeps nothing of an object that has ended.
 */
final class MemberNames {
  private static final int FEW = 32;

  private final String[] few = new String[FEW];
  private int size;

  /** A bit for each name, by its hash: most names need no closer look. */
  private long seen;

  private @Nullable Set<String> many;

  /** Starts an object. */
  MemberNames begin() {
    end();
    return this;
  }

  /** Forgets all names. */
  void end() {
    Arrays.fill(few, 0, Math.min(size, FEW), null);
    size = 0;
    seen = 0;
    many = null;
  }

  int size() {
    return size;
  }

  /** The name itself, or with a number behind it where there is one that reads the same. */
  String unused(String name) {
    if (many == null && size == FEW) {
      many = new HashSet<>(List.of(few));
    }
    String unused = name;
    // Beyond the second try the count of names is the better guess: many may read the same.
    for (int i = 2; !add(unused); i = Math.max(i + 1, size)) {
      unused = name + '_' + i;
    }
    return unused;
  }

  private boolean add(String name) {
    if (many != null) {
      boolean added = many.add(name);
      size += added ? 1 : 0;
      return added;
    }
    long bit = 1L << name.hashCode();
    if ((seen & bit) != 0) {
      for (int i = 0; i < size; i++) {
        if (few[i].equals(name)) {
          return false;
        }
      }
    }
    seen |= bit;
    few[size++] = name;
    return true;
  }
}
