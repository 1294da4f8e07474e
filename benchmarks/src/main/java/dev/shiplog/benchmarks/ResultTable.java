package dev.shiplog.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Turns the results of {@code benchmarks/run} into tables, the ratio first. */
final class ResultTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String FORWARD =
      "caller ns | caller CPU ns | caller B | delivered/s | close ms | B/event | delivered";
  private static final String PIPELINING = "ack after ms | delivered/s";
  private static final String LATENCY =
      "endpoint | p50 µs | p99 µs | p99.9 µs | max µs | delivered | pending | dropped";
  private static final String MEMORY =
      "logged/s | min MB | median MB | max MB | slope MB/min | 2nd half | anonymous median MB | max MB";

  private final Path results;
  private final PrintStream out;

  private ResultTable(Path results, PrintStream out) {
    this.results = results;
    this.out = out;
  }

  /** Prints the tables of the results in the folder that is the only argument. */
  public static void main(String[] arguments) throws IOException {
    ResultTable table = new ResultTable(Path.of(arguments[0]), System.out);
    table.jmh("encode", "subject", "logstash");
    table.jmh("stdout", "appender", "logstash");
    table.jmh("spool", "", "copy");
    table.jmh("forward-call", "way", "fluency-ack");
    table.lines("forward", FORWARD, ResultTable::forward);
    table.lines("pipelining", PIPELINING, ResultTable::pipelining);
    table.lines("latency", LATENCY, ResultTable::latency);
    table.lines("down-memory", MEMORY, ResultTable::memory);
    table.startup();
  }

  /**
   * One row a subject, and for each benchmark how many times the pivot's time it takes; benchmarks
   * without a parameter are the subjects themselves.
   */
  private void jmh(String file, String parameter, String pivot) throws IOException {
    Path path = results.resolve(file + ".json");
    if (!Files.exists(path)) {
      return;
    }
    Map<String, Map<String, JsonNode>> byBenchmark = new LinkedHashMap<>();
    for (JsonNode result : JSON.readTree(path.toFile())) {
      String name = result.get("benchmark").textValue();
      String benchmark = name.substring(name.lastIndexOf('.') + 1);
      JsonNode subject = result.path("params").path(parameter);
      byBenchmark
          .computeIfAbsent(
              subject.isMissingNode() ? "each" : benchmark, key -> new LinkedHashMap<>())
          .put(subject.asText(benchmark), result);
    }
    byBenchmark.forEach((benchmark, subjects) -> jmh(file, benchmark, subjects, pivot));
  }

  private void jmh(String file, String benchmark, Map<String, JsonNode> subjects, String pivot) {
    JsonNode base = subjects.get(pivot);
    out.printf(
        "%n| %s: %s | times %s | ns | ± | B |%n|---|---|---|---|---|%n", file, benchmark, pivot);
    subjects.forEach(
        (subject, result) -> {
          double time = time(result);
          row(
              subject,
              base == null ? "-" : decimals(2, time / time(base)),
              decimals(0, time),
              decimals(0, result.at("/primaryMetric/scoreError").asDouble()),
              decimals(0, result.at("/secondaryMetrics/" + ALLOCATED + "/score").asDouble()));
        });
  }

  private static double time(JsonNode result) {
    return result.at("/primaryMetric/score").asDouble();
  }

  /** One row for each JSON object of a file that has one a line. */
  private void lines(String file, String columns, Function<JsonNode, String[]> cells)
      throws IOException {
    Path path = results.resolve(file + ".jsonl");
    if (!Files.exists(path)) {
      return;
    }
    out.printf("%n| %s | %s |%n", file, columns);
    out.println("|---".repeat(1 + columns.split(" \\| ").length) + "|");
    for (String line : Files.readAllLines(path)) {
      row(cells.apply(JSON.readTree(line)));
    }
  }

  private static String[] forward(JsonNode result) {
    JsonNode median = result.get("median");
    return new String[] {
      result.get("subject").textValue(),
      decimals(0, median.get("callerNs").asDouble()),
      decimals(0, median.get("callerCpuNs").asDouble()),
      decimals(0, median.get("callerBytes").asDouble()),
      decimals(0, median.get("deliveredPerSecond").asDouble() / 1000) + "k",
      decimals(0, median.get("closeMs").asDouble()),
      decimals(0, median.get("bytesPerEvent").asDouble()),
      median.get("delivered").asText()
    };
  }

  private static String[] pipelining(JsonNode result) {
    return new String[] {
      result.get("subject").textValue(),
      result.get("ackAfterMs").asText(),
      decimals(0, result.at("/median/deliveredPerSecond").asDouble() / 1000) + "k"
    };
  }

  private static String[] latency(JsonNode result) {
    return new String[] {
      result.get("subject").textValue(),
      result.get("endpoint").textValue(),
      decimals(1, result.get("p50").asDouble() / 1000),
      decimals(1, result.get("p99").asDouble() / 1000),
      decimals(1, result.get("p999").asDouble() / 1000),
      decimals(0, result.get("max").asDouble() / 1000),
      result.get("delivered").asText(),
      result.get("pending").asText(),
      result.get("dropped").asText()
    };
  }

  private static String[] memory(JsonNode result) {
    return new String[] {
      result.get("subject").textValue(),
      decimals(0, result.get("loggedPerSecond").asDouble()),
      decimals(0, result.at("/rss/minMb").asDouble()),
      decimals(0, result.at("/rss/medianMb").asDouble()),
      decimals(0, result.at("/rss/maxMb").asDouble()),
      decimals(1, result.at("/rss/slopeMbPerMinute").asDouble()),
      decimals(1, secondHalf(result.get("rssMb")).slopeMbPerMinute()),
      decimals(0, result.at("/anonymous/medianMb").asDouble()),
      decimals(0, result.at("/anonymous/maxMb").asDouble())
    };
  }

  /** A heap is touched page by page until its first collection, which may take minutes. */
  private static DownMemory.Range secondHalf(JsonNode series) {
    List<Double> megabytes = new ArrayList<>();
    for (int second = series.size() / 2; second < series.size(); second++) {
      megabytes.add(series.get(second).asDouble());
    }
    return DownMemory.Range.of(megabytes);
  }

  private void startup() throws IOException {
    Path path = results.resolve("startup.json");
    if (!Files.exists(path)) {
      return;
    }
    JsonNode startup = JSON.readTree(path.toFile()).get("startup");
    double console = startup.at("/console/firstLineMs").asDouble();
    out.printf(
        "%n| start-up | over console ms | first line ms | process ms |%n|---|---|---|---|%n");
    List<String> appenders = new ArrayList<>();
    startup.fieldNames().forEachRemaining(appenders::add);
    for (String appender : appenders) {
      double firstLine = startup.get(appender).get("firstLineMs").asDouble();
      row(
          appender,
          decimals(0, firstLine - console),
          decimals(0, firstLine),
          decimals(0, startup.get(appender).get("processMs").asDouble()));
    }
  }

  private void row(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static String decimals(int count, double number) {
    return String.format(Locale.ROOT, "%." + count + "f", number);
  }
}
