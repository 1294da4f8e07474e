package dev.shiplog.logback.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.faults.ReservedPort;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An appender with a spool on a file system that is full for a while. */
@Timeout(120)
class FullDiskTest {
  /** Commands that give a process mounts of its own: root's, and anybody's. */
  private static final List<List<String>> NAMESPACES =
      List.of(List.of("unshare", "-m"), List.of("unshare", "-rm"));

  @TempDir Path folder;

  @Test
  void fullDisk_isToldOnceAndCostsNoEvent() throws Exception {
    List<String> namespace = namespace();
    Path mount = Files.createDirectory(folder.resolve("mount"));
    try (ReservedPort port = new ReservedPort();
        Child child =
            Child.application(
                folder,
                namespace,
                FullDiskApplication.class,
                mount.toString(),
                ("<endpoint>%s</endpoint><service><name>full</name></service>"
                        + "<spool><dir>%s</dir><maxBytes>8MB</maxBytes></spool>"
                        + "<retry><initial>1ms</initial><max>20ms</max></retry>")
                    .formatted(port.address(), mount.resolve("spool")))) {
      child.awaitLine("recovered");
      try (ForwardEndpoint endpoint = port.open(ForwardEndpoint.builder())) {
        assertThat(
                endpoint.await(FullDiskApplication.EVENTS).stream()
                    .map(event -> Objects.requireNonNull(event.field("number")).toString()))
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, FullDiskApplication.EVENTS)
                    .mapToObj(BigInteger::valueOf)
                    .map(BigInteger::toString)
                    .toList());
        child.awaitEnd();
      }
      List<String> told = child.stderr();
      assertThat(child.exitValue()).as("%s", told).isZero();
      assertThat(told).hasSize(3);
      assertThat(told.get(0)).contains("No space left on device", "kept in memory alone");
      assertThat(told.get(1)).contains("is used again");
      assertThat(told.get(2))
          .isEqualTo(
              "accepted=%1$d delivered=%1$d dropped=0".formatted(FullDiskApplication.EVENTS));
    }
  }

  /** A command that gives mounts of its own; where there is none the test is aborted. */
  private static List<String> namespace() throws Exception {
    String reason = "";
    for (List<String> command : NAMESPACES) {
      try {
        Process process =
            new ProcessBuilder(
                    command.get(0), command.get(1), "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                .redirectErrorStream(true)
                .start();
        reason = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() == 0) {
          return command;
        }
      } catch (IOException e) {
        reason = e.toString();
      }
    }
    return abort("not run, since nothing can be mounted here: " + reason);
  }
}
