package dev.shiplog.schema.encoder;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import dev.shiplog.record.TextMask;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event after the other without the secrets in its message, throwable, thread's name, markers
 * and place of call. Fields are left as they are, to be searched where they are written; so is the
 * logger's name, by which events are routed.
 *
 * <p>What has been searched is kept until {@link #forget}: a record may be written several times.
 * Belongs to a session; not thread-safe.
 */
final class MaskedEvent implements LogEvent {
  private final TextMask mask;
  private @Nullable LogEvent event;
  private @Nullable String message;
  private @Nullable String thread;
  private @Nullable Thrown thrown;

  MaskedEvent(TextMask mask) {
    this.mask = mask;
  }

  MaskedEvent of(LogEvent next) {
    forget();
    event = next;
    return this;
  }

  void forget() {
    event = null;
    message = null;
    thread = null;
    thrown = null;
  }

  private LogEvent event() {
    return Objects.requireNonNull(event);
  }

  @Override
  public long epochSecond() {
    return event().epochSecond();
  }

  @Override
  public int nanoOfSecond() {
    return event().nanoOfSecond();
  }

  @Override
  public Severity severity() {
    return event().severity();
  }

  @Override
  public String logger() {
    return event().logger();
  }

  @Override
  public @Nullable String thread() {
    if (thread == null) {
      thread = masked(event().thread());
    }
    return thread;
  }

  /** The thread's name as it is: to be compared, not written. */
  @Nullable String ownThread() {
    return event().thread();
  }

  @Override
  public @Nullable String message() {
    if (message == null) {
      message = masked(event().message());
    }
    return message;
  }

  @Override
  public @Nullable Thrown thrown() {
    if (thrown == null) {
      Thrown whole = event().thrown();
      thrown = whole == null ? null : new MaskedThrown(whole, mask);
    }
    return thrown;
  }

  @Override
  public @Nullable StackTraceElement caller() {
    StackTraceElement caller = event().caller();
    return caller == null ? null : MaskedFrame.of(caller, mask);
  }

  @Override
  public void properties(FieldVisitor visitor) {
    event().properties(visitor);
  }

  @Override
  public void context(FieldVisitor visitor) {
    event().context(visitor);
  }

  @Override
  public void keyValues(FieldVisitor visitor) {
    event().keyValues(visitor);
  }

  @Override
  @SuppressWarnings("NullAway") // some frameworks do have markers without a name
  public void markers(Consumer<String> visitor) {
    event().markers(name -> visitor.accept(masked(name)));
  }

  private @Nullable String masked(@Nullable String text) {
    return text == null ? null : mask.apply(text);
  }
}
