package dev.shiplog.stdout;

import java.io.IOException;

/**
 * Where whole records are written, by any thread.
 *
 * <p>What one call writes is not mixed with what another writes. After a call that failed, and so
 * may have left part of a line, the next one starts a line of its own.
 */
@FunctionalInterface
interface Output {
  /**
   * Writes whole records; waits as long as the reader lets it.
   *
   * @throws IOException if some or all of it was not written
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** The given bytes with a newline before them, for the first write after a failed one. */
  static byte[] onFreshLine(byte[] bytes, int offset, int length) {
    byte[] line = new byte[length + 1];
    line[0] = '\n';
    System.arraycopy(bytes, offset, line, 1, length);
    return line;
  }
}
