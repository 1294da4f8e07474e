package dev.shiplog.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link CountingEndpoint} running in a process of its own. Used by one thread. */
final class EndpointProcess implements Endpoint {
  /** What has come since the start; times are those of {@code System.nanoTime}. */
  record Count(long events, long bytes, long markedAt, long lastAt) {}

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;
  private final int port;

  EndpointProcess(int ackAfterMillis) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CountingEndpoint.class.getName(),
                Integer.toString(ackAfterMillis))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.US_ASCII);
    questions = process.outputWriter(StandardCharsets.US_ASCII);
    port = Integer.parseInt(line());
  }

  @Override
  public int port() {
    return port;
  }

  /** Counts from naught; {@code mark} is the event whose time is wanted. */
  void start(long mark, long total) throws IOException {
    ask("start " + mark + " " + total);
  }

  /** What has come, as soon as it is all or 60 s have passed. */
  Count await() throws IOException {
    return ask("await");
  }

  private Count ask(String question) throws IOException {
    questions.write(question);
    questions.newLine();
    questions.flush();
    String[] words = line().split(" ");
    return new Count(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the endpoint has died");
    }
    return line;
  }

  /** Its stdin ends, and so does it. */
  @Override
  public void close() throws IOException {
    questions.close();
    answers.close();
    process.destroy();
  }
}
