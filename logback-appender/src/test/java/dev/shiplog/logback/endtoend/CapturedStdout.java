package dev.shiplog.logback.endtoend;

import dev.shiplog.record.Foreign;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code System.out} in the hands of a test, until closed: by a subclass, as test frameworks do it,
 * which nobody can take for the stream that the JVM made.
 */
public final class CapturedStdout implements AutoCloseable {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CapturedStdout() {
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8) {});
  }

  /** What was written until now, line by line. */
  public List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The lines that are records, after all checks of what a line must be. */
  public List<Map<String, @Nullable Object>> records() {
    return records(lines());
  }

  /** Lines of JSON as records, after all checks of what a line must be. */
  public static List<Map<String, @Nullable Object>> records(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("{"))
        .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
        .map(line -> Foreign.line(line, line.length))
        .toList();
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
