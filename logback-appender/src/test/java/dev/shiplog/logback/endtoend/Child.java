package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child JVM and what it wrote. Used by one thread; gone when closed. */
public final class Child implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Process process;
  private final Path stdout;
  private final BufferedReader stderr;

  private Child(Process process, Path stdout) {
    this.process = process;
    this.stdout = stdout;
    this.stderr = process.errorReader();
  }

  /** Starts a JVM with these arguments; what it writes to stdout goes into {@code folder}. */
  public static Child java(Path folder, String... arguments) throws IOException {
    return java(folder, Map.of(), List.of(), List.of(arguments));
  }

  private static Child java(
      Path folder, Map<String, String> environment, List<String> under, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(under);
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(arguments);
    Path stdout = folder.resolve("stdout");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(stdout.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), stdout);
  }

  /** Starts an application of the tests' class path. */
  public static Child application(Path folder, Class<?> main, String... arguments)
      throws IOException {
    return application(folder, Map.of(), List.of(), main, arguments);
  }

  /** The same with these environment variables beside its own. */
  public static Child application(
      Path folder, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    return application(folder, environment, List.of(), main, arguments);
  }

  /** The same; {@code under} is a command, such as {@code unshare}, that becomes the JVM. */
  static Child application(Path folder, List<String> under, Class<?> main, String... arguments)
      throws IOException {
    return application(folder, Map.of(), under, main, arguments);
  }

  private static Child application(
      Path folder,
      Map<String, String> environment,
      List<String> under,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(Arrays.asList(arguments));
    return java(folder, environment, under, all);
  }

  /** Reads stderr up to this line. */
  public void awaitLine(String line) throws IOException {
    List<String> before = new ArrayList<>();
    for (String read = stderr.readLine(); !line.equals(read); read = stderr.readLine()) {
      assertThat(read).as("stderr ended: %s", before).isNotNull();
      before.add(read);
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    boolean unused = process.toHandle().destroy(); // Process.destroy() would close its streams
  }

  /** Sends SIGKILL and waits until the process is gone. */
  void kill() {
    Process unused = process.destroyForcibly().onExit().join();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end and returns how long that took from now on. */
  public Duration awaitEnd() throws InterruptedException {
    long start = System.nanoTime();
    assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  public int exitValue() {
    return process.exitValue();
  }

  /** What it wrote to stdout. */
  public List<String> stdout() throws IOException {
    return Files.readAllLines(stdout);
  }

  /** What it wrote to stderr and was not read yet. */
  public List<String> stderr() {
    return stderr.lines().toList();
  }

  @Override
  public void close() {
    Process unused = process.destroyForcibly().onExit().join();
  }
}
