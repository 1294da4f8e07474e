package dev.shiplog.spring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What is printed while it is open, to System.out line by line as JSON. */
public final class Lines implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream before = System.out;
  private final PrintStream errorsBefore = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  public Lines() {
    // a subclass, as test frameworks put there: a plain one would pass for the JVM's own
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8) {});
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8) {});
  }

  public String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  public String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** All lines; fails if one is no JSON object. */
  public List<Map<?, ?>> all() {
    return text().lines().<Map<?, ?>>map(Lines::object).toList();
  }

  /** The lines of one logger. */
  public List<Map<?, ?>> of(String logger) {
    return all().stream().filter(line -> logger.equals(line.get("log.logger"))).toList();
  }

  private static Map<?, ?> object(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return JSON.convertValue(node, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  @Override
  public void close() {
    System.setOut(before);
    System.setErr(errorsBefore);
  }
}
