package dev.shiplog.spring.accesslog;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The container's own writer, so that when it flushes stays the container's affair. What passes is
 * encoded once more, to be counted. As safe for several threads as what it passes everything on to.
 */
final class CountingWriter extends PrintWriter {
  private static final int CHARS = 512;

  private final PrintWriter target;
  private final LongAdder written;
  private final CharsetEncoder encoder;
  private final ReentrantLock counting = new ReentrantLock();

  /** Between two calls nothing, or the first half of a surrogate pair. */
  private final CharBuffer chars = CharBuffer.allocate(CHARS);

  private final ByteBuffer bytes;

  CountingWriter(PrintWriter target, Charset charset, LongAdder written) {
    super(target);
    this.target = target;
    this.written = written;
    this.encoder =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    this.bytes = ByteBuffer.allocate((int) Math.ceil(CHARS * encoder.maxBytesPerChar()));
  }

  @Override
  public void write(int c) {
    target.write(c);
    count(CharBuffer.wrap(new char[] {(char) c}));
  }

  @Override
  public void write(char[] text, int offset, int length) {
    target.write(text, offset, length);
    count(CharBuffer.wrap(text, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) {
    target.write(text, offset, length);
    count(CharBuffer.wrap(text, offset, offset + length));
  }

  /** Its parent's would go past our counting. */
  @Override
  public void println() {
    write(System.lineSeparator());
  }

  /** What follows is another text. */
  void forget() {
    counting.lock();
    try {
      chars.clear();
      encoder.reset();
    } finally {
      counting.unlock();
    }
  }

  private void count(CharBuffer text) {
    counting.lock();
    try {
      while (text.hasRemaining()) {
        int length = Math.min(chars.remaining(), text.remaining());
        chars.put(text.slice(text.position(), length)).flip();
        text.position(text.position() + length);
        encoder.encode(chars, bytes.clear(), false);
        written.add(bytes.position());
        chars.compact();
      }
    } finally {
      counting.unlock();
    }
  }
}
