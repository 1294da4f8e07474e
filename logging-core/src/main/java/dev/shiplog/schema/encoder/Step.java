package dev.shiplog.schema.encoder;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Thrown;
import dev.shiplog.record.FieldName;
import dev.shiplog.record.Fragment;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.RecordWriter.Group;
import dev.shiplog.schema.TimeForm;
import dev.shiplog.schema.TraceForm;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one part of each record: a field, several, or none. Immutable, shared by all threads.
 *
 * <p>One class and a switch rather than a class for each part: a jump costs less than a call
 * through an interface whose classes differ from step to step, and at start one class is loaded.
 */
final class Step {
  private final Part part;
  private final FieldName name;
  private final Object detail;

  /** What a step writes, and what it needs for that beside its name. */
  enum Part {
    /** Needs a {@link Fragment}. */
    CONSTANTS,
    /** Needs a {@link Fragment} for each severity. */
    SEVERITY,
    /** Needs the number of decimals. */
    TIMESTAMP,
    MESSAGE,
    LOGGER,
    THREAD,
    /** Needs the function that takes it from the event. */
    TEXT,
    /** Needs {@link UserFieldNames}. */
    PROPERTIES,
    /** Needs {@link ContextFields}. */
    CONTEXT,
    /** Needs {@link UserFieldNames}. */
    KEY_VALUES,
    MARKERS,
    CALLER_CLASS,
    CALLER_METHOD,
    CALLER_FILE,
    CALLER_LINE,
    THROWN_TYPE,
    THROWN_MESSAGE,
    /** Needs a {@link StackTraceText}. */
    STACK_TRACE,
    /** Needs a {@link StackTraceHash}. */
    STACK_HASH,
    SEQUENCE,
    /** Needs the number of decimals. */
    SECONDS,
    /** Needs the number of decimals. */
    NANOS,
    /** Needs a {@link MessageText}. */
    MESSAGE_FORM,
    CALLER_FUNCTION,
    TRACE_ID,
    /** Needs what stands before the id. */
    TRACE_NAME,
    SPAN_ID,
    TRACE_SAMPLED,
    TRACE_FLAGS,
    /** Needs the shape of the group. */
    OPEN,
    /** Needs the shape of the group. */
    CLOSE,
    /** Needs {@link Notes}. */
    NOTES
  }

  private Step(Part part, FieldName name, Object detail) {
    this.part = part;
    this.name = name;
    this.detail = detail;
  }

  /** A part that needs nothing but its name. */
  static Step of(Part part, FieldName name) {
    return new Step(part, name, part);
  }

  static Step constants(FieldName first, Fragment fragment) {
    return new Step(Part.CONSTANTS, first, fragment);
  }

  static Step severity(FieldName name, Fragment[] bySeverity) {
    return new Step(Part.SEVERITY, name, bySeverity);
  }

  static Step timestamp(FieldName name, TimeForm form, int decimals) {
    Part part =
        switch (form) {
          case ISO -> Part.TIMESTAMP;
          case SECONDS -> Part.SECONDS;
          case NANOS -> Part.NANOS;
        };
    return new Step(part, name, decimals);
  }

  static Step message(FieldName name, MessageText form) {
    return new Step(Part.MESSAGE_FORM, name, form);
  }

  static Step trace(FieldName name, TraceForm form, String project) {
    return switch (form) {
      case ID -> of(Part.TRACE_ID, name);
      case GOOGLE_NAME ->
          new Step(
              Part.TRACE_NAME, name, project.isEmpty() ? "" : "projects/" + project + "/traces/");
      case SPAN_ID -> of(Part.SPAN_ID, name);
      case SAMPLED -> of(Part.TRACE_SAMPLED, name);
      case FLAGS -> of(Part.TRACE_FLAGS, name);
    };
  }

  static Step open(FieldName name, Group shape) {
    return new Step(Part.OPEN, name, shape);
  }

  static Step close(FieldName name, Group shape) {
    return new Step(Part.CLOSE, name, shape);
  }

  /** Tells what is missing from the record, if anything is. */
  static Step notes(Notes notes) {
    return new Step(Part.NOTES, notes.truncated(), notes);
  }

  static Step text(FieldName name, Function<LogEvent, @Nullable String> value) {
    return new Step(Part.TEXT, name, value);
  }

  static Step users(Part part, FieldName name, UserFieldNames names) {
    return new Step(part, name, names);
  }

  static Step context(FieldName name, ContextFields fields) {
    return new Step(Part.CONTEXT, name, fields);
  }

  static Step stackTrace(FieldName name, StackTraceText text) {
    return new Step(Part.STACK_TRACE, name, text);
  }

  static Step stackHash(FieldName name, StackTraceHash hash) {
    return new Step(Part.STACK_HASH, name, hash);
  }

  /** The name that stands for the step where it fails. */
  FieldName name() {
    return name;
  }

  /** Whether a record is none without this, however little room there is. */
  boolean isFrame() {
    return part == Part.OPEN || part == Part.CLOSE || part == Part.NOTES;
  }

  // Kept short, what few schemas have apart: it is to be inlined where all steps are done.
  void write(LogEvent event, EncodeSession session) {
    switch (part) {
      case CONSTANTS -> constants(session);
      case SEVERITY -> session.writer.fragment(((Fragment[]) detail)[event.severity().ordinal()]);
      case TIMESTAMP -> timestamp(event, session.writer);
      case MESSAGE -> message(event, session);
      case LOGGER -> session.texts.write(name, event.logger());
      case THREAD -> session.texts.write(name, event.thread());
      case TEXT -> text(custom(event), session.writer);
      case PROPERTIES -> event.properties(session.userFields.from(users(), false));
      case CONTEXT -> context(event, session);
      case KEY_VALUES -> event.keyValues(session.userFields.from(users(), true));
      case MARKERS -> markers(event, session);
      case CALLER_CLASS, CALLER_METHOD, CALLER_FILE, CALLER_LINE, CALLER_FUNCTION ->
          caller(event, session);
      case THROWN_TYPE, THROWN_MESSAGE, STACK_TRACE -> thrown(event, session);
      case NOTES -> ((Notes) detail).write(session);
      default -> writeRare(event, session);
    }
  }

