package dev.shiplog.stdout;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.StampedLock;

/**
 * A descriptor of the process, written directly.
 *
 * <p>Descriptors 1 and 2 belong to the process, not to a sink: each has one instance here, and with
 * it one lock, however many sinks write to it. They are never closed.
 *
 * <p>A write that the kernel keeps together takes the lock for reading: two threads are in the
 * kernel at once. A longer one takes it for writing. A {@code FileChannel} would be closed by an
 * interrupt, and the descriptor with it; a {@code FileOutputStream} ignores interrupts and leaves
 * the flag alone, but does not tell how much of a failed write was written.
 */
final class Descriptor implements Output {
  private static final Destination OUT_LEADS_TO = Destination.of(Path.of("/proc/self/fd/1"));
  private static final Destination ERR_LEADS_TO = Destination.of(Path.of("/proc/self/fd/2"));

  static final Descriptor OUT =
      new Descriptor(new FileOutputStream(FileDescriptor.out), OUT_LEADS_TO, new Line());

  /** Shares the line of {@link #OUT} if both lead to the same pipe, as after {@code 2>&1}. */
  static final Descriptor ERR =
      new Descriptor(
          new FileOutputStream(FileDescriptor.err),
          ERR_LEADS_TO,
          !ERR_LEADS_TO.file().isEmpty() && ERR_LEADS_TO.file().equals(OUT_LEADS_TO.file())
              ? OUT.line
              : new Line());

  private final FileOutputStream out;
  private final Destination destination;
  private final Line line;

  Descriptor(FileOutputStream out, Destination destination, Line line) {
    this.out = out;
    this.destination = destination;
    this.line = line;
  }

  /** Whether this leads to a terminal. */
  boolean terminal() {
    return destination.terminal();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    boolean together = length <= destination.atomicBytes();
    long stamp = together ? line.lock.readLock() : line.lock.writeLock();
    try {
      if (!line.torn) {
        put(bytes, offset, length);
        return;
      }
    } finally {
      line.lock.unlock(stamp);
    }
    writeAfterFailure(bytes, offset, length);
  }

  private void writeAfterFailure(byte[] bytes, int offset, int length) throws IOException {
    byte[] fresh = Output.onFreshLine(bytes, offset, length);
    long stamp = line.lock.writeLock();
    try {
      if (line.torn) {
        put(fresh, 0, fresh.length);
        line.torn = false;
      } else {
        put(bytes, offset, length);
      }
    } finally {
      line.lock.unlockWrite(stamp);
    }
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    boolean whole = false;
    try {
      out.write(bytes, offset, length);
      whole = true;
    } finally {
      if (!whole) {
        line.torn = true;
      }
    }
  }

  /** The line under way: who may write to it, and whether a failed write may have left a part. */
  static final class Line {
    private final StampedLock lock = new StampedLock();
    private volatile boolean torn;
  }
}
