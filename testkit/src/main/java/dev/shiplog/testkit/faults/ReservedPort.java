package dev.shiplog.testkit.faults;

import dev.shiplog.testkit.ForwardEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that refuses connections until an endpoint opens it.
 *
 * <p>A socket is bound to it but does not listen, so that nobody else can get the port, and a
 * client on loopback cannot be given it as its own and so meet itself.
 */
public final class ReservedPort implements AutoCloseable {
  private final Socket holder = new Socket();

  /** Reserves a port that the system chooses. */
  public ReservedPort() throws IOException {
    holder.setReuseAddress(true);
    holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** The port. */
  public int port() {
    return holder.getLocalPort();
  }

  /** Host and port, as {@link ForwardEndpoint#address()}. */
  public String address() {
    return holder.getLocalAddress().getHostAddress() + ":" + port();
  }

  /** Starts an endpoint there; the reservation goes on until this is closed. */
  public ForwardEndpoint open(ForwardEndpoint.Builder builder) {
    return builder.port(port()).start();
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
