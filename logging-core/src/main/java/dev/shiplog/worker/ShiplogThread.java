package dev.shiplog.worker;

/**
 * A thread of shiplog's own: a daemon, with no thread-locals and no context class loader of the
 * application that happened to create it, so that it keeps no web application in memory.
 *
 * <p>It is also the mark by which appenders know, refuse and count what shiplog's own threads log:
 * a log library that ships its own log events never comes to rest.
 */
public final class ShiplogThread extends Thread {
  /** A thread that is not started yet. */
  public ShiplogThread(String name, Runnable task) {
    super(null, task, name, 0, false);
    setDaemon(true);
    setContextClassLoader(null);
  }

  /** Whether the calling thread is one of shiplog's own. */
  public static boolean isCurrent() {
    return Thread.currentThread() instanceof ShiplogThread;
  }
}
