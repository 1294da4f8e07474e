package dev.shiplog.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** How the endpoint is while calls are measured. */
enum EndpointState {
  /** Counts and acknowledges at once, in a process of its own. */
  UP {
    @Override
    Endpoint open() throws IOException {
      return new EndpointProcess(0);
    }
  },

  /** Accepts every connection and reads nothing of it. */
  STALLED {
    @Override
    Endpoint open() throws IOException {
      return new Stalled();
    }
  },

  /** Refuses: the port is bound, so that nobody else takes it, and nobody listens. */
  DOWN {
    @Override
    Endpoint open() throws IOException {
      return new Down();
    }
  };

  abstract Endpoint open() throws IOException;

  private static final class Stalled implements Endpoint {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> accepted = new ArrayList<>(); // of the acceptor alone

    Stalled() throws IOException {
      Thread acceptor = new Thread(this::accept, "stalled endpoint");
      acceptor.setDaemon(true);
      acceptor.start();
    }

    private void accept() {
      try {
        while (!server.isClosed()) {
          accepted.add(server.accept());
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public int port() {
      return server.getLocalPort();
    }

    /** The connections end with the process. */
    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private static final class Down implements Endpoint {
    private final Socket bound = new Socket();

    Down() throws IOException {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public int port() {
      return bound.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      bound.close();
    }
  }
}
