package dev.shiplog.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A non-blocking way for bytes to an endpoint: TCP, or TLS or a handshake round another link, which
 * then are part of {@link #finishConnect}.
 */
interface Link {
  /** Goes on connecting; true when bytes may flow. */
  boolean finishConnect() throws IOException;

  /** Writes what goes without waiting, and says how many bytes of the buffers that were. */
  long write(ByteBuffer[] buffers, int offset, int count) throws IOException;

  /** Whether nothing of what was written is left on this side; {@link #write} sends it on. */
  default boolean isFlushed() {
    return true;
  }

  /** Reads what is there, 0 if nothing, -1 at the end. */
  int read(ByteBuffer into) throws IOException;

  /** Says what the selector is to wake for besides bytes to read. */
  void wantsToWrite(boolean wants);

  /** What it is that {@link #finishConnect} waits for, for when that did not come in time. */
  default Failure unanswered(long millis) {
    return new Failure(Fault.UNREACHABLE, "no answer in " + millis + " ms");
  }

  /** Whether the endpoint takes more than one chunk this way. */
  default boolean keepsAlive() {
    return true;
  }

  /** The remote address, for messages. */
  String address();

  /** Closes without waiting and without a word. */
  void close();
}
