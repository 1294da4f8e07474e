package dev.shiplog.testkit.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose connects are neither accepted nor refused: a firewall that drops packets.
 *
 * <p>It listens with a queue that is full, and the kernel answers no further SYN. That is Linux'
 * way; elsewhere a full queue may refuse.
 */
public final class UnansweredPort implements AutoCloseable {
  private static final int QUEUE_AT_MOST = 16;
  private static final int UNANSWERED_MILLIS = 200;

  private final ServerSocket server = new ServerSocket();
  private final List<Socket> queue = new ArrayList<>();

  /** Listens at a port that the system chooses, and fills its queue. */
  public UnansweredPort() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    while (queue.size() < QUEUE_AT_MOST) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), UNANSWERED_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    close();
    throw new IOException("a queue of 1 took " + QUEUE_AT_MOST + " connections");
  }

  /** The port. */
  public int port() {
    return server.getLocalPort();
  }

  /** Host and port. */
  public String address() {
    return server.getInetAddress().getHostAddress() + ":" + port();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : queue) {
      socket.close();
    }
  }
}
