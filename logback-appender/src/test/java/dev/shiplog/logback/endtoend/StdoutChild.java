package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM that runs {@link StdoutApplication} behind a shell, which sees to its descriptor 1. Nobody
 * reads what it writes there before {@link #lines}. Used by one thread; gone when closed.
 */
final class StdoutChild implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Pattern COUNT = Pattern.compile("(\\w+)=(\\d+)");

  private final Process process;
  private final BufferedReader stderr;
  private final Writer stdin;

  private StdoutChild(Process process) {
    this.process = process;
    this.stderr = process.errorReader();
    this.stdin = process.outputWriter();
  }

  /**
   * Starts it.
   *
   * @param elements of the appender in {@code logback.xml}
   * @param shell a command line in which {@code $JAVA} is the application
   */
  static StdoutChild start(Path folder, String elements, String shell) throws IOException {
    Path file = folder.resolve("logback.xml");
    Files.writeString(
        file,
        "<configuration><appender name='A' class='dev.shiplog.logback.StdoutAppender'>"
            + "<via>fd</via><format>json</format>"
            + elements
            + "</appender><root level='INFO'><appender-ref ref='A'/></root></configuration>");
    // no hsperfdata: a limit on the size of files would hit it too
    String java =
        "exec '%s/bin/java' -XX:-UsePerfData -XX:TieredStopAtLevel=1 -cp '%s' '-Dlogback.configurationFile=%s' %s"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                file,
                StdoutApplication.class.getName());
    StdoutChild child =
        new StdoutChild(new ProcessBuilder("sh", "-c", shell.replace("$JAVA", java)).start());
    child.await("ready");
    return child;
  }

  void tell(String command) throws IOException {
    stdin.write(command + "\n");
    stdin.flush();
  }

  /** The next line of stderr that begins with this word. */
  String await(String word) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = stderr.readLine(); line != null; line = stderr.readLine()) {
      if (line.startsWith(word)) {
        return line;
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("no " + word + " on stderr, but: " + before);
  }

  /** Asks, and returns the answer. */
  String ask(String command) throws IOException {
    tell(command);
    return await(command);
  }

  /** The number behind {@code name=} in an answer. */
  static long count(String answer, String name) {
    Matcher counts = COUNT.matcher(answer);
    while (counts.find()) {
      if (counts.group(1).equals(name)) {
        return Long.parseLong(counts.group(2));
      }
    }
    throw new AssertionError("no " + name + " in " + answer);
  }

  /** Begins to read stdout. */
  CompletableFuture<List<String>> lines() {
    return CompletableFuture.supplyAsync(
        () -> {
          try (BufferedReader stdout = process.inputReader()) {
            return stdout.lines().toList();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  long pid() {
    return process.pid();
  }

  /** Lets {@code main} return. */
  void end() throws IOException {
    stdin.close();
  }

  /** Sends SIGTERM. */
  void terminate() {
    boolean unused = process.toHandle().destroy(); // Process.destroy() would close its streams
  }

  /** Waits for the end and returns how long that took from now on. */
  Duration awaitEnd() throws InterruptedException {
    long start = System.nanoTime();
    assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  int exitValue() {
    return process.exitValue();
  }

  @Override
  public void close() {
    Process unused = process.destroyForcibly().onExit().join();
  }
}
