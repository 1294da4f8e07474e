package dev.shiplog.schema.encoder;

import dev.shiplog.event.Thrown;
import dev.shiplog.record.RecordWriter;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one trace, as one text or as an array of texts. Used for one trace by one thread.
 *
 * <p>Where the room is shared out, no message takes more than a quarter of what is left when its
 * turn comes, and no throwable's frames more than half of it while others are to follow.
 */
final class TraceLines {
  /** More throwables than anybody reads: what lies beyond is left out. */
  static final int MAX_THROWABLES = 1_000;

  private final RecordWriter to;
  private final StackTraceOptions options;
  private final FrameTexts frames;
  private final boolean array;
  private final boolean shared;
  private long limit;
  private int throwables;

  TraceLines(RecordWriter to, StackTraceOptions options, FrameTexts frames, boolean shared) {
    this.to = to;
    this.options = options;
    this.frames = frames;
    this.array = options.format() == StackTraceOptions.Format.ARRAY;
    this.shared = shared;
  }

  /**
   * Begins the value, with a message before the trace if there is one. The message counts among
   * what the text may have, not among what the trace may.
   */
  void begin(@Nullable String message) {
    if (array) {
      to.beginLines(options.maxBytes());
      limit = to.size() + Math.min(to.textCap(), options.maxBytes());
      return;
    }
    to.beginText();
    long start = to.size();
    int room = to.textCap();
    int prefix = 0;
    if (message != null) {
      limit = start + room;
      appendBefore(message);
      prefix = (int) Math.min(to.size() - start, room);
    }
    int trace = Math.min(room - prefix, options.maxBytes());
    to.textLimit(prefix + trace);
    limit = to.size() + trace;
  }

  /** At most half of the room for the message where it is shared. */
  private void appendBefore(String message) {
    int end = shared ? fitting(message, left() / 2) : message.length();
    to.append(end < message.length() ? message.substring(0, end) : message);
    to.append(end < message.length() ? "...\n" : "\n");
  }

  void end() {
    if (array) {
      to.endLines();
    } else {
      to.endText();
    }
  }

  /** Writes a throwable's first line; says false where there have been enough of them. */
  boolean throwable(Thrown thrown, int indent, String caption) {
    if (full()) {
      return false;
    }
    throwables++;
    boolean circular = thrown.circular();
    open(indent);
    to.append(caption);
    to.append(circular ? "[CIRCULAR REFERENCE: " : "");
    to.append(thrown.className());
    String message = thrown.message();
    if (message != null) {
      to.append(": ");
      appendMessage(message);
    }
    to.append(circular ? "]" : "");
    close();
    return true;
  }

  private void appendMessage(String message) {
    int end = shared ? fitting(message, left() / 4) : message.length();
    if (end < message.length()) {
      to.append(message.substring(0, end));
      to.append("...");
    } else {
      to.append(message);
    }
  }

  void frame(StackTraceElement frame, int indent) {
    open(indent);
    frames.append(frame, to);
    if (array) {
      to.endLine();
    }
  }

  void omitted(int count, String what, int indent) {
    if (count > 0) {
      open(indent + 1);
      to.append("... ");
      to.append(count);
      to.append(what);
      close();
    }
  }

  /** Whether more lines are of no use. */
  boolean full() {
    return throwables == MAX_THROWABLES || usedUpTo(0);
  }

  /** How much must be left when the frames that come next are written. */
  long reserve(boolean more) {
    return shared && more ? left() / 2 : 0;
  }

  /** Whether no more is left than {@code reserve}, or than anybody will keep. */
  boolean usedUpTo(long reserve) {
    return shared ? left() <= reserve || to.textIsFull() : to.hopeless();
  }

  private long left() {
    return Math.max(0, limit - to.size());
  }

  private void open(int indent) {
    if (array) {
      to.beginLine();
    }
    for (int i = 0; i < indent; i++) {
      to.append('\t');
    }
  }

  private void close() {
    if (array) {
      to.endLine();
    } else {
      to.append('\n');
    }
  }

  /** How many chars take at most {@code bytes} in any encoding; no pair is torn apart. */
  private static int fitting(String text, long bytes) {
    long used = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      used += c >= ' ' && c < 0x7F ? 1 : c < ' ' || Character.isSurrogate(c) ? 6 : 3;
      if (used > bytes) {
        break;
      }
      i++;
    }
    return i > 0 && i < text.length() && Character.isHighSurrogate(text.charAt(i - 1)) ? i - 1 : i;
  }
}
