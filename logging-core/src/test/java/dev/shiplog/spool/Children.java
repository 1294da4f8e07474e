package dev.shiplog.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Child JVMs of a test; none outlives it. */
final class Children implements AutoCloseable {
  private final List<Process> all = new ArrayList<>();

  /** A running child. */
  record Child(Process process) {
    /** All it says until it ends. */
    List<String> lines() throws IOException, InterruptedException {
      try (BufferedReader reader = process.inputReader(UTF_8)) {
        List<String> lines = reader.lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines;
      }
    }
  }

  Child start(String act, Path dir, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ChildSpool.class.getName(),
                act,
                dir.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    all.add(process);
    return new Child(process);
  }

  @Override
  public void close() {
    all.forEach(Process::destroyForcibly);
  }
}
