package dev.shiplog.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Context;
import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.TextPieces;
import dev.shiplog.event.Thrown;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.MDCAdapter;

/**
 * An event of Logback's as everything behind the adapter sees it. Reused: it shows one event after
 * the other, each between {@link #show} and {@link #clear}, to one thread at a time.
 *
 * <p>Whatever an event of somebody's own making returns where Logback's would not, null above all,
 * is taken for nothing.
 */
final class LogbackEvent implements LogEvent, BiConsumer<String, String> {
  private static final FieldVisitor NOBODY = (name, value) -> {};

  /** Null where logstash-logback-encoder is absent, and then no event is looked through for it. */
  private static final @Nullable StructuredFields STRUCTURED = StructuredFields.find();

  private final MarkerNames markerNames = new MarkerNames(STRUCTURED);
  private final @Nullable LoggerContext context;
  private @Nullable ILoggingEvent shown;
  private long epochSecond;
  private int nano;
  private @Nullable Thrown thrown;
  private FieldVisitor visitor = NOBODY;
  private @Nullable Object identity;
  private boolean identityIsKnown;

  /** A view of the events of one context; without one nothing is known of its MDC. */
  LogbackEvent(@Nullable Context context) {
    this.context = context instanceof LoggerContext loggers ? loggers : null;
  }

  /** Shows {@code event} from now on. */
  LogbackEvent show(ILoggingEvent event) {
    shown = event;
    Instant instant = event.getInstant();
    if (instant == null) {
      instant = Instant.ofEpochMilli(event.getTimeStamp());
    }
    epochSecond = instant.getEpochSecond();
    nano = instant.getNano();
    return this;
  }

  /** Forgets the event and everything reached through it. */
  void clear() {
    shown = null;
    thrown = null;
    identity = null;
    identityIsKnown = false;
  }

  private ILoggingEvent event() {
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
    return LogbackSeverity.of(event().getLevel());
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
    return event().getFormattedMessage();
  }

  /**
   * Filled in on the way as long as nobody has done so: an event that comes from another thread has
   * been made ready for it.
   */
  @Override
  public boolean messagePieces(TextPieces to) {
    ILoggingEvent event = event();
    if (event.getClass() != LoggingEvent.class || !isOfThisThread(event)) {
      return false;
    }
    String pattern = event.getMessage();
    Object[] arguments = event.getArgumentArray();
    boolean plain = pattern != null && arguments != null && PlainMessage.isPlain(arguments);
    if (plain) {
      PlainMessage.write(pattern, arguments, to);
    }
    return plain;
  }

  @SuppressWarnings("ReferenceEquality") // a thread hands out one object; another one costs time
  private static boolean isOfThisThread(ILoggingEvent event) {
    return event.getThreadName() == Thread.currentThread().getName();
  }

  @Override
  public @Nullable Thrown thrown() {
    if (thrown == null) {
      IThrowableProxy proxy = event().getThrowableProxy();
      thrown = proxy == null ? null : LogbackThrown.of(proxy);
    }
    return thrown;
  }

  @Override
  public @Nullable StackTraceElement caller() {
    StackTraceElement[] callers = event().getCallerData();
    return callers == null || callers.length == 0 ? null : callers[0];
  }

  @Override
  public void properties(FieldVisitor visitor) {
    LoggerContextVO context = event().getLoggerContextVO();
    if (context != null) {
      visit(context.getPropertyMap(), visitor);
    }
  }

  @Override
  public void context(FieldVisitor visitor) {
    visit(event().getMDCPropertyMap(), visitor);
  }

  /** Logback copies an MDC once for all events until it changes, and hands that copy out. */
  @Override
  public @Nullable Object contextIdentity() {
    if (!identityIsKnown) {
      identity = findIdentity();
      identityIsKnown = true;
    }
    return identity;
  }

  private @Nullable Object findIdentity() {
    ILoggingEvent event = event();
    MDCAdapter adapter = context == null ? null : context.getMDCAdapter();
    if (event.getClass() != LoggingEvent.class
        || adapter == null
        || adapter.getClass() != LogbackMDCAdapter.class) {
      return null;
    }
    Map<String, String> map = event.getMDCPropertyMap();
    // not one that somebody has set
    return map == ((LogbackMDCAdapter) adapter).getPropertyMap() ? map : null;
  }

  /** Iterating over the entries of Logback's unmodifiable map would allocate each of them. */
  private void visit(@Nullable Map<String, String> map, FieldVisitor visitor) {
    if (map == null || map.isEmpty()) {
      return;
    }
    this.visitor = visitor;
    try {
      map.forEach(this);
    } finally {
      this.visitor = NOBODY;
    }
  }

  /** One entry of the map that is visited. */
  @Override
  public void accept(String name, String value) {
    visitor.field(name, value);
  }

  @Override
  public void keyValues(FieldVisitor visitor) {
    ILoggingEvent event = event();
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (int i = 0; i < pairs.size(); i++) {
        KeyValuePair pair = pairs.get(i);
        if (pair != null) {
          visitor.field(pair.key, pair.value);
        }
      }
    }
    if (STRUCTURED != null) {
      STRUCTURED.visit(event, visitor);
    }
  }

  @Override
  public void markers(Consumer<String> visitor) {
    List<Marker> markers = event().getMarkerList();
    if (markers != null && !markers.isEmpty()) {
      markerNames.visit(markers, visitor);
    }
  }
}
