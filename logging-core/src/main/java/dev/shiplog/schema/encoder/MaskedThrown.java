package dev.shiplog.schema.encoder;

import dev.shiplog.event.Thrown;
import dev.shiplog.record.TextMask;
import org.jspecify.annotations.Nullable;

/**
 * A throwable without the secrets in its class's name and message, its frames left as they are.
 * What has been searched is kept: a trace may be written several times. For one event.
 */
final class MaskedThrown implements Thrown {
  private final Thrown thrown;
  private final TextMask mask;
  private @Nullable String className;
  private @Nullable String message;
  private @Nullable MaskedThrown cause;

  MaskedThrown(Thrown thrown, TextMask mask) {
    this.thrown = thrown;
    this.mask = mask;
  }

  @Override
  public String className() {
    if (className == null) {
      className = mask.apply(thrown.className());
    }
    return className;
  }

  @Override
  public @Nullable String message() {
    if (message == null) {
      String whole = thrown.message();
      message = whole == null ? null : mask.apply(whole);
    }
    return message;
  }

  @Override
  public int frameCount() {
    return thrown.frameCount();
  }

  @Override
  public StackTraceElement frame(int index) {
    return thrown.frame(index);
  }

  @Override
  public int commonFrames() {
    return thrown.commonFrames();
  }

  @Override
  public @Nullable Thrown cause() {
    if (cause == null) {
      Thrown inner = thrown.cause();
      cause = inner == null ? null : new MaskedThrown(inner, mask);
    }
    return cause;
  }

  @Override
  public int suppressedCount() {
    return thrown.suppressedCount();
  }

  @Override
  public Thrown suppressed(int index) {
    return new MaskedThrown(thrown.suppressed(index), mask);
  }

  @Override
  public boolean circular() {
    return thrown.circular();
  }
}
