package dev.shiplog.forward;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.testkit.ReceivedEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * An endpoint in a JVM of its own, to be killed with SIGKILL. What it stores it appends to a file
 * that outlives it, a line each event: chunk id and number. Used by one thread.
 */
final class EndpointInAProcess implements AutoCloseable {
  /** What it does with frames. */
  enum Habit {
    /** Stores, then acknowledges. */
    HONEST,
    /** Stores, says so, and does nothing any more. */
    STORE_ALONE,
    /** Reads some 300 KB, says so, and does nothing any more. */
    READ_A_PART
  }

  private static final int PART = 300_000;

  private final Process process;
  private final BufferedReader said;

  private EndpointInAProcess(Process process) {
    this.process = process;
    this.said = process.inputReader();
  }

  static EndpointInAProcess start(int port, Path file, Habit habit) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EndpointInAProcess.class.getName(),
            Integer.toString(port),
            file.toString(),
            habit.name());
    EndpointInAProcess endpoint =
        new EndpointInAProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    endpoint.awaitLine("listening");
    return endpoint;
  }

  /** Waits until it says so. */
  void awaitLine(String line) throws IOException {
    String read = said.readLine();
    while (!line.equals(read)) {
      if (read == null) {
        throw new AssertionError("the endpoint ended before it said " + line);
      }
      read = said.readLine();
    }
  }

  /** SIGKILL. */
  void kill() {
    Process unused = process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    Habit habit = Habit.valueOf(arguments[2]);
    Behaviour behaviour =
        connection -> {
          if (habit == Habit.READ_A_PART) {
            connection.skip(PART);
            System.out.println("read");
            connection.pause(Duration.ofMinutes(5));
          }
          for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            Files.write(file, lines(frame), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (habit == Habit.STORE_ALONE) {
              System.out.println("stored");
              connection.pause(Duration.ofMinutes(5));
            }
            connection.acknowledge(frame);
          }
        };
    int port = Integer.parseInt(arguments[0]);
    ForwardEndpoint unused = ForwardEndpoint.builder().port(port).behave(behaviour).start();
    System.out.println("listening");
    // until it is killed, or its parent is gone
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static List<String> lines(Frame frame) {
    return frame.events().stream().map(event -> line(frame, event)).toList();
  }

  private static String line(Frame frame, ReceivedEvent event) {
    return frame.chunk() + " " + Shipped.number(event);
  }
}
