package dev.shiplog.schema.encoder;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How stack traces are written: {@code stackTrace.*}.
 *
 * @param format as one text, as an array of lines, or not at all
 * @param rootCauseFirst whether the innermost cause comes first
 * @param maxFrames how many frames of each throwable are written
 * @param maxBytes how many bytes the whole trace may have
 * @param exclude what is found in {@code class.method} of frames to leave out
 * @param shortenClassNames whether packages are cut to their first letters in frames
 * @param hash whether a record has a hash of the trace beside it
 */
public record StackTraceOptions(
    Format format,
    boolean rootCauseFirst,
    int maxFrames,
    int maxBytes,
    List<Pattern> exclude,
    boolean shortenClassNames,
    boolean hash) {
  /** One text, the outermost throwable first, all frames. */
  public static final StackTraceOptions DEFAULT =
      new StackTraceOptions(
          Format.STRING, false, Integer.MAX_VALUE, Integer.MAX_VALUE, List.of(), false, false);

  /** Copies its list. */
  public StackTraceOptions {
    exclude = List.copyOf(exclude);
  }

  /** The same where a trace cannot be an array. */
  StackTraceOptions asText() {
    return new StackTraceOptions(
        Format.STRING, rootCauseFirst, maxFrames, maxBytes, exclude, shortenClassNames, hash);
  }

  /** Whether a frame is one of those to leave out. */
  boolean excludes(StackTraceElement frame) {
    if (!exclude.isEmpty()) {
      String method = frame.getClassName() + '.' + frame.getMethodName();
      for (Pattern pattern : exclude) {
        if (pattern.matcher(method).find()) {
          return true;
        }
      }
    }
    return false;
  }

  /** What a stack trace is written as. */
  public enum Format {
    /** One text with line breaks in it. */
    STRING,
    /** An array of lines. */
    ARRAY,
    /** Nothing. */
    NONE
  }
}
