package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import dev.shiplog.Shiplog;
import dev.shiplog.logback.StdoutAppender;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** An application of named modules, configured by its {@code logback.xml}. */
@Timeout(60)
class ModulePathTest {
  @TempDir Path folder;

  @Test
  void modularApplication_logsALineOfJson() throws Exception {
    Path module = compiledModule("logger.info(\"Opened room {}\", 7);");
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

  @Test
  void modularApplication_logsWithoutTheManagementModule() throws Exception {
    Path module =
        compiledModule(
            """
            if (ModuleLayer.boot().findModule("java.management").isPresent()) {
              throw new AssertionError("not without it");
            }
            logger.info("before");
            while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("shiplog-jmx"))) {
              java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            logger.info("after");
            """);
    String modulePath = modulePath() + File.pathSeparator + module;

    try (Child child =
        Child.java(
            folder,
            "--limit-modules",
            "gallery,java.xml",
            "--add-modules",
            "java.xml", // which Logback reads its configuration with
            "--module-path",
            modulePath,
            "--module",
            "gallery/gallery.Main")) {
      child.awaitEnd();

      assertThat(child.stderr()).isEmpty();
      assertThat(child.exitValue()).isZero();
      assertThat(CapturedStdout.records(child.stdout()))
          .extracting(record -> record.get("message"))
          .containsExactly("before", "after");
    }
  }

  @Test
  void modularApplication_capturesWhatThereIsWithoutTheLoggingModule() throws Exception {
    Path module =
        compiledModule(
            """
            if (ModuleLayer.boot().findModule("java.logging").isPresent()) {
              throw new AssertionError("not without it");
            }
            System.out.println("printed");
            """);
    Path configuration = module.resolve("logback.xml");
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replace(
                "<format>",
                "<capture><systemOut>true</systemOut><jul>true</jul></capture><format>"));

    try (Child child =
        Child.java(
            folder,
            "--limit-modules",
            "gallery,java.xml",
            "--add-modules",
            "java.xml", // which Logback reads its configuration with
            "--module-path",
            modulePath() + File.pathSeparator + module,
            "--module",
            "gallery/gallery.Main")) {
      child.awaitEnd();

      assertThat(child.stderr()).isEmpty();
      assertThat(child.exitValue()).isZero();
      assertThat(child.stdout()).allSatisfy(line -> assertThat(line).startsWith("{"));
      assertThat(CapturedStdout.records(child.stdout()))
          .extracting(record -> String.valueOf(record.get("message")))
          .contains("printed")
          .anyMatch(message -> message.contains("stdout.capture.jul: is not possible here"));
    }
  }

  private Path compiledModule(String statements) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/gallery")).getParent();
    Path classes = Files.createDirectory(folder.resolve("gallery"));
    Path descriptor = sources.resolve("module-info.java");
    Path main = sources.resolve("gallery/Main.java");
    Files.writeString(
        descriptor, "module gallery { requires org.slf4j; requires dev.shiplog.logback; }");
    Files.writeString(
        main,
        """
        package gallery;
        public class Main {
          public static void main(String[] arguments) {
            org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger(Main.class);
            STATEMENTS
          }
        }
        """
            .replace("STATEMENTS", statements));
    Files.writeString(
        classes.resolve("logback.xml"),
        """
        <configuration>
          <appender name="STDOUT" class="dev.shiplog.logback.StdoutAppender">
            <format>json</format>
            <service><name>gallery</name></service>
          </appender>
          <root level="info"><appender-ref ref="STDOUT"/></root>
        </configuration>
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
    return Stream.of(
            StdoutAppender.class, Shiplog.class, LoggerContext.class, Context.class, Logger.class)
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