  private void writeRare(LogEvent event, EncodeSession session) {
    RecordWriter to = session.writer;
    switch (part) {
      case SEQUENCE -> number(session.sequence, to);
      case SECONDS -> {
        to.name(name);
        to.seconds(event.epochSecond(), event.nanoOfSecond(), (Integer) detail);
      }
      case NANOS -> {
        to.name(name);
        to.nanos(event.epochSecond(), event.nanoOfSecond(), (Integer) detail);
      }
      case MESSAGE_FORM ->
          ((MessageText) detail).write(name, event.message(), event.thrown(), session);
      case TRACE_ID -> session.texts.write(name, session.trace.traceId(event));
      case TRACE_NAME -> {
        String id = session.trace.traceId(event);
        text(id == null ? null : detail + id, to);
      }
      case SPAN_ID -> session.texts.write(name, session.trace.spanId(event));
      case TRACE_SAMPLED, TRACE_FLAGS -> traceFlags(session.trace.flags(event), to);
      case STACK_HASH -> stackHash(event.thrown(), to);
      case OPEN -> session.groups.open(name, (Group) detail, to);
      case CLOSE -> session.groups.close((Group) detail, to);
      default -> throw new AssertionError(part);
    }
  }

  private void number(long value, RecordWriter to) {
    to.name(name);
    to.number(value);
  }

  private void traceFlags(int flags, RecordWriter to) {
    if (flags >= 0) {
      to.name(name);
      if (part == Part.TRACE_FLAGS) {
        to.number(flags);
      } else {
        to.bool((flags & 1) == 1);
      }
    }
  }

  private void stackHash(@Nullable Thrown thrown, RecordWriter to) {
    if (thrown != null) {
      text(HexFormat.of().toHexDigits(((StackTraceHash) detail).of(thrown)), to);
    }
  }

  private void text(@Nullable CharSequence text, RecordWriter to) {
    if (text instanceof StringBuilder buffer) {
      to.field(name, buffer);
    } else if (text != null) {
      to.field(name, text.toString());
    }
  }

  private void constants(EncodeSession session) {
    if (!session.essential) {
      session.writer.fragment((Fragment) detail);
    }
  }

  private void timestamp(LogEvent event, RecordWriter to) {
    to.name(name);
    to.timestamp(event.epochSecond(), event.nanoOfSecond(), (Integer) detail);
  }

  // detail is what the factory method for this part was given
  @SuppressWarnings("unchecked")
  private @Nullable String custom(LogEvent event) {
    return ((Function<LogEvent, @Nullable String>) detail).apply(event);
  }

  private void context(LogEvent event, EncodeSession session) {
    ContextFields fields = (ContextFields) detail;
    TraceContext trace = session.trace;
    // what a span adds may have the name of an entry
    boolean repeating = trace.mayAdd(fields.trace());
    FieldVisitor visitor = session.context.begin(fields.names(), repeating);
    Object identity = event.contextIdentity();
    if (!session.context.knows(identity)) {
      trace.visit(event, fields.trace(), visitor);
    }
    session.context.end(identity);
  }

  private UserFieldNames users() {
    return (UserFieldNames) detail;
  }

  private void message(LogEvent event, EncodeSession session) {
    if (event.messagePieces(session.message.of(name))) {
      session.writer.endText();
    } else {
      text(event.messageText(), session.writer);
    }
  }

  private void markers(LogEvent event, EncodeSession session) {
    List<String> markers = session.markers;
    markers.clear();
    event.markers(session.markerCollector);
    if (!markers.isEmpty() && !session.essential) {
      Collections.sort(markers);
      session.writer.name(name);
      writeDistinct(markers, session.writer);
    }
    markers.clear();
  }

  private static void writeDistinct(List<String> sorted, RecordWriter to) {
    to.beginArray();
    for (int i = 0; i < sorted.size(); i++) {
      if (i == 0 || !sorted.get(i).equals(sorted.get(i - 1))) {
        to.text(sorted.get(i));
      }
    }
    to.endArray();
  }

  private void caller(LogEvent event, EncodeSession session) {
    StackTraceElement caller = session.essential ? null : event.caller();
    if (caller == null) {
      return;
    }
    switch (part) {
      case CALLER_CLASS -> text(caller.getClassName(), session.writer);
      case CALLER_METHOD -> text(caller.getMethodName(), session.writer);
      case CALLER_FILE -> text(caller.getFileName(), session.writer);
      case CALLER_FUNCTION ->
          text(caller.getClassName() + '.' + caller.getMethodName(), session.writer);
      default -> {
        if (caller.getLineNumber() >= 0) {
          number(caller.getLineNumber(), session.writer);
        }
      }
    }
  }

  private void thrown(LogEvent event, EncodeSession session) {
    Thrown thrown = event.thrown();
    if (thrown == null) {
      return;
    }
    if (part == Part.STACK_TRACE) {
      session.writer.name(name);
      ((StackTraceText) detail).write(thrown, session);
    } else {
      text(part == Part.THROWN_TYPE ? thrown.className() : thrown.message(), session.writer);
    }
  }
}
