package dev.shiplog.spring.accesslog;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of a body that is written. */
final class CountingResponse extends HttpServletResponseWrapper {
  private final LongAdder written = new LongAdder();
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  CountingResponse(HttpServletResponse response) {
    super(response);
  }

  /** How many they are; what a container sends by itself is what the header says, or -1. */
  long bytes() {
    PrintWriter open = writer;
    if (open != null) {
      open.flush();
    }
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
      // fixes the encoding, as the container's own would
      String encoding = getCharacterEncoding();
      setCharacterEncoding(encoding);
      writer =
          new PrintWriter(new OutputStreamWriter(new Counting(super.getOutputStream()), encoding));
    }
    return writer;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    super.flushBuffer();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    written.reset();
  }

  @Override
  public void reset() {
    super.reset();
    written.reset();
    stream = null;
    writer = null;
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
