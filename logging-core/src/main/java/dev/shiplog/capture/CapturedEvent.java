package dev.shiplog.capture;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was said, as an event. It has no MDC: that is the logging framework's, and core knows none.
 *
 * @param failure the throwable that it is about, or null
 */
record CapturedEvent(
    long epochSecond,
    int nanoOfSecond,
    Severity severity,
    String logger,
    String thread,
    String message,
    @Nullable Throwable failure)
    implements LogEvent {

  /** What was begun to be said at {@code time}. */
  static CapturedEvent of(
      Instant time,
      Severity severity,
      String logger,
      String thread,
      String message,
      @Nullable Throwable failure) {
    return new CapturedEvent(
        time.getEpochSecond(), time.getNano(), severity, logger, thread, message, failure);
  }

  @Override
  public @Nullable Thrown thrown() {
    return failure == null ? null : Thrown.of(failure);
  }

  @Override
  public @Nullable StackTraceElement caller() {
    return null;
  }

  @Override
  public void properties(FieldVisitor visitor) {}

  @Override
  public void context(FieldVisitor visitor) {}

  @Override
  public void keyValues(FieldVisitor visitor) {}

  @Override
  public void markers(Consumer<String> visitor) {}
}
