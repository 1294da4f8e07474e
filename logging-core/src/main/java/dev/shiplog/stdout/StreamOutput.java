package dev.shiplog.stdout;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code System.out} or {@code System.err}, looked up at each write, with the descriptor beneath it
 * for when the stream cannot be used.
 *
 * <p>A {@code PrintStream} swallows its errors and remembers for ever that there was one. Once the
 * JVM's own stream is in that state the descriptor is written instead, which tells when it works
 * again; of anyone else's stream in that state nothing more can be known, and its events count as
 * failed until it is replaced.
 *
 * <p>Holds no lock: whoever logs from inside a stream of his own holds that stream's monitor.
 */
final class StreamOutput implements Output {
  /** Of all outputs: what a stream says while it is written is neither round again nor captured. */
  private static final Set<Thread> IN_FOREIGN_STREAM = ConcurrentHashMap.newKeySet();

  private final Supplier<PrintStream> current;
  private final @Nullable PrintStream own;
  private final Output descriptor;
  private final boolean preferDescriptor;
  private volatile boolean ownFailed;
  private volatile boolean torn;

  /**
   * @param own the stream that the JVM made for the descriptor, or null if it is not known
   * @param preferDescriptor whether to pass by the JVM's own stream
   */
  StreamOutput(
      Supplier<PrintStream> current,
      @Nullable PrintStream own,
      Output descriptor,
      boolean preferDescriptor) {
    this.current = current;
    this.own = own;
    this.descriptor = descriptor;
    this.preferDescriptor = preferDescriptor;
  }

  /** Whether the calling thread is writing to a stream that is not the JVM's own. */
  static boolean isWriting() {
    return IN_FOREIGN_STREAM.contains(Thread.currentThread());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    PrintStream stream = current.get();
    if (stream != own) {
      writeForeign(stream, bytes, offset, length);
    } else if (preferDescriptor || ownFailed) {
      descriptor.write(bytes, offset, length);
    } else {
      try {
        write(stream, bytes, offset, length);
      } catch (IOException e) {
        ownFailed = true;
        throw e;
      }
    }
  }

  private void writeForeign(PrintStream stream, byte[] bytes, int offset, int length)
      throws IOException {
    Thread caller = Thread.currentThread();
    if (!IN_FOREIGN_STREAM.add(caller)) {
      descriptor.write(bytes, offset, length); // the stream itself logs: not round again
      return;
    }
    try {
      write(stream, bytes, offset, length);
    } finally {
      IN_FOREIGN_STREAM.remove(caller);
    }
  }

  private void write(PrintStream stream, byte[] bytes, int offset, int length) throws IOException {
    boolean fresh = torn;
    try {
      if (fresh) {
        stream.write(Output.onFreshLine(bytes, offset, length), 0, length + 1);
      } else {
        stream.write(bytes, offset, length);
      }
    } catch (RuntimeException e) {
      torn = true;
      throw new IOException("the stream threw", e);
    }
    if (stream.checkError()) { // flushes
      torn = true;
      throw new IOException("the stream reports an error");
    }
    if (fresh) {
      torn = false;
    }
  }
}
