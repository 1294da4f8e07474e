package dev.shiplog.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS round another link, from the first byte on. Nothing in it waits: what the engine has to
 * compute, certificates first of all, is done by a disposable thread, since it may look things up
 * (revocation lists, a key in hardware) and has no timeout.
 *
 * <p>Never an {@code SSLSocket}: closing one waits behind a stalled write.
 *
 * <pre>
 *   chunks ─► engine.wrap ─► sealed ─► link ─► network
 *   answers ◄─ opened ◄─ engine.unwrap ◄─ received ◄─ link
 * </pre>
 */
final class TlsLink implements Link {
  /** Several records go out in one write. */
  private static final int SEALED_BYTES = 64 << 10;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Link link;
  private final SSLEngine engine;
  private final ThreadFactory threads;
  private final Runnable whenDone;

  /** Ready to be written out, from position to limit. */
  private final ByteBuffer sealed;

  /** What came and is not opened yet, from 0 to position. */
  private final ByteBuffer received;

  /** What is opened and not read yet, from position to limit. */
  private final ByteBuffer opened;

  private boolean connected;
  private boolean established;
  private boolean ended;
  private boolean wantsToWrite;
  private @Nullable Task task;

  TlsLink(Link link, SSLEngine engine, ThreadFactory threads, Runnable whenDone) {
    this.link = link;
    this.engine = engine;
    this.threads = threads;
    this.whenDone = whenDone;
    int record = engine.getSession().getPacketBufferSize();
    sealed = ByteBuffer.allocate(Math.max(SEALED_BYTES, 2 * record)).limit(0);
    received = ByteBuffer.allocate(2 * record);
    opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
  }

  @Override
  public boolean finishConnect() throws IOException {
    if (!connected) {
      if (!link.finishConnect()) {
        return false;
      }
      connected = true;
    }
    try {
      if (!established) {
        established = handshake();
      }
      boolean flushed = flush();
      link.wantsToWrite(!flushed);
      return established && flushed;
    } catch (SSLException e) {
      tell();
      throw explained(e);
    }
  }

