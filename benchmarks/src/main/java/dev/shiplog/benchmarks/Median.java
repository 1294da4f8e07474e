package dev.shiplog.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of an odd number of measurements. */
final class Median {
  private Median() {}

  static <T> double of(List<T> measurements, ToDoubleFunction<T> column) {
    double[] sorted = measurements.stream().mapToDouble(column).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
