package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.ForwardEndpoint;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts of Spring Boot's devtools, in a process of their own: devtools is off under tests. */
final class DevtoolsRestartTest {
  @TempDir Path folder;

  /** Devtools speaks up under tests too, so it is not on their class path. */
  private String classPath() {
    return String.join(
        File.pathSeparator,
        folder.toString(),
        System.getProperty("devtools.jar"),
        System.getProperty("java.class.path"));
  }

  @Test
  void restart_leavesNoThreadAndNoClassLoaderBehind() throws Exception {
    // as in an application, where only its own classes lie open and are loaded anew
    Files.createDirectory(folder.resolve("META-INF"));
    Files.writeString(
        folder.resolve("META-INF/spring-devtools.properties"),
        "restart.exclude.shiplog=/(logging-core|logback-appender|spring-boot-starter|testkit)/target/classes/\n");
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      ChildJvm child =
          ChildJvm.run(
              folder,
              classPath(),
              RestartedApplication.class,
              "--shiplog.fluentd.endpoint=" + endpoint.address(),
              "--spring.main.banner-mode=off");

      assertThat(child.exit()).as("%s", child).isZero();
      List<String> told =
          child.out().stream().filter(line -> line.startsWith(RestartedApplication.TELL)).toList();
      assertThat(told).as("%s", child).contains(RestartedApplication.TELL + "class loaders left 0");
      assertThat(told.stream().filter(line -> line.contains("threads")).distinct())
          .as("each time the same: %s", told)
          .hasSize(1);
      for (int round = 0; round < RestartedApplication.ROUNDS; round++) {
        String message = "round " + round;
        assertThat(endpoint.events())
            .filteredOn(event -> message.equals(event.field("message")))
            .hasSize(1);
      }
    }
  }
}
