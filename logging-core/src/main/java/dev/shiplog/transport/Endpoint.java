package dev.shiplog.transport;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a forward endpoint listens.
 *
 * @param host a name, or an IPv4 or IPv6 address without brackets
 * @param port 1 to 65535
 * @param socket of a Unix domain socket, null for TCP
 */
public record Endpoint(String host, int port, @Nullable Path socket) {
  /** A TCP endpoint. */
  public Endpoint(String host, int port) {
    this(host, port, null);
  }

  /** A Unix domain socket on this machine. */
  public static Endpoint unix(Path socket) {
    return new Endpoint("localhost", 0, socket);
  }

  @Override
  public String toString() {
    if (socket != null) {
      return "unix://" + socket;
    }
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }
}
