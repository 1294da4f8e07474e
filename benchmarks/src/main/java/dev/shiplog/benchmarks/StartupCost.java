package dev.shiplog.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an appender costs an application's start: JVMs of their own configure Logback and log one
 * event, one appender after the other in turn; told is the median of each, and of the whole life of
 * such a JVM.
 */
final class StartupCost {
  private static final List<String> APPENDERS = List.of("console", "logstash", "ecs", "shiplog");
  private static final int ROUNDS = 21;

  /** Milliseconds: from main to the first line written, and of the process. */
  record Life(double firstLineMs, double processMs) {}

  private StartupCost() {}

  /** Measures, and prints a JSON object on stdout. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, List<Life>> lives = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String appender : APPENDERS) {
        lives.computeIfAbsent(appender, name -> new ArrayList<>()).add(live(appender));
      }
    }
    Map<String, Life> medians = new LinkedHashMap<>();
    lives.forEach(
        (appender, all) ->
            medians.put(
                appender,
                new Life(Median.of(all, Life::firstLineMs), Median.of(all, Life::processMs))));
    System.out.println(
        new ObjectMapper().writeValueAsString(Map.of("startup", medians, "rounds", ROUNDS)));
  }

  private static Life live(String appender) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=dev/shiplog/benchmarks/startup-" + appender + ".xml",
                StartupProbe.class.getName())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told;
    try (BufferedReader reader = process.errorReader(StandardCharsets.US_ASCII)) {
      told = reader.readLine();
    }
    int status = process.waitFor();
    long end = System.nanoTime();
    if (status != 0 || told == null) {
      throw new IOException(appender + " ended with " + status + ": " + told);
    }
    return new Life(Long.parseLong(told) / 1e6, (end - start) / 1e6);
  }
}
