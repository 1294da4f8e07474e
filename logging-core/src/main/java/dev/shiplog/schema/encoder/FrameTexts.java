package dev.shiplog.schema.encoder;

import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.TextMask;
import java.util.Arrays;

/**
 * The lines of the frames that were written last, encoded: the same few hundred frames come again
 * in every trace of an application.
 *
 * <p>Safe for any thread: the table holds immutable entries of one encoding, and a lost one is made
 * again. It is bounded: frames that meet in a slot replace each other.
 */
final class FrameTexts {
  private static final int SLOTS = 512;
  private static final int MAX_BYTES = 256;

  private final Known[] slots = new Known[SLOTS];
  private final TextMask mask;
  private final boolean shorten;
  private final boolean newline;

  FrameTexts(StackTraceOptions options, TextMask mask) {
    this.mask = mask;
    shorten = options.shortenClassNames();
    newline = options.format() != StackTraceOptions.Format.ARRAY;
  }

  /** Appends a frame's line, with the one tab that every frame has. */
  void append(StackTraceElement frame, RecordWriter to) {
    // enough to tell frames apart, at a third of what hashing all of a frame costs
    int hash = frame.getClassName().hashCode() + 31 * frame.getLineNumber();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Known known = slots[slot];
    if (known == null || !known.frame.equals(frame)) {
      int start = to.position();
      write(frame, to);
      int end = to.position();
      if (!to.textIsCut() && end - start <= MAX_BYTES) {
        slots[slot] = new Known(frame, Arrays.copyOfRange(to.buffer(), start, end));
      }
    } else if (!to.appendWhole(known.text)) {
      write(frame, to);
    }
  }

  private void write(StackTraceElement frame, RecordWriter to) {
    to.append('\t');
    to.append("at ");
    FrameText.append(MaskedFrame.of(frame, mask), shorten, to);
    if (newline) {
      to.append('\n');
    }
  }

  private static final class Known {
    final StackTraceElement frame;
    final byte[] text;

    Known(StackTraceElement frame, byte[] text) {
      this.frame = frame;
      this.text = text;
    }
  }
}
