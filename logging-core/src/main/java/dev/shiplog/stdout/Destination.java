package dev.shiplog.stdout;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a descriptor leads to.
 *
 * @param atomicBytes up to how many bytes of one write(2) the kernel keeps together while other
 *     threads write too; 0 where it promises nothing
 * @param terminal whether a person is looking
 * @param file device and inode; equal for two descriptors that lead to the same place
 */
record Destination(int atomicBytes, boolean terminal, String file) {
  /** Nothing is known: not Linux, or no /proc. */
  static final Destination UNKNOWN = new Destination(0, false, "");

  /** PIPE_BUF on Linux. A write of more to a pipe may be interleaved with others. */
  private static final int PIPE_BUF = 4096;

  private static final int FORMAT = 0170000;
  private static final int FIFO = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final int REGULAR = 0100000;

  /**
   * Looks at a descriptor through its link in {@code /proc/self/fd}.
   *
   * <p>Besides pipes, Linux keeps writes together on a regular file (it holds the inode's lock, and
   * without O_APPEND the lock of the shared offset), on a terminal (its write lock) and on a device
   * such as /dev/null. A stream socket may cut a write wherever its buffer is full.
   */
  static Destination of(Path link) {
    try {
      Map<String, Object> attributes = Files.readAttributes(link, "unix:mode,dev,ino");
      int format = ((Number) requireNonNull(attributes.get("mode"))).intValue() & FORMAT;
      boolean atomic = format == FIFO || format == CHARACTER_DEVICE || format == REGULAR;
      return new Destination(
          atomic ? PIPE_BUF : 0,
          format == CHARACTER_DEVICE && isTerminal(link),
          attributes.get("dev") + ":" + attributes.get("ino"));
    } catch (IOException | RuntimeException e) {
      return UNKNOWN; // one writer at a time is right everywhere
    }
  }

  private static boolean isTerminal(Path link) throws IOException {
    if (!Files.isSymbolicLink(link)) {
      return false;
    }
    String device = Files.readSymbolicLink(link).toString();
    return device.startsWith("/dev/pts/")
        || device.startsWith("/dev/tty")
        || device.equals("/dev/console");
  }
}
