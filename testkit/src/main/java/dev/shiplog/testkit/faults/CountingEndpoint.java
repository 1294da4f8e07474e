package dev.shiplog.testkit.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An endpoint for benchmarks: it takes packed frames, believes their {@code option.size},
 * acknowledges their chunk and looks at nothing else, so that the sender is what is measured.
 *
 * <p>Safe for any thread; one daemon thread for each connection.
 */
public final class CountingEndpoint implements AutoCloseable {
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final LongAdder chunks = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition counted = lock.newCondition();
  private long events;
  private long bytes;

  private CountingEndpoint() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** Listens on loopback, at a port that the system chooses. */
  public static CountingEndpoint start() {
    try {
      return new CountingEndpoint();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Host and port. */
  public String address() {
    return server.getInetAddress().getHostAddress() + ":" + port();
  }

  /** How many events came, as their frames said. */
  public long events() {
    lock.lock();
    try {
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes of whole frames came. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** How many frames came. */
  public long chunks() {
    return chunks.sum();
  }

  /** Waits until so many events came in all; false when they have not after so long. */
  public boolean await(long total, Duration deadline) throws InterruptedException {
    long left = deadline.toNanos();
    lock.lock();
    try {
      while (events < total && left > 0) {
        left = counted.awaitNanos(left);
      }
      return events >= total;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        // Closed, or the peer is gone; the loop knows which.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      PackedFrames frames = new PackedFrames(socket.getInputStream());
      while (frames.next()) {
        count(frames.size(), frames.length());
        if (frames.acknowledgement().length > 0) {
          socket.getOutputStream().write(frames.acknowledgement());
        }
      }
    } catch (IOException e) {
      // A sender that goes in the middle of a frame has the benchmark's own counts to answer to.
    } finally {
      open.remove(socket);
    }
  }

  private void count(long newEvents, long newBytes) {
    chunks.increment();
    lock.lock();
    try {
      events += newEvents;
      bytes += newBytes;
      counted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void daemon(Runnable work) {
    Thread thread = new Thread(work, "counting-endpoint:" + port());
    thread.setDaemon(true);
    thread.start();
  }
}
