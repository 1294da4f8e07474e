package dev.shiplog.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sockets and threads of an endpoint: one thread accepts, each connection has one of its own.
 * Safe for any thread.
 */
final class Listener {
  private static final long END_MILLIS = 5_000;

  private final ServerSocket server;
  private final @Nullable ServerTls tls;
  private final Received received;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final ReentrantLock turns = new ReentrantLock();
  private final Deque<Behaviour> inTurn = new ArrayDeque<>();

  private Listener(ServerSocket server, @Nullable ServerTls tls, Received received) {
    this.server = server;
    this.tls = tls;
    this.received = received;
  }

  /** Listens on loopback. */
  static Listener tcp(int port, int receiveBufferBytes, @Nullable ServerTls tls, Received received)
      throws IOException {
    ServerSocket server = new ServerSocket();
    if (receiveBufferBytes > 0) {
      // Before bind: accepted sockets inherit it, and the window is scaled by it.
      server.setReceiveBufferSize(receiveBufferBytes);
    }
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Listener(server, tls, received);
  }

  /** Listens on a Unix domain socket. */
  static Listener unix(Path socket, Received received) throws IOException {
    return new Listener(new UnixServerSocket(socket), null, received);
  }

  /** The port, 0 for a Unix domain socket. */
  int port() {
    return server.getLocalSocketAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  /** As an appender's {@code endpoint} wants it. */
  String address() {
    SocketAddress address = server.getLocalSocketAddress();
    return address instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : "unix://" + address;
  }

  void behave(List<Behaviour> behaviours) {
    turns.lock();
    try {
      inTurn.clear();
      inTurn.addAll(behaviours);
    } finally {
      turns.unlock();
    }
  }

  void start() {
    daemon("accept", this::accept);
  }

  void disconnect() {
    open.forEach(Connection::close);
  }

  void close() {
    try {
      server.close();
    } catch (IOException e) {
      received.problem("cannot close the listening socket: " + e);
    }
    disconnect();
    threads.forEach(Listener::awaitEnd);
  }

  /** A socket is open until the last thread that is blocked in it has left it. */
  private static void awaitEnd(Thread thread) {
    try {
      if (thread != Thread.currentThread()) {
        thread.join(END_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Socket spoken = tls == null ? socket : tls.over(socket);
        Connection connection = new Connection(socket, spoken, received);
        open.add(connection);
        if (server.isClosed()) {
          connection.close();
        }
        received.opened();
        Behaviour behaviour = next();
        daemon(connection.toString(), () -> serve(connection, behaviour));
      } catch (IOException e) {
        if (!server.isClosed()) {
          received.problem("cannot accept: " + e);
        }
      }
    }
  }

  private Behaviour next() {
    turns.lock();
    try {
      return inTurn.size() > 1 ? inTurn.remove() : inTurn.element();
    } finally {
      turns.unlock();
    }
  }

  private void serve(Connection connection, Behaviour behaviour) {
    try {
      behaviour.serve(connection);
    } catch (MalformedFrameException e) {
      received.problem(e.getMessage() + " (" + connection + ")");
    } catch (IOException e) {
      // The peer, or a test, cut the connection: what senders and tests do.
    } catch (RuntimeException | AssertionError e) {
      received.problem("the behaviour failed: " + e);
    } finally {
      connection.close();
      open.remove(connection);
      received.closed();
    }
  }

  private void daemon(String name, Runnable work) {
    Runnable whole =
        () -> {
          work.run();
          threads.remove(Thread.currentThread());
        };
    Thread thread = new Thread(whole, "forward-endpoint:" + address() + " " + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }
}
