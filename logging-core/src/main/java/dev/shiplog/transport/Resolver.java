package dev.shiplog.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a host; may block for as long as the system likes. */
@FunctionalInterface
public interface Resolver {
  /** All addresses of the host, in the order in which to try them. */
  InetAddress[] resolve(String host) throws UnknownHostException;
}
