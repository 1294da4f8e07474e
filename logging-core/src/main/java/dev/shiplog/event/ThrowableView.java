package dev.shiplog.event;

import org.jspecify.annotations.Nullable;

/**
 * A throwable as everything behind sees it: read when it is asked for. For one thread, as long as
 * its event is valid.
 */
final class ThrowableView implements Thrown {
  private static final StackTraceElement UNKNOWN_FRAME =
      new StackTraceElement("unknown", "unknown", null, -1);
  private static final StackTraceElement[] NO_FRAMES = {};
  private static final Throwable[] NOTHING_SUPPRESSED = {};

  private final Throwable throwable;
  private final @Nullable ThrowableView enclosing;
  private final StackTraceElement[] frames;
  private final Throwable[] suppressed;
  private @Nullable ThrowableView cause;

  private ThrowableView(Throwable throwable, @Nullable ThrowableView enclosing) {
    this.throwable = throwable;
    this.enclosing = enclosing;
    StackTraceElement[] frames = throwable.getStackTrace();
    this.frames = frames == null ? NO_FRAMES : frames;
    Throwable[] suppressed = throwable.getSuppressed();
    this.suppressed = suppressed == null ? NOTHING_SUPPRESSED : suppressed;
  }

  static ThrowableView of(Throwable throwable) {
    return new ThrowableView(throwable, null);
  }

  @Override
  public String className() {
    return throwable.getClass().getName();
  }

  @Override
  public @Nullable String message() {
    return throwable.getMessage();
  }

  @Override
  public int frameCount() {
    return frames.length;
  }

  @Override
  public StackTraceElement frame(int index) {
    StackTraceElement frame = frames[index];
    return frame == null ? UNKNOWN_FRAME : frame;
  }

  @Override
  public int commonFrames() {
    if (enclosing == null) {
      return 0;
    }
    StackTraceElement[] outer = enclosing.frames;
    int common = 0;
    while (common < frames.length
        && common < outer.length
        && frame(frames.length - 1 - common).equals(enclosing.frame(outer.length - 1 - common))) {
      common++;
    }
    return common;
  }

  @Override
  public @Nullable Thrown cause() {
    if (cause == null) {
      Throwable next = throwable.getCause();
      cause = next == null ? null : new ThrowableView(next, this);
    }
    return cause;
  }

  @Override
  public int suppressedCount() {
    return suppressed.length;
  }

  @Override
  public Thrown suppressed(int index) {
    return new ThrowableView(suppressed[index], this);
  }

  @Override
  public boolean circular() {
    for (ThrowableView outer = enclosing; outer != null; outer = outer.enclosing) {
      if (outer.throwable == throwable) {
        return true;
      }
    }
    return false;
  }
}
