package dev.shiplog.record;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Hides what patterns find in a text, and what is found for {@linkplain SecretKind known kinds}:
 * {@code mask.pattern} and {@code mask.preset}. Immutable, safe for any thread.
 *
 * <p>All of them search the text as it was, so that what one hides is not missed by the next. A
 * text that takes a pattern more than 100 steps a char, or more stack than the thread has, is
 * hidden as a whole.
 */
public final class SecretMask implements TextMask {
  private final SecretFinder[] finders;
  private final String replacement;

  private SecretMask(List<SecretFinder> finders, String replacement) {
    this.finders = finders.toArray(new SecretFinder[0]);
    this.replacement = replacement;
  }

  /**
   * Hides all of these.
   *
   * @param replacement stands for each secret, as it is: {@code $} has no meaning
   * @return {@link TextMask#NONE} if there is nothing to hide
   */
  public static TextMask of(
      List<Pattern> patterns, Collection<SecretKind> kinds, String replacement) {
    List<SecretFinder> finders = new ArrayList<>();
    patterns.forEach(pattern -> finders.add(new PatternFinder(pattern)));
    kinds.forEach(kind -> finders.addAll(kind.finders()));
    return finders.isEmpty() ? TextMask.NONE : new SecretMask(finders, replacement);
  }

  @Override
  public String apply(String text) {
    if (text.isEmpty()) {
      return text;
    }
    BitSet hidden = new BitSet(0);
    for (SecretFinder finder : finders) {
      if (!finder.find(text, hidden)) {
        return replacement;
      }
    }
    return hidden.isEmpty() ? text : without(hidden, text);
  }

  private String without(BitSet hidden, String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int from = 0;
    int start = hidden.nextSetBit(0);
    while (start >= 0) {
      shown.append(text, from, start).append(replacement);
      from = hidden.nextClearBit(start);
      start = hidden.nextSetBit(from);
    }
    return shown.append(text, from, text.length()).toString();
  }
}
