package dev.shiplog.capture;

/** How a stack trace looks from outside. */
final class TraceText {
  /** A message has few lines; what comes after so many is not looked at. */
  private static final int MESSAGE_LINES = 32;

  private TraceText() {}

  /** Whether a line goes on with the trace before it. */
  static boolean continues(String line) {
    return isFrame(line, 0) || isSection(line);
  }

  /** Whether a line is the first of another throwable of a trace. */
  static boolean isSection(String line) {
    int at = afterSpace(line, 0);
    return line.startsWith("Caused by: ", at)
        || line.startsWith("Suppressed: ", at)
        || line.startsWith("Wrapped by: ", at);
  }

  /** Whether the line at {@code start} is a frame, or stands for some: {@code ... 3 more}. */
  static boolean isFrame(String text, int start) {
    int at = afterSpace(text, start);
    return at > start
        && (text.startsWith("at ", at)
            || text.startsWith("... ", at)
                && at + 4 < text.length()
                && Character.isDigit(text.charAt(at + 4)));
  }

  /**
   * Whether a line may be the first of a trace: it names something thrown, or begins with the name
   * of a class. Most of those that do are not: they come a moment later for it.
   */
  static boolean mayBegin(String line) {
    return continues(line)
        || line.contains("Exception")
        || line.contains("Error")
        || line.contains("Throwable")
        || beginsWithClass(line);
  }

  private static boolean beginsWithClass(String line) {
    int lastDot = -1;
    int at = 0;
    while (at < line.length() && (isName(line.charAt(at)) || line.charAt(at) == '.')) {
      lastDot = line.charAt(at) == '.' ? at : lastDot;
      at++;
    }
    return lastDot > 0
        && lastDot + 1 < at
        && Character.isUpperCase(line.charAt(lastDot + 1))
        && (at == line.length() || line.startsWith(": ", at));
  }

  private static boolean isName(char c) {
    return Character.isJavaIdentifierPart(c);
  }

  /** Whether a frame comes soon after {@code start}, where a line begins. */
  static boolean frameFollows(String text, int start) {
    int at = start;
    for (int i = 0; i < MESSAGE_LINES && at < text.length(); i++) {
      if (isFrame(text, at)) {
        return true;
      }
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end + 1;
    }
    return false;
  }

  private static int afterSpace(String text, int start) {
    int at = start;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
