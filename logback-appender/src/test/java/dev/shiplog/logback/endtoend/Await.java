package dev.shiplog.logback.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits for what nobody announces. */
public final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final long LOOK_EVERY_NANOS = 1_000_000;

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what what is waited for, as a noun
   * @throws AssertionError when it does not hold within 20 seconds
   */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** How many descriptors this process has open; the test is aborted where nobody knows. */
  public static long descriptors() {
    Path folder = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(folder), "not run, since there is no " + folder);
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns once no thread of shiplog's own is left but these. */
  public static void noThreadsBut(Set<Thread> others) {
    until("the end of shiplog's threads", () -> others.containsAll(threads()));
  }

  /** The threads of shiplog's own that run now. */
  public static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("shiplog-"))
        .collect(Collectors.toSet());
  }
}
