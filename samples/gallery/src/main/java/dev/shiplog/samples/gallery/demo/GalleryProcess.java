package dev.shiplog.samples.gallery.demo;

import dev.shiplog.samples.gallery.Account;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The gallery as a process of its own, with its stdout in a file, as a container's would be. It
 * never outlives the demo.
 */
final class GalleryProcess implements AutoCloseable {
  /** Docker's grace between SIGTERM and SIGKILL. */
  private static final long GRACE_SECONDS = 10;

  private static final Pattern OPEN = Pattern.compile("\\{\"open\":\"(.*)\"}");

  private final Process process;
  private final BufferedReader stderr;
  private final List<String> said = new ArrayList<>();

  GalleryProcess(Path jar, String endpoint, Path stdout) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What an operator would set on the finished image; in a container json is the
                // default.
                "-Dshiplog.stdout.format=json",
                "-Dshiplog.fluentd.endpoint=" + endpoint,
                "-jar",
                jar.toString())
            .redirectOutput(stdout.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    stderr = process.errorReader(StandardCharsets.UTF_8);
  }

  /** Waits until it is open, and says where. */
  URI awaitOpen() throws IOException {
    for (String line = read(); line != null; line = read()) {
      Matcher open = OPEN.matcher(line);
      if (open.matches()) {
        return URI.create(open.group(1));
      }
    }
    throw new IOException("the gallery did not open:\n" + String.join("\n", said));
  }

  /** Sends SIGTERM, as the end of a container begins, and returns its accounts. */
  List<Account> terminate() throws IOException, InterruptedException, TimeoutException {
    // Not process.destroy(): that closes the pipes as well, and the last words are lost.
    process.toHandle().destroy();
    if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("the gallery took more than " + GRACE_SECONDS + " s to end");
    }
    List<Account> accounts = new ArrayList<>();
    for (String line = read(); line != null; line = read()) {
      Account.parse(line).ifPresent(accounts::add);
    }
    return accounts;
  }

  /** All that it said on stderr. */
  List<String> said() {
    return said;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private @Nullable String read() throws IOException {
    String line = stderr.readLine();
    if (line != null) {
      said.add(line);
    }
    return line;
  }
}
