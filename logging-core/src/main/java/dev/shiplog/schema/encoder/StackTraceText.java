package dev.shiplog.schema.encoder;

import dev.shiplog.event.Thrown;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.TextMask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a throwable with its causes, suppressed throwables and common frames, in the form that
 * Logback and the JDK print and tools know how to read. Immutable.
 *
 * <pre>
 * java.lang.IllegalStateException: no canvas
 * \tat gallery.Easel.paint(Easel.java:42)
 * \t... 3 frames excluded
 * \tSuppressed: java.io.IOException: brush
 * \t\tat gallery.Brush.close(Brush.java:7)
 * Caused by: java.io.IOException: no paint
 * \tat gallery.Paint.open(Paint.java:12)
 * \t... 17 common frames omitted
 * </pre>
 *
 * <p>A trace that has less room than it takes is written once more with the room shared out: a long
 * message, or many frames, then leave some of it to the causes.
 */
final class StackTraceText {
  /** How deep suppressed throwables may be inside each other. */
  private static final int MAX_INDENT = 16;

  private final StackTraceOptions options;
  private final FrameTexts frames;

  StackTraceText(StackTraceOptions options, TextMask mask) {
    this.options = options;
    this.frames = new FrameTexts(options, mask);
  }

  /** Writes the trace as one value. */
  void write(Thrown thrown, EncodeSession session) {
    write(null, thrown, session);
  }

  /** Writes the trace as one value, behind a message if there is one. */
  void write(@Nullable String message, Thrown thrown, EncodeSession session) {
    RecordWriter to = session.writer;
    RecordWriter.Mark mark = to.mark(session.traceMark);
    write(message, thrown, new TraceLines(to, options, frames, false));
    // A trace cut by the record's limit is yet to be told how much it may have.
    boolean decided = session.refitting || options.maxBytes() < to.textCap();
    if (decided && to.textWasCut()) {
      to.rewriteText(mark);
      write(message, thrown, new TraceLines(to, options, frames, true));
    }
  }

  private void write(@Nullable String message, Thrown thrown, TraceLines lines) {
    lines.begin(message);
    if (options.rootCauseFirst()) {
      rootFirst(thrown, lines);
    } else {
      outerFirst(thrown, lines, 0, "");
    }
    lines.end();
  }

  private void outerFirst(Thrown thrown, TraceLines lines, int indent, String caption) {
    String before = caption;
    @Nullable Thrown at = thrown;
    while (at != null && lines.throwable(at, indent, before)) {
      @Nullable Thrown cause = at.circular() ? null : at.cause();
      if (!at.circular()) {
        body(at, lines, indent, cause != null);
      }
      before = "Caused by: ";
      at = cause;
    }
  }

  private void rootFirst(Thrown thrown, TraceLines lines) {
    List<Thrown> chain = new ArrayList<>();
    @Nullable Thrown next = thrown;
    while (next != null && chain.size() < TraceLines.MAX_THROWABLES) {
      chain.add(next);
      next = next.circular() ? null : next.cause();
    }
    String caption = "";
    for (int i = chain.size() - 1; i >= 0; i--) {
      Thrown at = chain.get(i);
      if (!lines.throwable(at, 0, caption)) {
        return;
      }
      if (!at.circular()) {
        body(at, lines, 0, i > 0);
      }
      caption = "Wrapped by: ";
    }
  }

  private void body(Thrown thrown, TraceLines lines, int indent, boolean more) {
    int suppressed = thrown.suppressedCount();
    frames(thrown, lines, indent, more || suppressed > 0);
    if (indent == MAX_INDENT) {
      lines.omitted(suppressed, " suppressed omitted", indent);
      return;
    }
    for (int i = 0; i < suppressed && !lines.full(); i++) {
      outerFirst(thrown.suppressed(i), lines, indent + 1, "Suppressed: ");
    }
  }

  private void frames(Thrown thrown, TraceLines lines, int indent, boolean more) {
    int common = Math.min(thrown.commonFrames(), thrown.frameCount());
    int own = thrown.frameCount() - common;
    long reserve = lines.reserve(more);
    int written = 0;
    int excluded = 0;
    int i = 0;
    for (; i < own && written < options.maxFrames() && !lines.usedUpTo(reserve); i++) {
      StackTraceElement frame = thrown.frame(i);
      if (i > 0 && options.excludes(frame)) {
        excluded++;
        continue;
      }
      lines.omitted(excluded, " frames excluded", indent);
      excluded = 0;
      lines.frame(frame, indent);
      written++;
    }
    lines.omitted(excluded, " frames excluded", indent);
    lines.omitted(own - i, " frames truncated", indent);
    lines.omitted(common, " common frames omitted", indent);
  }
}
