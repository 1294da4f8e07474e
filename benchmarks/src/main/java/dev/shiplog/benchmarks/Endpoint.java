package dev.shiplog.benchmarks;

import java.io.Closeable;

/** What events are sent to, on a port of this machine. */
interface Endpoint extends Closeable {
  int port();
}
