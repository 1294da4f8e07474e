package dev.shiplog.testkit;

import java.io.IOException;

/**
 * What an endpoint does with a connection. An endpoint that misbehaves in a test is a lambda.
 *
 * <p>One behaviour may serve several connections at the same time, each on a thread of its own.
 */
@FunctionalInterface
public interface Behaviour {
  /**
   * Serves the connection from its first byte on; when this returns or throws, the connection is
   * closed. A blocking read or wait ends with an {@link IOException} when the endpoint closes.
   */
  void serve(Connection connection) throws IOException;

  /** Stores every frame, then acknowledges it if it asks for that. */
  static Behaviour acknowledging() {
    return connection -> {
      for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
        connection.store(frame);
        connection.acknowledge(frame);
      }
    };
  }

  /** Stores every frame and never answers. */
  static Behaviour silent() {
    return connection -> {
      for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
        connection.store(frame);
      }
    };
  }
}
