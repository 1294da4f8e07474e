package dev.shiplog.benchmarks;

import org.slf4j.LoggerFactory;

/** An application that logs one line; tells on stderr how many nanoseconds that took from main. */
final class StartupProbe {
  private StartupProbe() {}

  /** Logs one line. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    LoggerFactory.getLogger(SampleEvents.LOGGER).info(SampleEvents.PATTERN, 1, "E1", 2);
    System.err.println(System.nanoTime() - start);
  }
}
