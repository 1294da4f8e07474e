package dev.shiplog.worker;

/**
 * A thread of shiplog's own: a daemon, with no thread-locals and no context class loader of the
 * application that happened to create it, so that it keeps no web application in memory.
 *
 * <p>It is also the mark by which appenders know, refuse and count what shiplog's own threads log:
 * a log library that ships its own log events never comes to rest.
 */
public final class ShiplogThread extends Thread {
  private final boolean mayWait;

  /** A thread that is not started yet, and must not wait for others of shiplog's own. */
  public ShiplogThread(String name, Runnable task) {
    this(name, task, false);
  }

  ShiplogThread(String name, Runnable task, boolean mayWait) {
    super(null, task, name, 0, false);
    this.mayWait = mayWait;
    setDaemon(true);
    setContextClassLoader(null);
  }

  /** Whether the calling thread is one of shiplog's own. */
  public static boolean isCurrent() {
    return Thread.currentThread() instanceof ShiplogThread;
  }

  /**
   * Whether the calling thread may wait for a sink: not one of those of shiplog's own that make
   * room, or that somebody waits for who ends a pipeline.
   */
  public static boolean currentMayWait() {
    return !(Thread.currentThread() instanceof ShiplogThread own) || own.mayWait;
  }
}
