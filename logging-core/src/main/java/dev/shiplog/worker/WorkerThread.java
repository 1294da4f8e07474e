package dev.shiplog.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link Worker} on one daemon thread until stopped. Safe for any thread.
 *
 * <p>A step that throws is told to the owner and followed by a pause; the thread lives on, since a
 * pipeline without its worker would only fill up.
 */
public final class WorkerThread {
  private static final long PAUSE_AFTER_ERROR_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Worker worker;
  private final Consumer<Throwable> onError;
  private final Thread thread;
  private volatile Runnable heartbeat = () -> {};
  private volatile boolean stopped;

  /**
   * Prepares the thread; {@link #start} starts it.
   *
   * @param onError told what a step threw, on the worker's thread, so that it can mend the worker
   */
  public WorkerThread(String name, Worker worker, Consumer<Throwable> onError) {
    this.worker = worker;
    this.onError = onError;
    this.thread = new ShiplogThread(name, this::run, worker.mayWait());
  }

  /** Starts the thread; {@code heartbeat} runs on it each time that there is nothing to do. */
  public void start(Runnable heartbeat) {
    this.heartbeat = heartbeat;
    thread.start();
  }

  /** Ends the worker's sleep, or its next one if it is awake. */
  public void wakeUp() {
    worker.wakeUp(thread);
  }

  /**
   * Lets the thread end after its step and waits for that, through interrupts, which are restored.
   *
   * @return whether the thread has ended (or never ran); a step that hangs leaves a daemon behind
   */
  public boolean stop(Duration timeout) {
    stopped = true;
    wakeUp();
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    try {
      while (thread.isAlive() && thread != Thread.currentThread()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return !thread.isAlive();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    while (!stopped) {
      Throwable error = thrownBy(this::step);
      if (error != null) {
        // what the owner's own recovery throws has nobody to be told to
        thrownBy(() -> onError.accept(error));
        LockSupport.parkNanos(this, PAUSE_AFTER_ERROR_NANOS);
      }
    }
    Throwable error = thrownBy(worker::onClose);
    if (error != null) {
      thrownBy(() -> onError.accept(error));
    }
  }

  private void step() {
    if (worker.doWork() == 0) {
      heartbeat.run();
      if (!stopped) {
        worker.idle(worker.idleNanos());
      }
    }
    // nobody has business interrupting this thread; a flag left up would turn sleep into a spin
    Thread.interrupted();
  }

  /** Even an Error: nobody above this thread could do better than go on. */
  private static @Nullable Throwable thrownBy(Runnable act) {
    try {
      act.run();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }
}
