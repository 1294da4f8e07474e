package dev.shiplog.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint speaks TLS.
 *
 * @param clients who must have signed its clients' certificates; null if they need none
 * @param protocols such as {@code TLSv1.2}; empty for what the JVM has
 */
record ServerTls(SSLContext context, @Nullable TestAuthority clients, List<String> protocols) {
  ServerTls {
    protocols = List.copyOf(protocols);
  }

  /** TLS in an accepted socket; the handshake begins with the first byte read or written. */
  Socket over(Socket socket) throws IOException {
    SSLSocket spoken =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), false);
    spoken.setUseClientMode(false);
    spoken.setNeedClientAuth(clients != null);
    if (!protocols.isEmpty()) {
      spoken.setEnabledProtocols(protocols.toArray(String[]::new));
    }
    return spoken;
  }
}
