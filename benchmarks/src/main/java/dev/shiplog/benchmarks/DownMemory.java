package dev.shiplog.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory of whole JVMs that log 20,000 events a second while the endpoint is down, all of them
 * side by side: the resident set of each, once a second, and its slope. The first fifth of the time
 * is left out: buffers fill and code is compiled.
 */
final class DownMemory {
  static final String LOGGED = "logged ";

  private static final long CLOSING_SECONDS = 30;

  /** Of the whole run's seconds those that count; the slope is that of the least squares. */
  record Range(double minMb, double medianMb, double maxMb, double slopeMbPerMinute) {
    static Range of(List<Double> megabytes) {
      double mean = megabytes.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      double middle = (megabytes.size() - 1) / 2.0;
      double together = 0;
      double squares = 0;
      for (int second = 0; second < megabytes.size(); second++) {
        together += (second - middle) * (megabytes.get(second) - mean);
        squares += (second - middle) * (second - middle);
      }
      List<Double> sorted = megabytes.stream().sorted().toList();
      return new Range(
          sorted.get(0),
          Median.of(megabytes, Double::doubleValue),
          sorted.get(sorted.size() - 1),
          together / squares * 60);
    }
  }

  /** One subject; anonymous memory is what no file stands behind, such as that of a spool. */
  record Result(
      String subject,
      int seconds,
      double loggedPerSecond,
      Range rss,
      Range anonymous,
      List<Double> rssMb,
      List<Double> anonymousMb) {}

  private final String subject;
  private final Process process;
  private final CompletableFuture<Double> logged;
  private final List<Double> rss = new ArrayList<>();
  private final List<Double> anonymous = new ArrayList<>();

  private DownMemory(String subject, int port, int seconds) throws IOException {
    this.subject = subject;
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SteadyLoad.class.getName(),
                subject,
                Integer.toString(port),
                Integer.toString(seconds))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    logged = CompletableFuture.supplyAsync(this::logged);
  }

  /** Measures the subjects that follow the number of seconds; prints a JSON object for each. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int seconds = Integer.parseInt(arguments[0]);
    List<DownMemory> watched = new ArrayList<>();
    try (Endpoint endpoint = EndpointState.DOWN.open()) {
      for (int i = 1; i < arguments.length; i++) {
        watched.add(new DownMemory(arguments[i], endpoint.port(), seconds));
      }
      long start = System.nanoTime();
      for (int second = 1; second < seconds; second++) {
        long due = start + TimeUnit.SECONDS.toNanos(second);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        for (DownMemory each : watched) {
          each.sample();
        }
      }
      for (DownMemory each : watched) {
        System.out.println(new ObjectMapper().writeValueAsString(each.result(seconds)));
      }
    }
  }

  private void sample() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        rss.add(megabytes(line));
      } else if (line.startsWith("RssAnon:")) {
        anonymous.add(megabytes(line));
      }
    }
  }

  /** Of a line such as {@code VmRSS: 123456 kB}. */
  private static double megabytes(String line) {
    return Math.round(Long.parseLong(line.replaceAll("[^0-9]", "")) / 102.4) / 10.0;
  }

  /** Reads all that the process says, so that it does not wait, and keeps what was asked for. */
  private double logged() {
    double events = Double.NaN;
    try (BufferedReader told = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        if (line.startsWith(LOGGED)) {
          events = Double.parseDouble(line.substring(LOGGED.length()));
        }
      }
    } catch (IOException e) {
      System.err.println(subject + ": " + e); // the process was ended while it closed
    }
    return events;
  }

  private Result result(int seconds) throws InterruptedException {
    if (!process.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    int first = rss.size() / 5;
    return new Result(
        subject,
        seconds,
        logged.join() / seconds,
        Range.of(rss.subList(first, rss.size())),
        Range.of(anonymous.subList(first, anonymous.size())),
        rss,
        anonymous);
  }
}
