package dev.shiplog.testkit;

import java.util.regex.Pattern;

/**
 * A tag pattern as in fluentd's {@code <match …>}: {@code *} is one part of a tag, {@code **} any
 * number of them, none included, and {@code {a,b}} one of several.
 *
 * <p>So {@code gallery.**} is {@code gallery}, {@code gallery.access-log} and {@code gallery.a.b},
 * but not {@code galleryx}.
 */
public final class TagPattern {
  private final String pattern;
  private final Pattern regex;

  private TagPattern(String pattern) {
    this.pattern = pattern;
    this.regex = Pattern.compile(regex(pattern));
  }

  /** The pattern as it is written in a fluentd.conf, without the spaces that join several. */
  public static TagPattern of(String pattern) {
    return new TagPattern(pattern);
  }

  /** Whether the whole tag fits. */
  public boolean matches(String tag) {
    return regex.matcher(tag).matches();
  }

  @Override
  public String toString() {
    return pattern;
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    int alternatives = 0;
    int i = 0;
    while (i < pattern.length()) {
      if (pattern.startsWith(".**", i)) {
        // The dot goes with the parts that it leads: "a.**" is "a" as well.
        regex.append("(?:\\..*)?");
        i += 3;
      } else if (pattern.startsWith("**.", i)) {
        regex.append("(?:.*\\.)?");
        i += 3;
      } else if (pattern.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
      } else {
        char c = pattern.charAt(i++);
        if (c == '*') {
          regex.append("[^.]*");
        } else if (c == '{') {
          alternatives++;
          regex.append("(?:");
        } else if (c == '}' && alternatives > 0) {
          alternatives--;
          regex.append(')');
        } else if (c == ',' && alternatives > 0) {
          regex.append('|');
        } else {
          regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
    }
    return regex.append(")".repeat(alternatives)).toString();
  }
}
