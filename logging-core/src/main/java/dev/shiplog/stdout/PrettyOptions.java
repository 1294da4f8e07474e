package dev.shiplog.stdout;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What of an event people see. Immutable.
 *
 * @param maxBytes how long an event may be, with its newline and its trace; the rest is cut
 * @param context the name to show for a key of the MDC, or null to leave it out
 * @param keyValues the name to show for a key of the key-values, or null to leave it out
 * @param constants what every event has, by the name to show
 * @param callerData whether to show where an event was logged
 */
public record PrettyOptions(
    int maxBytes,
    UnaryOperator<@Nullable String> context,
    UnaryOperator<@Nullable String> keyValues,
    Map<String, ?> constants,
    boolean callerData,
    Trace trace) {

  /**
   * How traces are shown.
   *
   * @param maxBytes how long a whole trace may be, 0 for none at all
   * @param rootCauseFirst whether the innermost cause comes first
   * @param maxFrames how many frames of each throwable are shown
   * @param excluded which frames are counted alone, by {@code class.method}
   * @param shortened whether the packages of frames are cut to their first letters
   */
  public record Trace(
      int maxBytes,
      boolean rootCauseFirst,
      int maxFrames,
      Predicate<String> excluded,
      boolean shortened) {
    /** All of it, as the JDK prints it. */
    public static final Trace WHOLE =
        new Trace(Integer.MAX_VALUE, false, Integer.MAX_VALUE, method -> false, false);
  }

  /** Everything, within {@code maxBytes}. */
  public static PrettyOptions all(int maxBytes) {
    return new PrettyOptions(
        maxBytes, UnaryOperator.identity(), UnaryOperator.identity(), Map.of(), false, Trace.WHOLE);
  }
}
