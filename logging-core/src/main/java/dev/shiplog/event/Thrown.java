package dev.shiplog.event;

import org.jspecify.annotations.Nullable;

/** A read-only view of a logged throwable, as valid as the {@link LogEvent} it came from. */
public interface Thrown {
  /** A throwable of the JVM's, read when it is asked for; to be used by one thread. */
  static Thrown of(Throwable throwable) {
    return ThrowableView.of(throwable);
  }

  /** The fully qualified name of the throwable's class. */
  String className();

  /** The throwable's message, or null if it has none. */
  @Nullable String message();

  /** How many frames the stack trace has, those shared with the enclosing trace included. */
  int frameCount();

  /** The frame at {@code index}, 0 being where it was thrown. */
  StackTraceElement frame(int index);

  /** How many of the last frames are the same as those of the enclosing trace; 0 at the top. */
  int commonFrames();

  /** The cause, or null. */
  @Nullable Thrown cause();

  /** How many throwables were suppressed in favour of this one. */
  int suppressedCount();

  /** The suppressed throwable at {@code index}. */
  Thrown suppressed(int index);

  /**
   * Whether this is a reference back to a throwable that encloses it: its trace is not repeated.
   */
  boolean circular();
}
