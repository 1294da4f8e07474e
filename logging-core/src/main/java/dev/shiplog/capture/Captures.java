package dev.shiplog.capture;

import static java.util.Objects.requireNonNull;

import dev.shiplog.status.Status;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Who captures what in this process. Each source has one owner; others who want it wait until that
 * one lets go. Safe for any thread.
 *
 * <p>Nothing is told or handed over under the lock: a status listener may print, and a pipe that
 * nobody reads would hold up whoever starts.
 */
public final class Captures {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Source, Tap> taps = new EnumMap<>(Source.class);

  /**
   * The captures of this process; there is no use in two of them.
   *
   * @param ownWrite whether the calling thread is writing a record of ours to a stream
   */
  public Captures(BooleanSupplier ownWrite) {
    Recursion recursion = new Recursion();
    tap(Source.SYSTEM_OUT, at -> new StreamHook(StandardStream.OUT, at, recursion, ownWrite));
    tap(Source.SYSTEM_ERR, at -> new StreamHook(StandardStream.ERR, at, recursion, ownWrite));
    tap(Source.UNCAUGHT, UncaughtHook::new);
    tap(Source.JUL, at -> new JulHook(at, recursion));
  }

  private void tap(Source source, Function<Outlet, Hook> factory) {
    taps.put(source, new Tap(source, factory));
  }

  /**
   * A claim to some sources.
   *
   * @param appender the name of the appender that wants them
   * @param maxEventBytes what a record of its pipeline may have
   * @param status told who else has what is claimed
   */
  public Capture claim(
      String appender, Set<Source> sources, Target target, int maxEventBytes, Status status) {
    return sources.isEmpty()
        ? Capture.NONE
        : new Claim(this, appender, Set.copyOf(sources), target, maxEventBytes, status);
  }

  /** The stream that was there before we captured it; any other one is itself. */
  public static PrintStream beneath(PrintStream stream) {
    PrintStream beneath = stream;
    while (beneath instanceof CapturedStream captured) {
      beneath = captured.original();
    }
    return beneath;
  }

  void hold(Claim claim) {
    List<Runnable> later = new ArrayList<>();
    lock.lock();
    try {
      boolean arrived = !claim.isHeld();
      claim.addHolders(1);
      for (Source source : claim.sources()) {
        tap(source).add(claim, later);
        tap(source).settle(claim, arrived, later);
      }
    } finally {
      lock.unlock();
    }
    later.forEach(Runnable::run);
  }

  void letGo(Claim claim) {
    List<Runnable> later = new ArrayList<>();
    lock.lock();
    try {
      claim.addHolders(-1);
      claim.sources().forEach(source -> tap(source).settle(claim, false, later));
    } finally {
      lock.unlock();
    }
    later.forEach(Runnable::run);
  }

  void close(Claim claim) {
    List<Runnable> later = new ArrayList<>();
    lock.lock();
    try {
      for (Source source : claim.sources()) {
        tap(source).remove(claim);
        tap(source).settle(claim, false, later);
      }
    } finally {
      lock.unlock();
    }
    later.forEach(Runnable::run);
  }

  void flush(Claim claim) {
    hooks(claim).forEach(hook -> hook.flush(claim));
  }

  void exiting(Claim claim) {
    hooks(claim)
        .forEach(
            hook -> {
              hook.exiting();
              hook.flush(claim);
            });
  }

  private List<Hook> hooks(Claim claim) {
    List<Hook> hooks = new ArrayList<>();
    lock.lock();
    try {
      claim.sources().forEach(source -> tap(source).hookOf(claim, hooks::add));
    } finally {
      lock.unlock();
    }
    return hooks;
  }

  private Tap tap(Source source) {
    return requireNonNull(taps.get(source));
  }
}
