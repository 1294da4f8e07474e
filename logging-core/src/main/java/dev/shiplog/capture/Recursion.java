package dev.shiplog.capture;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many captured events a thread has under way, one within the other: an exception whose message
 * prints, a schema that logs. A few are as good as any other; then it goes round. Safe for any
 * thread.
 */
final class Recursion {
  private static final int DEEPEST = 4;

  private final Map<Thread, Integer> depths = new ConcurrentHashMap<>();

  /** Whether what the calling thread says must not become an event any more. */
  boolean isTooDeep() {
    return depths.getOrDefault(Thread.currentThread(), 0) >= DEEPEST;
  }

  /** Whether the calling thread has any under way. */
  boolean isWithin() {
    return depths.containsKey(Thread.currentThread());
  }

  /** Runs {@code action}, which takes an event, one level deeper. */
  void within(Runnable action) {
    Thread caller = Thread.currentThread();
    int depth = depths.getOrDefault(caller, 0);
    depths.put(caller, depth + 1);
    try {
      action.run();
    } finally {
      if (depth == 0) {
        depths.remove(caller);
      } else {
        depths.put(caller, depth);
      }
    }
  }
}
