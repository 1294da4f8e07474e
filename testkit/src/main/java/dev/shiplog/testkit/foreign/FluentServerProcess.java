package dev.shiplog.testkit.foreign;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * {@code FluentServer} of the npm package {@code @fluent-org/logger} as a child process: a forward
 * endpoint that nobody of this project wrote.
 *
 * <p>It prints one line of JSON for each event, {@code {"tag", "seconds", "nanos", "record"}}; see
 * {@code testkit/src/foreign/fluent-server/server.js}. It acknowledges before it prints.
 *
 * <p>Used by one thread. The child ends when this is closed, and when this process ends.
 */
public final class FluentServerProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String LISTENING = "listening ";

  private final Process process;
  private final Lines lines;
  private final Lines errors;
  private final int port;

  private FluentServerProcess(Process process)
      throws ForeignUnavailableException, InterruptedException {
    this.process = process;
    this.lines = new Lines(process.getInputStream());
    this.errors = new Lines(process.getErrorStream());
    List<String> first = lines.await(1, DEADLINE);
    if (first.isEmpty() || !first.get(0).startsWith(LISTENING)) {
      process.destroyForcibly();
      throw new ForeignUnavailableException("server.js does not listen: " + first + "\n" + errors);
    }
    this.port = Integer.parseInt(first.get(0).substring(LISTENING.length()));
  }

  /** Starts one that speaks plainly and asks for no key. */
  public static FluentServerProcess start() {
    return start("{}");
  }

  /**
   * Starts one with FluentServer's own options as JSON: {@code tlsOptions}, {@code security}.
   *
   * <p>Where it cannot run, for want of node or of the package, the test is aborted and says why;
   * with {@code CI=true} in the environment it fails.
   */
  public static FluentServerProcess start(String options) {
    try {
      NodePackage scripts = NodePackage.find("fluent-server");
      scripts.install();
      return new FluentServerProcess(
          new ProcessBuilder("node", "server.js", options)
              .directory(scripts.folder().toFile())
              .start());
    } catch (ForeignUnavailableException | IOException e) {
      return unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while FluentServer started", e);
    }
  }

  /** The port that it listens on, on loopback. */
  public int port() {
    return port;
  }

  /** Host and port. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /**
   * Waits for so many events in all and returns all lines of JSON.
   *
   * @throws AssertionError when they do not come within 20 seconds, or the process ends
   */
  public List<String> await(int events) throws InterruptedException {
    List<String> all = lines.await(events + 1, DEADLINE);
    List<String> received = all.subList(1, all.size());
    if (received.size() < events) {
      throw new AssertionError(
          "Waited for "
              + events
              + " events, but FluentServer printed "
              + received.size()
              + (process.isAlive() ? "" : " and ended")
              + "\n"
              + errors);
    }
    return received;
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static FluentServerProcess unavailable(Exception why) {
    String message = "FluentServer of @fluent-org/logger did not run: " + why.getMessage();
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message + " (CI=true: a missing judge is a failure)");
    }
    return Assumptions.abort(message);
  }
}
