package dev.shiplog.schema.encoder;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.record.ValueWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which trace one event belongs to: what its MDC tells, under the names that OpenTelemetry,
 * Micrometer and Elastic's agent use, else the span that is current. Belongs to a session, which
 * finds it out once for each event; not thread-safe.
 *
 * <p>Anything but a valid id is taken for none, and is an entry of the MDC like any other. An id of
 * 64 bits is padded to 128.
 *
 * <p>The current span is that of the thread that encodes, which behind an asynchronous appender is
 * another one than that of the event: there it says nothing, and the MDC alone is asked.
 */
final class TraceContext implements FieldVisitor {
  private static final int TRACE_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;
  private static final int FLAG_DIGITS = 2;
  private static final String ZEROS = "0".repeat(SPAN_DIGITS);
  private static final FieldVisitor NOBODY = (name, value) -> {};
  private static final TraceFields NONE = new TraceFields();

  /** Looked for once; null where nobody knows one, and then no event asks. */
  private static final @Nullable CurrentSpan CURRENT = CurrentSpan.find();

  private final @Nullable CurrentSpan currentSpan;
  private boolean read;
  private boolean fromSpan;
  private @Nullable String traceId;
  private @Nullable String spanId;
  private int flags = -1;

  /** The entries that were looked at last: most events are of the same span as the one before. */
  private @Nullable String lastTrace;

  private @Nullable String lastTraceId;
  private @Nullable String lastSpan;
  private @Nullable String lastSpanId;

  /** What the MDC of this identity told: most events have the same as the one before. */
  private @Nullable Object known;

  private @Nullable String knownTraceId;
  private @Nullable String knownSpanId;
  private int knownFlags;
  private FieldVisitor others = NOBODY;
  private TraceFields declared = NONE;

  TraceContext() {
    this(CURRENT);
  }

  TraceContext(@Nullable CurrentSpan currentSpan) {
    this.currentSpan = currentSpan;
  }

  /** Forgets the event. */
  void forget() {
    read = false;
    fromSpan = false;
    traceId = null;
    spanId = null;
    flags = -1;
  }

  /** The trace's id, or null. */
  @Nullable String traceId(LogEvent event) {
    return read(event).traceId;
  }

  /** The span's id, or null. */
  @Nullable String spanId(LogEvent event) {
    return read(event).spanId;
  }

  /** The trace's flags, or -1. */
  int flags(LogEvent event) {
    return read(event).flags;
  }

  /** Whether the current span may be among what {@link #visit} visits, beside the MDC's entries. */
  boolean mayAdd(TraceFields fields) {
    return currentSpan != null && !(fields.hasId() && fields.hasSpan());
  }

  /**
   * Visits the MDC but for what {@code fields} tell already; of a current span what they do not, as
   * if OpenTelemetry's agent had put it into the MDC.
   */
  void visit(LogEvent event, TraceFields fields, FieldVisitor visitor) {
    if (currentSpan == null && !fields.isAny()) {
      event.context(visitor);
      return;
    }
    others = visitor;
    declared = fields;
    try {
      event.context(this);
    } finally {
      others = NOBODY;
    }
    if (!read) {
      remember(event.contextIdentity());
      askCurrentSpan(event);
    }
    if (fromSpan && !fields.hasId()) {
      visitor.field("trace_id", traceId);
    }
    if (fromSpan && !fields.hasSpan()) {
      visitor.field("span_id", spanId);
    }
  }

  @SuppressWarnings("ReferenceEquality") // that is what an identity is
  private TraceContext read(LogEvent event) {
    if (!read) {
      try {
        Object identity = event.contextIdentity();
        if (identity != null && identity == known) {
          traceId = knownTraceId;
          spanId = knownSpanId;
          flags = knownFlags;
        } else {
          event.context(this);
          remember(identity);
        }
      } catch (Throwable failure) {
        // a context that fails is told where its entries are written
        if (ValueWriter.mustPass(failure)) {
          throw failure;
        }
      }
      askCurrentSpan(event);
    }
    return this;
  }

  private void remember(@Nullable Object identity) {
    known = identity;
    knownTraceId = traceId;
    knownSpanId = spanId;
    knownFlags = flags;
  }

  /** Once all that the MDC tells is known. */
  private void askCurrentSpan(LogEvent event) {
    read = true;
    CurrentSpan span = currentSpan;
    if (span == null || traceId != null || spanId != null) {
      return;
    }
    try {
      // virtual threads without a name all have the same: none
      String thread = event instanceof MaskedEvent masked ? masked.ownThread() : event.thread();
      if (thread != null && !thread.isEmpty() && thread.equals(Thread.currentThread().getName())) {
        span.tell(this);
      }
    } catch (Throwable failure) {
      // somebody else's tracer: the event has no trace then
      if (ValueWriter.mustPass(failure)) {
        throw failure;
      }
    }
  }

  /** Takes the valid ids and the flags of the current span. */
  void current(String trace, String span, byte traceFlags) {
    traceId = trace;
    spanId = span;
    flags = traceFlags & 0xFF;
    fromSpan = true;
  }

  @Override
  public void field(@Nullable String name, @Nullable Object value) {
    if (name == null || !(value instanceof String text) || !isTold(name, text)) {
      others.field(name, value);
    }
  }

  /** Whether a field of the schema tells what this entry does; takes what is new of it. */
  private boolean isTold(String name, String text) {
    return switch (name) {
      case "trace_id", "traceId", "trace.id" -> isTraceId(text) && declared.hasId();
      case "span_id", "spanId", "span.id" -> isSpanId(text) && declared.hasSpan();
      case "trace_flags", "traceFlags", "trace.flags" -> isFlags(text) && declared.hasFlags();
      default -> false;
    };
  }

  @SuppressWarnings("ReferenceEquality") // to look at the characters costs what is to be saved
  private boolean isTraceId(String text) {
    String known = traceId;
    if (known != null) {
      return known.equalsIgnoreCase(text)
          || text.length() == SPAN_DIGITS && known.equalsIgnoreCase(ZEROS + text);
    }
    if (text != lastTrace) {
      lastTraceId = id(text.length() == SPAN_DIGITS ? ZEROS + text : text, TRACE_DIGITS);
      lastTrace = text;
    }
    traceId = lastTraceId;
    return traceId != null;
  }

  @SuppressWarnings("ReferenceEquality") // as for the trace
  private boolean isSpanId(String text) {
    if (spanId == null) {
      if (text != lastSpan) {
        lastSpanId = id(text, SPAN_DIGITS);
        lastSpan = text;
      }
      spanId = lastSpanId;
      return spanId != null;
    }
    return spanId.equalsIgnoreCase(text);
  }

  private boolean isFlags(String text) {
    if (text.length() != FLAG_DIGITS || !isHex(text)) {
      return false;
    }
    int told = Integer.parseInt(text, 16);
    flags = flags < 0 ? told : flags;
    return flags == told;
  }

  private static @Nullable String id(String text, int digits) {
    boolean valid = text.length() == digits && isHex(text) && !isZero(text);
    return valid ? text.toLowerCase(Locale.ROOT) : null;
  }

  private static boolean isZero(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
        return false;
      }
    }
    return true;
  }
}
