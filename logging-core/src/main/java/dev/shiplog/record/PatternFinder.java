package dev.shiplog.record;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a pattern matches, within a budget: some patterns take time that doubles with each
 * char of some texts, and whoever sends the text is not who wrote the pattern.
 */
final class PatternFinder implements SecretFinder {
  /** How often the pattern may look at each char of a text. */
  private static final int STEPS_PER_CHAR = 100;

  private final Pattern pattern;
  private final int group;

  /** Finds what the whole pattern matches. */
  PatternFinder(Pattern pattern) {
    this(pattern, 0);
  }

  /** Finds what a group of the pattern matches. */
  PatternFinder(Pattern pattern, int group) {
    this.pattern = pattern;
    this.group = group;
  }

  @Override
  public boolean find(String text, BitSet hidden) {
    try {
      Matcher matcher = pattern.matcher(new CountedText(text));
      while (matcher.find()) {
        hidden.set(matcher.start(group), matcher.end(group));
      }
      return true;
    } catch (TooManySteps | StackOverflowError tooMuch) {
      return false;
    }
  }

  /** A text that can be looked at so and so often. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private long steps;

    CountedText(String text) {
      this.text = text;
      this.steps = (long) STEPS_PER_CHAR * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--steps < 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super(null, null, false, false);
    }
  }
}
