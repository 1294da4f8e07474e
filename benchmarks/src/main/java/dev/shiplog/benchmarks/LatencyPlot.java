package dev.shiplog.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws the results of {@link CallLatency} as HdrHistogram's own plots are drawn: on the x axis the
 * percentile, each nine as wide as the one before, on the y axis the time, each power of ten as
 * high as the next.
 */
final class LatencyPlot {
  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int WIDTH = 620;
  private static final int HEIGHT = 340;
  private static final int LEGEND = 200;
  private static final String[] PERCENTILES = {"0 %", "90 %", "99 %", "99.9 %", "99.99 %"};
  private static final double NINES = 4.9; // one call of 75,000 is the last
  private static final int FIRST_POWER = 2;
  private static final String[] TIMES = {
    "100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms"
  };

  private final StringBuilder svg = new StringBuilder();

  private LatencyPlot() {}

  /** Reads the results from the first argument's file and writes the picture to the second's. */
  public static void main(String[] arguments) throws IOException {
    List<JsonNode> results = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      results.add(new ObjectMapper().readTree(line));
    }
    Path picture = Path.of(arguments[1]).toAbsolutePath();
    Files.createDirectories(picture.resolveSibling(""));
    Files.writeString(picture, new LatencyPlot().draw(results));
  }

  private String draw(List<JsonNode> results) {
    int width = LEFT + WIDTH + LEGEND;
    int height = TOP + HEIGHT + 50;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        width, height, width, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
    text(LEFT, 22, "start", "logger.info(…) at 5,000 events/s: time by percentile");
    axes();
    for (int i = 0; i < results.size(); i++) {
      curve(i, results.get(i));
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes() {
    for (int i = 0; i < PERCENTILES.length; i++) {
      double x = x(i);
      line(x, TOP, x, TOP + HEIGHT);
      text(x, TOP + HEIGHT + 18, "middle", PERCENTILES[i]);
    }
    for (int i = 0; i < TIMES.length; i++) {
      double y = y(Math.pow(10, FIRST_POWER + i));
      line(LEFT, y, LEFT + WIDTH, y);
      text(LEFT - 8, y + 4, "end", TIMES[i]);
    }
    text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 38, "middle", "percentile of the calls");
  }

  /** In memory a full line, in a spool a dashed one; the last point is the slowest call. */
  private void curve(int number, JsonNode result) {
    String subject = result.get("subject").textValue();
    String endpoint = result.get("endpoint").textValue();
    String style =
        String.format(
            Locale.ROOT,
            "fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"%s",
            colour(subject, endpoint),
            subject.endsWith("spool") ? " stroke-dasharray=\"6 3\"" : "");
    double last = Math.log10(result.get("calls").asDouble());
    StringBuilder points = new StringBuilder();
    for (JsonNode point : result.get("curve")) {
      double above = 1 - point.get("percentile").asDouble() / 100;
      double nines = above > 0 ? Math.min(-Math.log10(above), last) : last;
      points.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x(nines), y(point.get("nanos").asDouble())));
    }
    add("<polyline points=\"%s\" %s/>", points.toString().strip(), style);
    double y = TOP + 10 + number * 20;
    double x = LEFT + WIDTH + 15;
    add("<path d=\"M%.1f %.1fh30\" %s/>", x, y, style);
    text(x + 36, y + 4, "start", label(subject, endpoint));
  }

  private static String label(String subject, String endpoint) {
    if (subject.equals("nop")) {
      return "Logback alone";
    }
    return endpoint + (subject.endsWith("spool") ? ", spool" : ", memory");
  }

  private static String colour(String subject, String endpoint) {
    if (subject.equals("nop")) {
      return "#888888";
    }
    return switch (endpoint) {
      case "up" -> "#1b7f3b";
      case "stalled" -> "#c77700";
      default -> "#b3202c";
    };
  }

  private static double x(double nines) {
    return LEFT + WIDTH * nines / NINES;
  }

  private static double y(double nanos) {
    double share = (Math.log10(Math.max(nanos, 100)) - FIRST_POWER) / (TIMES.length - 1);
    return TOP + HEIGHT * (1 - Math.min(share, 1));
  }

  private void line(double fromX, double fromY, double toX, double toY) {
    add("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#dddddd\"/>", fromX, fromY, toX, toY);
  }

  private void text(double x, double y, String anchor, String text) {
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
