package dev.shiplog.log4j2;

import dev.shiplog.event.Thrown;
import org.apache.logging.log4j.core.impl.ExtendedStackTraceElement;
import org.apache.logging.log4j.core.impl.ThrowableProxy;
import org.jspecify.annotations.Nullable;

/**
 * A throwable of which Log4j has but a description, because its event came from another process.
 * For one thread, as long as its event is valid.
 */
final class ProxyThrown implements Thrown {
  private static final StackTraceElement UNKNOWN_FRAME =
      new StackTraceElement("unknown", "unknown", null, -1);
  private static final ExtendedStackTraceElement[] NO_FRAMES = {};
  private static final ThrowableProxy[] NOTHING_SUPPRESSED = {};

  private final ThrowableProxy proxy;
  private final ExtendedStackTraceElement[] frames;
  private final ThrowableProxy[] suppressed;

  private ProxyThrown(ThrowableProxy proxy) {
    this.proxy = proxy;
    ExtendedStackTraceElement[] frames = proxy.getExtendedStackTrace();
    this.frames = frames == null ? NO_FRAMES : frames;
    ThrowableProxy[] suppressed = proxy.getSuppressedProxies();
    this.suppressed = suppressed == null ? NOTHING_SUPPRESSED : suppressed;
  }

  static ProxyThrown of(ThrowableProxy proxy) {
    return new ProxyThrown(proxy);
  }

  @Override
  public String className() {
    String name = proxy.getName();
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
    ExtendedStackTraceElement frame = frames[index];
    StackTraceElement element = frame == null ? null : frame.getStackTraceElement();
    return element == null ? UNKNOWN_FRAME : element;
  }

  @Override
  public int commonFrames() {
    // Log4j leaves the common frames of a description out, and only counts them
    return 0;
  }

  @Override
  public @Nullable Thrown cause() {
    ThrowableProxy cause = proxy.getCauseProxy();
    return cause == null ? null : new ProxyThrown(cause);
  }

  @Override
  public int suppressedCount() {
    return suppressed.length;
  }

  @Override
  public Thrown suppressed(int index) {
    return new ProxyThrown(suppressed[index]);
  }

  /** Log4j leaves a cause out that has been described before. */
  @Override
  public boolean circular() {
    return false;
  }
}
