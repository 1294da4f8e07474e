package dev.shiplog.log4j2.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.log4j2.ShiplogStdout;
import dev.shiplog.logback.endtoend.CapturedStdout;
import dev.shiplog.logback.endtoend.Child;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application of named modules, configured by its {@code log4j2.xml}. */
@Timeout(60)
class ModulePathTest {
  @TempDir Path folder;

  @Test
  void modularApplication_logsALineOfJson() throws Exception {
    Path module = compiledModule();
    String modulePath = modulePath() + File.pathSeparator + module;

    try (Child child =
        Child.java(folder, "--module-path", modulePath, "--module", "gallery/gallery.Main")) {
      child.awaitEnd();

      assertThat(child.stderr()).isEmpty();
      assertThat(child.exitValue()).isZero();
      List<Map<String, @Nullable Object>> records = CapturedStdout.records(child.stdout());
      assertThat(records).hasSize(1);
      assertThat(records.get(0))
          .containsEntry("message", "Opened room 7")
          .containsEntry("log.logger", "gallery.Main")
          .containsEntry("service.name", "gallery");
    }
  }

  private Path compiledModule() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/gallery")).getParent();
    Path classes = Files.createDirectory(folder.resolve("gallery"));
    Path descriptor = sources.resolve("module-info.java");
    Path main = sources.resolve("gallery/Main.java");
    Files.writeString(
        descriptor,
        "module gallery { requires org.apache.logging.log4j; requires dev.shiplog.log4j2; }");
    Files.writeString(
        main,
        """
        package gallery;
        public class Main {
          public static void main(String[] arguments) {
            org.apache.logging.log4j.LogManager.getLogger(Main.class).info("Opened room {}", 7);
          }
        }
        """);
    Files.writeString(
        classes.resolve("log4j2.xml"),
        """
        <Configuration>
          <Appenders>
            <ShiplogStdout name="STDOUT" format="json"><Service name="gallery"/></ShiplogStdout>
          </Appenders>
          <Loggers><Root level="info"><AppenderRef ref="STDOUT"/></Root></Loggers>
        </Configuration>
        """);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--module-path",
                modulePath(),
                "-d",
                classes.toString(),
                descriptor.toString(),
                main.toString());
    assertThat(status).isZero();
    return classes;
  }

  /** What the tests themselves run with, as modules. */
  private static String modulePath() {
    return Stream.of(ShiplogStdout.class, Shiplog.class, LoggerContext.class, LogManager.class)
        .map(ModulePathTest::origin)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
