package dev.shiplog.capture;

import dev.shiplog.event.Severity;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has printed on one stream and no event has told yet: a line without its end, and
 * the trace before it while it may go on. Used by whoever has taken it, one thread at a time.
 *
 * <p>Blank lines are left out. What has no end, or is too long for a record, comes in pieces: text
 * is never lost.
 */
final class LineAssembly {
  private final StandardStream stream;
  private final InstantSource clock;
  private final String thread;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder trace = new StringBuilder();
  private Instant lineBegan = Instant.EPOCH;
  private Instant traceBegan = Instant.EPOCH;
  private int lineBytes;
  private int traceBytes;
  private boolean traceHasFrames;
  private boolean endsInFrame;
  private @Nullable CharsetDecoder decoder;
  private byte[] undecoded = {};
  private long touchedNanos;

  LineAssembly(StandardStream stream, InstantSource clock, String thread) {
    this.stream = stream;
    this.clock = clock;
    this.thread = thread;
  }

  /** Takes bytes that are text in {@code charset}; a character may come in pieces. */
  void write(
      byte[] bytes,
      int offset,
      int length,
      Charset charset,
      int maxBytes,
      Consumer<CapturedEvent> out) {
    ByteBuffer in = ByteBuffer.allocate(undecoded.length + length);
    in.put(undecoded).put(bytes, offset, length).flip();
    CharsetDecoder decoder = this.decoder == null ? newDecoder(charset) : this.decoder;
    this.decoder = decoder;
    CharBuffer chars =
        CharBuffer.allocate((int) Math.ceil(in.remaining() * (double) decoder.maxCharsPerByte()));
    decoder.decode(in, chars, false);
    undecoded = new byte[in.remaining()];
    in.get(undecoded);
    append(chars.flip().toString(), maxBytes, out);
  }

  private static CharsetDecoder newDecoder(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** Takes text, and with {@code newLine} the end of a line after it. */
  void print(String text, boolean newLine, int maxBytes, Consumer<CapturedEvent> out) {
    endOfBytes();
    append(text, maxBytes, out);
    if (newLine) {
      endLine("", 0, maxBytes, out);
    }
  }

  /** Takes a whole trace, behind what may stand before it on its line. */
  void printTrace(String text, Throwable failure, Consumer<CapturedEvent> out) {
    endOfBytes();
    endTrace(out);
    begin();
    out.accept(event(lineBegan, stream.ofTraces(), line.append(text).toString(), failure));
    clearLine();
  }

  private void append(String text, int maxBytes, Consumer<CapturedEvent> out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        endLine(text, i + 1, maxBytes, out);
        continue;
      }
      int bytes = bytesInARecord(c);
      if (lineBytes + bytes > maxBytes && !Character.isLowSurrogate(c)) {
        endLine("", 0, maxBytes, out);
      }
      begin();
      line.append(c);
      lineBytes += bytes;
    }
  }

  private void begin() {
    if (line.length() == 0) {
      lineBegan = clock.instant();
    }
  }

  /** A character that was cut off by something else stands for itself. */
  private void endOfBytes() {
    if (undecoded.length > 0) {
      undecoded = new byte[0];
      begin();
      line.append('\uFFFD');
    }
    decoder = null;
  }

  /** Ends the line; what comes after it in the same call tells whether it belongs to a trace. */
  private void endLine(String following, int from, int maxBytes, Consumer<CapturedEvent> out) {
    String text = line.toString();
    if (!text.isBlank()) {
      boolean frame = TraceText.isFrame(text, 0);
      boolean more =
          frame
              || TraceText.isSection(text)
              || !endsInFrame && TraceText.frameFollows(following, from);
      if (trace.length() > 0 && (!more || traceBytes + lineBytes > maxBytes)) {
        endTrace(out);
      }
      if (trace.length() > 0) {
        trace.append('\n').append(text);
        traceBytes += lineBytes + 2;
        traceHasFrames |= frame;
        endsInFrame = frame;
      } else if (TraceText.mayBegin(text)) {
        beginTrace(text, frame);
      } else {
        out.accept(event(lineBegan, stream.ofLines(), text, null));
      }
    }
    clearLine();
  }

  private void beginTrace(String text, boolean frame) {
    trace.append(text);
    traceBegan = lineBegan;
    traceBytes = lineBytes;
    traceHasFrames = frame;
    endsInFrame = frame;
  }

  private void endTrace(Consumer<CapturedEvent> out) {
    if (trace.length() > 0) {
      Severity severity = traceHasFrames ? stream.ofTraces() : stream.ofLines();
      String text = trace.toString();
      trace.setLength(0);
      out.accept(event(traceBegan, severity, text, null));
    }
  }

  private void clearLine() {
    line.setLength(0);
    lineBytes = 0;
  }

  private CapturedEvent event(
      Instant time, Severity severity, String text, @Nullable Throwable failure) {
    return CapturedEvent.of(time, severity, stream.logger(), thread, text, failure);
  }

  /** Tells everything, ended or not. */
  void flush(int maxBytes, Consumer<CapturedEvent> out) {
    endOfBytes();
    endLine("", 0, maxBytes, out);
    endTrace(out);
  }

  boolean isEmpty() {
    return line.length() == 0 && trace.length() == 0 && undecoded.length == 0;
  }

  void touch(long nanos) {
    touchedNanos = nanos;
  }

  /** When its thread printed last, by the clock of {@link System#nanoTime}. */
  long touchedNanos() {
    return touchedNanos;
  }

  /** At most so many bytes a character takes in JSON; UTF-8 in MessagePack takes no more. */
  private static int bytesInARecord(char c) {
    if (c >= ' ' && c < 0x7F) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c == '\t' ? 2 : c < 0xA0 || c == '\u2028' || c == '\u2029' ? 6 : c < 0x800 ? 2 : 3;
  }
}
