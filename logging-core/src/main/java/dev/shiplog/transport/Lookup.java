package dev.shiplog.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One look-up of a host on a disposable thread, since {@code getaddrinfo} knows no timeout. Whoever
 * waits for it gives up when it likes; the thread ends by itself some day.
 */
final class Lookup {
  private volatile InetAddress @Nullable [] addresses;
  private volatile @Nullable String error;

  private Lookup() {}

  /** Starts looking; {@code whenDone} is called on the other thread. */
  static Lookup start(String host, Resolver resolver, ThreadFactory threads, Runnable whenDone) {
    Lookup lookup = new Lookup();
    threads
        .newThread(
            () -> {
              lookup.run(host, resolver);
              whenDone.run();
            })
        .start();
    return lookup;
  }

  private void run(String host, Resolver resolver) {
    String problem = "the look-up broke off";
    try {
      InetAddress[] found = resolver.resolve(host);
      if (found.length > 0) {
        addresses = found;
        return;
      }
      problem = "no address";
    } catch (IOException | RuntimeException e) {
      problem = e.toString();
    } finally {
      // set even when an Error passes through, or the look-up would never end
      if (addresses == null) {
        error = problem;
      }
    }
  }

  boolean isDone() {
    return addresses != null || error != null;
  }

  /** What was found, null while looking and after an error. */
  InetAddress @Nullable [] addresses() {
    return addresses;
  }

  /** Why nothing was found, null otherwise. */
  @Nullable String error() {
    return error;
  }
}
