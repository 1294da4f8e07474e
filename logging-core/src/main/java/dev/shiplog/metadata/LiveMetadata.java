package dev.shiplog.metadata;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of this process, which may become more once: what ECS tells over HTTP, or in a file
 * that its agent has not finished yet, comes after the start.
 *
 * <p>For any thread. {@link #current()} never waits; another instance than before means that
 * something changed, and then whatever was encoded from it is to be encoded anew.
 */
public final class LiveMetadata {
  private static final int TRIES = 3;
  private static final Duration TRY = Duration.ofSeconds(1);
  private static final Duration BACK_OFF = Duration.ofMillis(250);

  private final Machine machine;
  private final Duration backOff;
  private final ReentrantLock refreshing = new ReentrantLock();
  private EcsDocuments documents = EcsDocuments.NONE; // guarded by refreshing
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Metadata current;

  LiveMetadata(Machine machine, Duration backOff) {
    this.machine = machine;
    this.backOff = backOff;
    this.current = Metadata.detect(machine);
  }

  /** Detects what files and environment tell, at once. */
  public static LiveMetadata of(Machine machine) {
    return new LiveMetadata(machine, BACK_OFF);
  }

  /** What is known now: an immutable snapshot, the same one until there is more. */
  public Metadata current() {
    return current;
  }

  /**
   * Runs {@code listener} each time there is more, on the thread that found it; at once, on this
   * one, if there is more already than the caller has seen.
   *
   * @param seen what {@link #current()} was when the caller looked
   * @return what takes the listener back
   */
  public Runnable onChange(Metadata seen, Runnable listener) {
    listeners.add(listener);
    if (current != seen) {
      listener.run();
    }
    return () -> listeners.remove(listener);
  }

  /**
   * Starts a daemon thread that does {@link #refresh()}, if there is anything to ask for; for
   * {@code metadata.http=auto}. Returns at once.
   */
  public void refreshInBackground() {
    if (Ecs.isAnnounced(machine)) {
      Thread thread = new Thread(null, this::refresh, "shiplog-metadata", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(null);
      thread.start();
    }
  }

  /**
   * Asks ECS, in this thread: three tries of at most 1 s with back-off in between, fewer once all
   * is known. Does nothing unless ECS has announced its endpoint or its file in the environment.
   */
  public void refresh() {
    if (!Ecs.isAnnounced(machine)) {
      return;
    }
    refreshing.lock();
    try {
      long wait = backOff.toNanos();
      tryOnce(); // even if all is there by now: it may not have been when we detected
      for (int i = 1; i < TRIES && isIncomplete(); i++, wait *= 4) {
        TimeUnit.NANOSECONDS.sleep(wait);
        tryOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      refreshing.unlock();
    }
  }

  private boolean isIncomplete() {
    return (endpoint() != null && !documents.isComplete()) || Ecs.isFileUnfinished(machine);
  }

  private void tryOnce() {
    String endpoint = endpoint();
    if (endpoint != null && !documents.isComplete()) {
      long deadline = System.nanoTime() + TRY.toNanos();
      documents = ask(endpoint, deadline);
    }
    Metadata found = Detection.of(machine, documents);
    if (!found.facts().equals(current.facts())) {
      current = found;
      listeners.forEach(Runnable::run);
    }
  }

  private EcsDocuments ask(String endpoint, long deadline) {
    EcsDocuments asked = documents;
    try {
      if (asked.container().isEmpty()) {
        String answer = LocalHttp.get(URI.create(endpoint), deadline);
        asked = new EcsDocuments(Json.object(answer), asked.task());
      }
      String answer = LocalHttp.get(URI.create(endpoint.concat("/task")), deadline);
      return new EcsDocuments(asked.container(), Json.object(answer));
    } catch (IOException | RuntimeException e) {
      return asked; // the facts stay as they are; what is missing is to be seen in the sources
    }
  }

  private @Nullable String endpoint() {
    String variable = Ecs.endpointVariable(machine);
    return variable == null ? null : machine.variable(variable);
  }
}
