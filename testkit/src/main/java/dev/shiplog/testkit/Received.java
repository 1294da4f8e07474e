package dev.shiplog.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an endpoint has seen, and the place where tests wait for more. Safe for any
 * thread.
 */
final class Received {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Frame> frames = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private boolean requireChunk;
  private int events;
  private int connections;
  private int open;
  private long bytes;

  /** Whether a frame that asks for no acknowledgement is a problem. */
  void requireChunk(boolean require) {
    change(() -> requireChunk = require);
  }

  void frame(Frame frame) {
    change(
        () -> {
          frames.add(frame);
          events += frame.events().size();
          if (requireChunk && frame.chunk() == null) {
            problems.add("a frame of tag " + frame.tag() + " asks for no acknowledgement");
          }
        });
  }

  void problem(String problem) {
    change(() -> problems.add(problem));
  }

  void opened() {
    change(
        () -> {
          connections++;
          open++;
        });
  }

  void closed() {
    change(() -> open--);
  }

  void bytes(int count) {
    change(() -> bytes += count);
  }

  void clear() {
    change(
        () -> {
          frames.clear();
          problems.clear();
          events = 0;
          connections = 0;
          bytes = 0;
        });
  }

  List<Frame> frames() {
    return read(() -> List.copyOf(frames));
  }

  List<String> problems() {
    return read(() -> List.copyOf(problems));
  }

  int eventCount() {
    return read(() -> events);
  }

  int connections() {
    return read(() -> connections);
  }

  int openConnections() {
    return read(() -> open);
  }

  long bytes() {
    return read(() -> bytes);
  }

  List<ReceivedEvent> events() {
    return frames().stream().flatMap(frame -> frame.events().stream()).toList();
  }

  /** As {@link #events()}, with only the first arrival of each chunk id. */
  List<ReceivedEvent> distinctEvents() {
    Set<@Nullable String> seen = new HashSet<>();
    return frames().stream()
        .filter(frame -> frame.chunk() == null || seen.add(frame.chunk()))
        .flatMap(frame -> frame.events().stream())
        .toList();
  }

  /**
   * Waits until the condition holds.
   *
   * @throws AssertionError when it does not within the deadline, or at once when something
   *     malformed has come: nothing good follows that
   */
  void await(String what, BooleanSupplier condition, Duration deadline) {
    long left = deadline.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (!problems.isEmpty()) {
          throw new AssertionError("Waited for " + what + ", but " + account());
        }
        if (left <= 0) {
          throw new AssertionError(
              "Waited " + deadline.toMillis() + " ms for " + what + ", but " + account());
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + what + "; " + account(), e);
    } finally {
      lock.unlock();
    }
  }

  /** What did arrive, for whoever has to find out why a test failed. */
  private String account() {
    Map<String, Integer> byTag = new TreeMap<>();
    for (Frame frame : frames) {
      byTag.merge(frame.tag(), frame.events().size(), Integer::sum);
    }
    StringBuilder account = new StringBuilder();
    account.append(events).append(" events in ").append(frames.size()).append(" frames came over ");
    account.append(connections).append(" connections (").append(bytes).append(" bytes)");
    if (!byTag.isEmpty()) {
      account.append(", by tag ").append(byTag);
      List<ReceivedEvent> last = frames.get(frames.size() - 1).events();
      account.append(last.isEmpty() ? "" : ", the last one " + last.get(last.size() - 1));
    }
    problems.forEach(problem -> account.append("\n  problem: ").append(problem));
    return account.toString();
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }
}
