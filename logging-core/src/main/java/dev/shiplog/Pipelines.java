package dev.shiplog;

import dev.shiplog.config.Settings;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.Status;
import dev.shiplog.worker.ShiplogThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All pipelines of the process: those that run, and those that were given up and still drain.
 *
 * <p>Logback detaches its appenders before the new ones exist, Log4j 2 starts the new ones first;
 * either way an appender with equal settings gets the pipeline of its predecessor: one that drains,
 * or one that runs, and then runs for both until the last of them is stopped. One shutdown hook
 * drains what runs when the JVM ends, all side by side; it is there only while something runs.
 */
final class Pipelines {
  static final Pipelines INSTANCE = new Pipelines();

  /**
   * How long a drained pipeline stays open. A reload needs that long to read its file, and threads
   * that were about to log still come with the appenders of before.
   */
  private static final Duration HAND_OVER = Duration.ofSeconds(2);

  /** For what came after the drain; the endpoint has had its time by then. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  // not a method reference: that would load a class which a JVM without JMX cannot load
  private final Management management =
      new Management(() -> MeterBeans.ofThisJvm(), Management.PAUSE);

  /**
   * Held while a pipeline is made, so that equal ones are not made twice. That reads files and
   * tells what is wrong, to a console that may hang: the end of the process must not wait for it.
   */
  private final ReentrantLock starting = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition takenOver = lock.newCondition();

  /** Owner by owner: a pipeline is here once for each. */
  private final List<Running> running = new ArrayList<>();

  private final List<Running> draining = new ArrayList<>();
  private final List<Running> closing = new ArrayList<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private @Nullable Thread hook;

  private Pipelines() {}

  /**
   * The pipeline that runs with equal settings, or was given up and still drains, else a new one.
   *
   * @param loader where the user's classes are, beside the thread's context; one application does
   *     not run on those of another
   * @param context what the framework calls the configuration that the appender is part of
   */
  Running start(
      Settings settings,
      Status owner,
      @Nullable ClassLoader loader,
      String context,
      Supplier<Running> factory) {
    Running started = start(settings, owner, loader, factory);
    started.startCapture();
    management.show(started, context);
    watchers.forEach(Runnable::run);
    return started;
  }

  /** Runs {@code watcher} after a pipeline has come or gone, until what is returned is run. */
  Runnable watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  private Running start(
      Settings settings, Status owner, @Nullable ClassLoader loader, Supplier<Running> factory) {
    starting.lock();
    try {
      Running there = handOver(settings, owner, loader);
      return there == null ? started(factory.get()) : there;
    } finally {
      starting.unlock();
    }
  }

  private @Nullable Running handOver(
      Settings settings, Status owner, @Nullable ClassLoader loader) {
    lock.lock();
    try {
      for (Running candidate : running) {
        if (candidate.fits(settings, loader)) {
          return started(candidate.handedTo(owner));
        }
      }
      for (Running candidate : draining) {
        if (candidate.fits(settings, loader)) {
          draining.remove(candidate);
          takenOver.signalAll();
          return started(candidate.handedTo(owner));
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Running started(Running started) {
    boolean exiting = false;
    lock.lock();
    try {
      running.add(started);
      if (hook == null) {
        Thread registered = new ShiplogThread("shiplog-shutdown", this::drainAtExit);
        hook = registered;
        exiting = !isDone(() -> Runtime.getRuntime().addShutdownHook(registered));
      }
    } finally {
      lock.unlock();
    }
    if (exiting) {
      // nobody will do it later
      started.retire(started.drainTimeout());
    }
    return started;
  }

  /**
   * One owner less. After the last one drains in the background and closes, unless somebody takes
   * the pipeline over meanwhile.
   */
  void release(Running stopped) {
    management.hide(stopped);
    stopped.letCaptureGo();
    lock.lock();
    try {
      running.remove(stopped);
      for (int i = running.size() - 1; i >= 0; i--) {
        if (running.get(i).shares(stopped)) {
          running.get(i).tellOwner();
          return;
        }
      }
      draining.add(stopped);
    } finally {
      lock.unlock();
    }
    new ShiplogThread("shiplog-drain", () -> drainAndClose(stopped)).start();
  }

  private void drainAndClose(Running stopped) {
    stopped.drain(stopped.drainTimeout());
    lock.lock();
    try {
      if (isTakenOver(stopped)) {
        return;
      }
      draining.remove(stopped);
      closing.add(stopped);
    } finally {
      lock.unlock();
    }
    stopped.close(CLOSE_TIMEOUT);
    lock.lock();
    try {
      closing.remove(stopped);
      takeHookBack();
    } finally {
      lock.unlock();
    }
    watchers.forEach(Runnable::run);
  }

  /** Waits for somebody to take {@code stopped} over; needs the lock. */
  private boolean isTakenOver(Running stopped) {
    long left = HAND_OVER.toNanos();
    try {
      while (draining.contains(stopped) && left > 0) {
        left = takenOver.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !draining.contains(stopped);
  }

  private void takeHookBack() {
    Thread unneeded = hook;
    if (running.isEmpty() && draining.isEmpty() && closing.isEmpty() && unneeded != null) {
      hook = null;
      boolean unused = isDone(() -> Runtime.getRuntime().removeShutdownHook(unneeded));
    }
  }

  private void drainAtExit() {
    Duration longest = Duration.ZERO;
    for (Running at : all()) {
      longest = at.drainTimeout().compareTo(longest) > 0 ? at.drainTimeout() : longest;
    }
    sideBySide(at -> at.retire(at.drainTimeout()), longest.plus(Sink.OVERTIME));
  }

  /** Drains all pipelines side by side; returns when all are, or after {@code timeout}. */
  void drain(Duration timeout) {
    sideBySide(at -> at.drain(timeout), timeout);
  }

  private void sideBySide(Consumer<Running> how, Duration patience) {
    List<Running> all = all();
    CountDownLatch done = new CountDownLatch(all.size());
    for (Running at : all) {
      new ShiplogThread(
              "shiplog-drain",
              () -> {
                try {
                  how.accept(at);
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    try {
      done.await(patience.toNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All pipelines by the names of their appenders. */
  Map<String, Running> byName() {
    Map<String, Running> byName = new LinkedHashMap<>();
    for (Running at : all()) {
      String name = at.settings().name();
      for (int i = 2; byName.containsKey(name); i++) {
        name = at.settings().name() + '-' + i;
      }
      byName.put(name, at);
    }
    return byName;
  }

  /** Every pipeline once. */
  private List<Running> all() {
    lock.lock();
    try {
      List<Running> all = new ArrayList<>();
      for (Running at : running) {
        if (all.stream().noneMatch(at::shares)) {
          all.add(at);
        }
      }
      all.addAll(draining);
      all.addAll(closing);
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isDone(Runnable registration) {
    try {
      registration.run();
      return true;
    } catch (IllegalStateException e) {
      return false; // the JVM is exiting already: hooks can neither come nor go
    }
  }
}
