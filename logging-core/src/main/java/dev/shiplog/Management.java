package dev.shiplog;

import dev.shiplog.worker.ShiplogThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shows the pipelines that appenders run on as MBeans, where the JVM has JMX. Never throws; safe
 * for any thread.
 *
 * <p>The first MBean server of a JVM costs some 100 ms and asks for a logger, while the application
 * that starts us waits, or its logging is not ready itself. So a thread of ours asks for it, a
 * moment later; what starts after that is shown at once.
 */
final class Management {
  /** Longer than a logging framework takes to start, and shorter than anybody misses the beans. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Callable<MeterBeans> opener;
  private final Duration pause;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Unseen> unseen = new ArrayList<>();
  private boolean opening;
  private boolean absent;
  private @Nullable MeterBeans beans;

  private record Unseen(Running running, String context) {}

  /**
   * Shows pipelines in what {@code opener} makes, {@code pause} after the first of them started.
   */
  Management(Callable<MeterBeans> opener, Duration pause) {
    this.opener = opener;
    this.pause = pause;
  }

  /** Shows a pipeline until it is {@linkplain #hide hidden}. */
  void show(Running running, String context) {
    lock.lock();
    try {
      if (beans != null) {
        add(beans, running, context);
      } else if (!absent) {
        unseen.add(new Unseen(running, context));
        if (!opening) {
          opening = true;
          new ShiplogThread("shiplog-jmx", this::open).start();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shows a pipeline no longer. */
  void hide(Running running) {
    lock.lock();
    try {
      if (beans != null) {
        remove(beans, running);
      } else if (unseen.removeIf(one -> one.running() == running)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void open() {
    if (!isWanted()) {
      return;
    }
    MeterBeans opened = null;
    try {
      opened = opener.call();
    } catch (Exception | LinkageError e) {
      // a JVM without the module java.management, or one that forbids it: there are still the
      // meters in-process
    }
    lock.lock();
    try {
      beans = opened;
      absent = opened == null;
      if (opened != null) {
        for (Unseen one : unseen) {
          add(opened, one.running(), one.context());
        }
      }
      unseen.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the pause pass; whether something is left to be shown then. */
  private boolean isWanted() {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (left > 0 && !unseen.isEmpty()) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      opening = !unseen.isEmpty();
      lock.unlock();
    }
    return opening;
  }

  private static void add(MeterBeans beans, Running running, String context) {
    try {
      beans.add(running, running.meters(), context, running.settings().name());
    } catch (Exception | LinkageError e) {
      running.status().warn("its meters are not shown as an MBean", e);
    }
  }

  private static void remove(MeterBeans beans, Running running) {
    try {
      beans.remove(running);
    } catch (Exception | LinkageError e) {
      running.status().warn("its MBean is not removed", e);
    }
  }
}
