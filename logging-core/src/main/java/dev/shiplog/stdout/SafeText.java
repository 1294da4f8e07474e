package dev.shiplog.stdout;

/**
 * Text for a terminal in which whatever came from outside is shown and nothing of it is obeyed:
 * control characters, bidi overrides and other invisible ones stand as {@code \}{@code u001b}, and
 * a newline cannot start what looks like another event. Not safe for threads.
 *
 * <p>Holds a bounded number of bytes in UTF-8; what comes after is left out, and {@link #toString}
 * says so. Text of our own is whole or left out, so that no escape sequence is torn apart.
 */
final class SafeText {
  private static final String HEX = "0123456789abcdef";
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C; // needed by Persian
  private static final int ZERO_WIDTH_JOINER = 0x200D; // needed by emoji

  private static final String CUT = "... (cut)";

  private final StringBuilder text = new StringBuilder(256);
  private final String end;
  private int maxBytes;
  private int bytes;

  /** How much of the text leaves room to say that it was cut. */
  private int kept;

  private boolean cut;

  /**
   * A text of at most {@code maxBytes}.
   *
   * @param end what a text ends with that was cut, our own and ASCII
   */
  SafeText(int maxBytes, String end) {
    this.maxBytes = maxBytes;
    this.end = CUT + end;
  }

  /** Lets at most {@code more} bytes come after what there is. */
  void limit(int more) {
    maxBytes = Math.min(maxBytes, bytes + Math.min(more, maxBytes - bytes));
  }

  /** Whether something was left out, and all that comes now will be. */
  boolean full() {
    return cut;
  }

  /** Whether there is room for {@code size} bytes more, which are counted. */
  private boolean takes(int size) {
    if (!cut && bytes + size <= maxBytes) {
      if (bytes <= maxBytes - end.length()) {
        kept = text.length();
      }
      bytes += size;
      return true;
    }
    if (!cut) {
      cut = true;
      text.setLength(bytes <= maxBytes - end.length() ? text.length() : kept);
    }
    return false;
  }

  /** Appends text of our own, ASCII alone, as it is. */
  SafeText own(String trusted) {
    if (takes(trusted.length())) {
      text.append(trusted);
    }
    return this;
  }

  /** Appends a number with leading zeros. */
  SafeText digits(int number, int width) {
    String digits = Integer.toString(number);
    return own("0".repeat(Math.max(0, width - digits.length())) + digits);
  }

  /** Appends foreign text on one line: newlines too are shown. */
  SafeText line(String foreign) {
    return shown(foreign, "\\n");
  }

  /** Appends foreign text whose further lines each begin with {@code newline}. */
  SafeText lines(String foreign, String newline) {
    int end = foreign.length();
    while (end > 0 && (foreign.charAt(end - 1) == '\n' || foreign.charAt(end - 1) == '\r')) {
      end--;
    }
    return shown(foreign.substring(0, end), newline);
  }

  private SafeText shown(String foreign, String newline) {
    for (int i = 0; i < foreign.length() && !full(); i++) {
      char c = foreign.charAt(i);
      if (c >= ' ' && c < 0x7F) {
        if (takes(1)) {
          text.append(c);
        }
      } else if (c == '\n') {
        own(newline);
      } else if (c == '\r') {
        if (i + 1 == foreign.length() || foreign.charAt(i + 1) != '\n') {
          own("\\r");
        }
      } else if (c == '\t') {
        own("\\t");
      } else {
        int codePoint = foreign.codePointAt(i);
        if (isVisible(codePoint)) {
          visible(codePoint);
        } else {
          escape(codePoint);
        }
        i += Character.charCount(codePoint) - 1;
      }
    }
    return this;
  }

  private void visible(int codePoint) {
    if (takes(codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4)) {
      text.appendCodePoint(codePoint);
    }
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> // half a pair
          false;
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }

  private void escape(int codePoint) {
    StringBuilder escaped = new StringBuilder(12);
    for (char c : Character.toChars(codePoint)) {
      escaped.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        escaped.append(HEX.charAt(c >> shift & 0xF));
      }
    }
    own(escaped.toString());
  }

  @Override
  public String toString() {
    return cut ? text + end : text.toString();
  }
}
