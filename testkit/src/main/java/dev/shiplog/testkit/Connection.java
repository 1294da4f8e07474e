package dev.shiplog.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;

/**
 * One connection to a {@link ForwardEndpoint}, in the hands of its {@link Behaviour}.
 *
 * <p>Used by the one thread that serves it; only {@link #close()} is for any thread.
 */
public final class Connection {
  private final Socket socket;
  private final Socket spoken;
  private final Received received;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final InputStream in;
  private final FrameReader frames;
  private int pieceBytes = Integer.MAX_VALUE;
  private Duration pieceEvery = Duration.ZERO;
  private long readBytes;

  /**
   * A connection.
   *
   * @param socket which is closed in the end
   * @param spoken what is read and written: the same, or TLS in it
   */
  Connection(Socket socket, Socket spoken, Received received) throws IOException {
    this.socket = socket;
    this.spoken = spoken;
    this.received = received;
    this.in = new Counted(spoken.getInputStream());
    this.frames = new FrameReader(in);
    socket.setTcpNoDelay(true);
  }

  /** The next frame, or null when the peer has closed between two frames. */
  public @Nullable Frame read() throws IOException {
    return frames.read();
  }

  /** What a peer says in a handshake; null when it has closed. */
  @Nullable List<Value> readArray() throws IOException {
    return frames.readArray();
  }

  /** Whether something has come behind what was made into frames and arrays. */
  boolean hasMore() throws IOException {
    return readBytes > frames.totalReadBytes() || in.available() > 0;
  }

  /** Puts a frame where the tests see it. */
  public void store(Frame frame) {
    received.frame(frame);
  }

  /** Acknowledges a frame, if it asks for that. */
  public void acknowledge(Frame frame) throws IOException {
    String chunk = frame.chunk();
    if (chunk != null) {
      write(acknowledgement(chunk));
    }
  }

  /** The bytes of an acknowledgement. */
  public static byte[] acknowledgement(String chunk) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packMapHeader(1).packString("ack").packString(chunk);
      return packer.toByteArray();
    }
  }

  /** Sends these bytes in one write. */
  public void write(byte[] bytes) throws IOException {
    OutputStream out = spoken.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /**
   * Who the peer says it is, as a certificate's subject such as {@code CN=client}; null without TLS
   * or a certificate. Ends the handshake first.
   */
  public @Nullable String clientName() {
    if (!(spoken instanceof SSLSocket secured)) {
      return null;
    }
    try {
      return secured.getSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** Reads what comes without looking at it; false when the peer has closed. */
  public boolean skip(int bytes) throws IOException {
    byte[] piece = new byte[Math.min(bytes, 8192)];
    int left = bytes;
    while (left > 0) {
      int count = in.read(piece, 0, Math.min(left, piece.length));
      if (count < 0) {
        return false;
      }
      left -= count;
    }
    return true;
  }

  /** From now on reads at most so many bytes at a time, each time after a pause. */
  public void pace(int bytes, Duration every) {
    pieceBytes = bytes;
    pieceEvery = every;
  }

  /**
   * Waits.
   *
   * @throws SocketException when the endpoint closes meanwhile
   */
  public void pause(Duration time) throws IOException {
    try {
      if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SocketException("closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** Makes the close that follows a reset, as when the process behind it is killed. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
  }

  /** Closes at once; whoever reads, writes or waits here gets an {@link IOException}. */
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, which is what was wanted.
    }
  }

  @Override
  public String toString() {
    return "connection from " + socket.getRemoteSocketAddress();
  }

  /** Tells how much was read, and keeps the pace. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (!pieceEvery.isZero()) {
        pause(pieceEvery);
      }
      int count = super.read(buffer, offset, Math.min(length, pieceBytes));
      if (count > 0) {
        readBytes += count;
        received.bytes(count);
      }
      return count;
    }
  }
}
