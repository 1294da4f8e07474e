package dev.shiplog.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes in order, each write so much later: the way back of a distant endpoint. */
final class LateOutput extends OutputStream {
  private final OutputStream out;
  private final int millis;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "late output");
            thread.setDaemon(true);
            return thread;
          });

  LateOutput(OutputStream out, int millis) {
    this.out = out;
    this.millis = millis;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    var unused = later.schedule(() -> writeNow(copy), millis, TimeUnit.MILLISECONDS);
  }

  private void writeNow(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    later.shutdown();
  }
}