  /** Goes on until the handshake is over, or something has to come first. */
  private boolean handshake() throws IOException {
    if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
      engine.beginHandshake();
    }
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> {
          if (!compute()) {
            return false;
          }
        }
        case NEED_WRAP -> {
          if (!flush()) {
            return false;
          }
          seal(new ByteBuffer[] {NOTHING}, 0, 1);
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          flush();
          if (!open()) {
            return false;
          }
        }
        default -> {
          return true;
        }
      }
    }
  }

  /** Lets another thread do the engine's tasks; true when they are done. */
  private boolean compute() {
    Task running = task;
    if (running == null) {
      Runnable first = engine.getDelegatedTask();
      if (first == null) {
        return true;
      }
      running = new Task(first);
      task = running;
      threads.newThread(running).start();
    }
    if (running.done) {
      task = null;
    }
    return running.done;
  }

  /** The engine's tasks, on a thread of their own. */
  private final class Task implements Runnable {
    private final Runnable first;
    private volatile boolean done;

    Task(Runnable first) {
      this.first = first;
    }

    @Override
    public void run() {
      try {
        for (Runnable next = first; next != null; next = engine.getDelegatedTask()) {
          next.run(); // what goes wrong in it, the engine says at the next wrap or unwrap
        }
      } finally {
        done = true;
        whenDone.run();
      }
    }
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    long taken = 0;
    try {
      boolean goesOn = true;
      while (goesOn && flush() && hasRemaining(buffers, offset, count)) {
        taken += seal(buffers, offset, count);
        goesOn = sealed.hasRemaining(); // else the engine wants to read first
      }
    } catch (SSLException e) {
      throw explained(e);
    }
    return taken;
  }

  @Override
  public boolean isFlushed() {
    return !sealed.hasRemaining();
  }

  private static boolean hasRemaining(ByteBuffer[] buffers, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (buffers[i].hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  /** Fills the empty buffer with records; returns how many bytes went into them. */
  private long seal(ByteBuffer[] buffers, int offset, int count) throws IOException {
    long taken = 0;
    int record = engine.getSession().getPacketBufferSize();
    sealed.clear();
    try {
      do {
        SSLEngineResult result = engine.wrap(buffers, offset, count, sealed);
        taken += result.bytesConsumed();
        boolean over = result.getStatus() == SSLEngineResult.Status.CLOSED;
        if (over && result.bytesProduced() == 0) {
          throw new SecurityFailure(Fault.CLOSED, "closed by the endpoint");
        }
        if (over || result.bytesProduced() == 0) {
          break;
        }
      } while (sealed.remaining() >= record && hasRemaining(buffers, offset, count));
    } finally {
      sealed.flip();
    }
    return taken;
  }

  /** Writes out what is sealed; true when nothing is left. */
  private boolean flush() throws IOException {
    if (sealed.hasRemaining()) {
      link.write(new ByteBuffer[] {sealed}, 0, 1);
    }
    return !sealed.hasRemaining();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      while (!opened.hasRemaining()) {
        boolean progress = open();
        if (opened.hasRemaining()) {
          break;
        }
        if (ended || engine.isInboundDone()) {
          return -1;
        }
        if (!progress || !answer()) {
          return 0;
        }
      }
      return moved(into);
    } catch (SSLException e) {
      throw explained(e);
    }
  }

  /** Sends what the engine has to say for itself, such as new keys; false if it has to wait. */
  private boolean answer() throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      return compute();
    }
    if (status != HandshakeStatus.NEED_WRAP) {
      return true;
    }
    boolean free = flush();
    if (free) {
      seal(new ByteBuffer[] {NOTHING}, 0, 1);
      flush();
    }
    link.wantsToWrite(wantsToWrite || !isFlushed());
    return free;
  }

  private int moved(ByteBuffer into) {
    int count = Math.min(into.remaining(), opened.remaining());
    into.put(into.position(), opened, opened.position(), count);
    into.position(into.position() + count);
    opened.position(opened.position() + count);
    return count;
  }

  /** Opens one record, of what is there or comes; false if there is none in full. */
  private boolean open() throws IOException {
    while (true) {
      received.flip();
      opened.compact();
      SSLEngineResult result;
      try {
        result = engine.unwrap(received, opened);
      } finally {
        received.compact();
        opened.flip();
      }
      switch (result.getStatus()) {
        case OK -> {
          return true;
        }
        case BUFFER_UNDERFLOW -> {
          int n = link.read(received);
          if (n < 0) {
            return end();
          }
          if (n == 0) {
            return false;
          }
        }
        case CLOSED -> {
          return end();
        }
        case BUFFER_OVERFLOW -> throw new SSLException("a record is larger than it may be");
      }
    }
  }

  private boolean end() throws SecurityFailure {
    if (!established) {
      throw new SecurityFailure(
          Fault.TLS, "closed by the endpoint in the TLS handshake: does it speak TLS?");
    }
    ended = true;
    return false;
  }

  /** Sends the alert that the engine has ready, if that goes without waiting. */
  private void tell() {
    try {
      if (task == null && flush()) {
        seal(new ByteBuffer[] {NOTHING}, 0, 1);
        flush();
      }
    } catch (IOException e) {
      // whoever goes does not care what the other side makes of it
    }
  }

  /** Names the reason, which the engine wraps several times over. */
  private static SecurityFailure explained(SSLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PeerCheck.Refused refused) {
        return new SecurityFailure(refused.fault(), String.valueOf(refused.getMessage()));
      }
    }
    String message = PeerCheck.cleaned(String.valueOf(e.getMessage()));
    if (message.contains("nrecognized SSL message")) {
      return new SecurityFailure(Fault.TLS, "it does not answer in TLS");
    }
    return new SecurityFailure(Fault.TLS, "TLS: " + message);
  }

  @Override
  public void wantsToWrite(boolean wants) {
    wantsToWrite = wants;
    link.wantsToWrite(wants || !isFlushed());
  }

  @Override
  public Failure unanswered(long millis) {
    return connected
        ? new Failure(Fault.TLS, "no TLS handshake in " + millis + " ms: does it speak TLS?")
        : link.unanswered(millis);
  }

  @Override
  public String address() {
    return link.address();
  }

  /** Says goodbye if that goes without waiting: half a record is not finished for it. */
  @Override
  public void close() {
    if (established && isFlushed()) {
      engine.closeOutbound();
      tell();
    }
    link.close();
  }
}
