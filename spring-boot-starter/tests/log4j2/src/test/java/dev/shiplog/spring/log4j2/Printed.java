package dev.shiplog.spring.log4j2;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What is printed while it is open. */
final class Printed implements AutoCloseable {
  private static final Gson JSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  Printed() {
    // subclasses, as test frameworks put there: plain ones would pass for the JVM's own
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8) {});
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8) {});
  }

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** All lines; fails if one is no JSON object. */
  List<Map<?, ?>> all() {
    return text().lines().<Map<?, ?>>map(Printed::object).toList();
  }

  List<Map<?, ?>> of(String logger) {
    return all().stream().filter(line -> logger.equals(line.get("log.logger"))).toList();
  }

  private static Map<?, ?> object(String line) {
    return JSON.fromJson(line, Map.class);
  }

  @Override
  public void close() {
    System.setOut(outBefore);
    System.setErr(errBefore);
  }
}
