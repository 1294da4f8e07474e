package dev.shiplog.spring.accesslog;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of a body that is written. What is flushed, and when, the application and the
 * container decide: whoever flushes for them commits a response that may yet become another.
 */
final class CountingResponse extends HttpServletResponseWrapper {
  private final LongAdder written = new LongAdder();
  private @Nullable ServletOutputStream stream;
  private @Nullable CountingWriter writer;

  CountingResponse(HttpServletResponse response) {
    super(response);
  }

  /** How many they are; what a container sends by itself is what the header says, or -1. */
  long bytes() {
    long counted = written.sum();
    String announced = getHeader("Content-Length");
    if (counted > 0 || announced == null) {
      return counted > 0 || stream != null || writer != null ? counted : -1;
    }
    try {
      return Long.parseLong(announced);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Forgets what was written: another answer takes its place, unless it is on its way. */
  void discard() {
    if (!isCommitted()) {
      written.reset();
      stream = null;
      writer = null;
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new Counting(super.getOutputStream());
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      PrintWriter own = super.getWriter();
      writer = new CountingWriter(own, Charset.forName(getCharacterEncoding()), written);
    }
    return writer;
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    discard();
    super.sendError(status, message);
  }

  @Override
  public void sendError(int status) throws IOException {
    discard();
    super.sendError(status);
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    written.reset();
    if (writer != null) {
      writer.forget();
    }
  }

  @Override
  public void reset() {
    super.reset();
    discard();
  }

  /** Passes everything on. */
  private final class Counting extends ServletOutputStream {
    private final ServletOutputStream target;

    Counting(ServletOutputStream target) {
      this.target = target;
    }

    @Override
    public boolean isReady() {
      return target.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      target.setWriteListener(listener);
    }

    @Override
    public void write(int b) throws IOException {
      target.write(b);
      written.increment();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
      written.add(length);
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }
}
