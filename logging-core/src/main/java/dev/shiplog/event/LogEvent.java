package dev.shiplog.event;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of one event of whichever logging framework.
 *
 * <p>A view is valid during the logging call alone and is read by the calling thread alone; whoever
 * receives one must not keep it, nor anything reached through it.
 */
public interface LogEvent {
  /** Seconds since the epoch of the moment the event was logged. */
  long epochSecond();

  /** Nanoseconds within {@link #epochSecond()}, 0 to 999,999,999, as fine as the framework has. */
  int nanoOfSecond();

  /** The event's severity. */
  Severity severity();

  /** The logger's name; empty for the root logger of some frameworks. */
  String logger();

  /** The name of the thread that logged, or null where the framework does not know it. */
  @Nullable String thread();

  /** The message with its arguments filled in, or null where the caller logged null. */
  @Nullable String message();

  /**
   * The same text for whoever does without a String: some frameworks have it in a buffer, which
   * then is a {@link StringBuilder} that holds it until the event is over and must not be changed.
   */
  default @Nullable CharSequence messageText() {
    return message();
  }

  /**
   * Hands the same text over piece by piece, without making a String of it.
   *
   * @return false, with nothing handed over, where the event rather has the text as a whole
   */
  default boolean messagePieces(TextPieces to) {
    return false;
  }

  /** The throwable that was logged, or null if there was none. */
  @Nullable Thrown thrown();

  /** The place of the logging call, or null. May be costly; asked only if caller data is on. */
  @Nullable StackTraceElement caller();

  /** Visits the framework's own properties, such as Logback's context properties. */
  void properties(FieldVisitor visitor);

  /** Visits the MDC (Log4j 2: ThreadContext map). */
  void context(FieldVisitor visitor);

  /**
   * An object that no two contexts have: while it is the same as for the event before, {@link
   * #context} visits the same names and values, object by object, in the same order.
   *
   * @return null where the framework does not tell
   */
  default @Nullable Object contextIdentity() {
    return null;
  }

  /** Visits the key-values of the event, in the order of the call; a key may come twice. */
  void keyValues(FieldVisitor visitor);

  /** Visits the names of the event's markers and of all that they refer to; a name may repeat. */
  void markers(Consumer<String> visitor);
}
