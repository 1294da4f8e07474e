package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shiplog.Shiplog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the core as an operator runs it in a pod. */
@Timeout(60)
class CoreJarTest {
  @TempDir Path folder;

  @Test
  void jar_tellsWhatItDetects() throws Exception {
    Path jar = Path.of(Shiplog.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(
        Files.isRegularFile(jar), "the core is packaged before this module by mvn verify alone");
    Path environment = folder.resolve("environment");
    Files.writeString(environment, "OTEL_SERVICE_NAME=gallery\n");

    try (Child child =
        Child.java(
            folder,
            "-jar",
            jar.toString(),
            "--root",
            folder.toString(),
            "--env",
            environment.toString())) {
      child.awaitEnd();

      assertThat(child.stderr()).isEmpty();
      assertThat(child.exitValue()).isZero();
      JsonNode told = new ObjectMapper().readTree(String.join("\n", child.stdout()));
      assertThat(told.at("/facts/service.name").textValue()).isEqualTo("gallery");
      assertThat(told.at("/sources/service.name").textValue()).isEqualTo("env OTEL_SERVICE_NAME");
    }
  }
}
