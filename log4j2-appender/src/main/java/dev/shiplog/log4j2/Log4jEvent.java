package dev.shiplog.log4j2;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.ThrowableProxy;
import org.apache.logging.log4j.core.time.Instant;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.util.ReadOnlyStringMap;
import org.apache.logging.log4j.util.TriConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An event of Log4j's as everything behind the adapter sees it. Reused: it shows one event after
 * the other, each between {@link #show} and {@link #clear}, to one thread at a time.
 *
 * <p>Log4j's own events are reused too, and their messages: nothing of them is kept. Whatever an
 * event of somebody's own making returns where Log4j's would not, null above all, is taken for
 * nothing.
 */
final class Log4jEvent implements dev.shiplog.event.LogEvent {
  private static final TriConsumer<String, @Nullable Object, FieldVisitor> FIELD =
      (name, value, visitor) -> visitor.field(name, value);

  /** Under this name stands the ThreadContext stack. */
  private static final String STACK = "ndc";

  private final MarkerNames markerNames = new MarkerNames();
  private final MessageText messageText = new MessageText();
  private @Nullable LogEvent shown;
  private long epochSecond;
  private int nano;
  private boolean formatted;
  private @Nullable CharSequence text;
  private @Nullable Thrown thrown;

  /** Shows {@code event} from now on. */
  Log4jEvent show(LogEvent event) {
    shown = event;
    Instant instant = event.getInstant();
    if (instant == null) {
      epochSecond = Math.floorDiv(event.getTimeMillis(), 1_000L);
      nano = Math.floorMod(event.getTimeMillis(), 1_000) * 1_000_000;
    } else {
      epochSecond = instant.getEpochSecond();
      nano = instant.getNanoOfSecond();
    }
    return this;
  }

  /** Forgets the event and everything reached through it. */
  void clear() {
    shown = null;
    formatted = false;
    text = null;
    thrown = null;
    messageText.clear();
  }

  private LogEvent event() {
    return Objects.requireNonNull(shown, "no event is shown");
  }

  @Override
  public long epochSecond() {
    return epochSecond;
  }

  @Override
  public int nanoOfSecond() {
    return nano;
  }

  @Override
  public Severity severity() {
    return Log4jSeverity.of(event().getLevel());
  }

  @Override
  public String logger() {
    String name = event().getLoggerName();
    return name == null ? "" : name;
  }

  @Override
  public @Nullable String thread() {
    return event().getThreadName();
  }

  @Override
  public @Nullable String message() {
    CharSequence text = messageText();
    return text == null ? null : text.toString();
  }

  @Override
  public @Nullable CharSequence messageText() {
    if (!formatted) {
      Message message = event().getMessage();
      text = message == null ? null : messageText.of(message);
      formatted = true;
    }
    return text;
  }

  @Override
  public @Nullable Thrown thrown() {
    if (thrown == null) {
      Throwable throwable = event().getThrown();
      if (throwable != null) {
        thrown = Thrown.of(throwable);
      } else {
        ThrowableProxy proxy = event().getThrownProxy();
        thrown = proxy == null ? null : ProxyThrown.of(proxy);
      }
    }
    return thrown;
  }

  @Override
  public @Nullable StackTraceElement caller() {
    return event().getSource();
  }

  /** Log4j's properties are variables of its configuration, and none of an event's. */
  @Override
  public void properties(FieldVisitor visitor) {}

  @Override
  public void context(FieldVisitor visitor) {
    ReadOnlyStringMap map = event().getContextData();
    if (map != null && !map.isEmpty()) {
      map.forEach(FIELD, visitor);
    }
    ThreadContext.ContextStack stack = event().getContextStack();
    if (stack != null && stack.getDepth() > 0) {
      visitor.field(stackName(map), stack.asList());
    }
  }

  /** A name that no entry of the map has: those of a context are taken to differ. */
  private static String stackName(@Nullable ReadOnlyStringMap map) {
    String name = STACK;
    while (map != null && map.containsKey(name)) {
      name = name + '_';
    }
    return name;
  }

  @Override
  public void keyValues(FieldVisitor visitor) {
    Message message = event().getMessage();
    if (message != null) {
      StructuredMessage.visit(message, visitor);
    }
  }

  @Override
  public void markers(Consumer<String> visitor) {
    Marker marker = event().getMarker();
    if (marker != null) {
      markerNames.visit(marker, visitor);
    }
  }
}
