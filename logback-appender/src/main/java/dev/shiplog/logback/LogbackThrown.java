package dev.shiplog.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.shiplog.event.Thrown;
import org.jspecify.annotations.Nullable;

/**
 * A throwable of Logback's as everything behind the adapter sees it. Read by one thread, as long as
 * its event is.
 */
final class LogbackThrown implements Thrown {
  private static final StackTraceElement UNKNOWN_FRAME =
      new StackTraceElement("unknown", "unknown", null, -1);
  private static final StackTraceElementProxy[] NO_FRAMES = {};
  private static final IThrowableProxy[] NOTHING_SUPPRESSED = {};

  private final IThrowableProxy proxy;
  private final @Nullable LogbackThrown enclosing;
  private final StackTraceElementProxy[] frames;
  private final IThrowableProxy[] suppressed;

  private LogbackThrown(IThrowableProxy proxy, @Nullable LogbackThrown enclosing) {
    this.proxy = proxy;
    this.enclosing = enclosing;
    StackTraceElementProxy[] frames = proxy.getStackTraceElementProxyArray();
    this.frames = frames == null ? NO_FRAMES : frames;
    IThrowableProxy[] suppressed = proxy.getSuppressed();
    this.suppressed = suppressed == null ? NOTHING_SUPPRESSED : suppressed;
  }

  static LogbackThrown of(IThrowableProxy proxy) {
    return new LogbackThrown(proxy, null);
  }

  @Override
  public String className() {
    String name = proxy.getClassName();
    return name == null ? "unknown" : name;
  }

  @Override
  public @Nullable String message() {
    return proxy.getMessage();
  }

  @Override
  public int frameCount() {
    return frames.length;
  }

  @Override
  public StackTraceElement frame(int index) {
    StackTraceElementProxy frame = frames[index];
    StackTraceElement element = frame == null ? null : frame.getStackTraceElement();
    return element == null ? UNKNOWN_FRAME : element;
  }

  @Override
  public int commonFrames() {
    return Math.max(0, Math.min(proxy.getCommonFrames(), frames.length));
  }

  @Override
  public @Nullable Thrown cause() {
    IThrowableProxy cause = proxy.getCause();
    return cause == null ? null : new LogbackThrown(cause, this);
  }

  @Override
  public int suppressedCount() {
    return suppressed.length;
  }

  @Override
  public Thrown suppressed(int index) {
    return new LogbackThrown(suppressed[index], this);
  }

  @Override
  public boolean circular() {
    return proxy.isCyclic() || (!(proxy instanceof ThrowableProxy) && enclosesItself());
  }

  /** Logback's own proxies end at a flagged reference; those of others may go round for ever. */
  private boolean enclosesItself() {
    for (LogbackThrown outer = enclosing; outer != null; outer = outer.enclosing) {
      if (outer.proxy == proxy) {
        return true;
      }
    }
    return false;
  }
}
