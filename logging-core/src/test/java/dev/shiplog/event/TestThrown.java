package dev.shiplog.event;

import org.jspecify.annotations.Nullable;

/** A throwable as a view, with common frames counted as the JDK does. */
record TestThrown(
    Throwable throwable, int commonFrames, boolean circular, @Nullable TestThrown enclosing)
    implements Thrown {

  static TestThrown of(Throwable throwable) {
    return new TestThrown(throwable, 0, false, null);
  }

  private Thrown inner(Throwable inner) {
    return new TestThrown(inner, common(inner), encloses(inner), this);
  }

  private boolean encloses(Throwable inner) {
    for (@Nullable TestThrown at = this; at != null; at = at.enclosing) {
      if (at.throwable == inner) {
        return true;
      }
    }
    return false;
  }

  private int common(Throwable inner) {
    StackTraceElement[] a = throwable.getStackTrace();
    StackTraceElement[] b = inner.getStackTrace();
    int n = 0;
    while (n < a.length && n < b.length && a[a.length - 1 - n].equals(b[b.length - 1 - n])) {
      n++;
    }
    return n;
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
    return throwable.getStackTrace().length;
  }

  @Override
  public StackTraceElement frame(int index) {
    return throwable.getStackTrace()[index];
  }

  @Override
  public @Nullable Thrown cause() {
    Throwable cause = throwable.getCause();
    return cause == null ? null : inner(cause);
  }

  @Override
  public int suppressedCount() {
    return throwable.getSuppressed().length;
  }

  @Override
  public Thrown suppressed(int index) {
    return inner(throwable.getSuppressed()[index]);
  }
}
