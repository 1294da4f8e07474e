package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;

/**
 * Files that a user has on the class path: logback-spring.xml with profiles, and what a build
 * writes. In a JVM of its own, for both are looked up once.
 */
final class UserFilesTest {
  private static final String FILE =
      """
      <configuration>
        <include resource="dev/shiplog/spring/logback-appenders.xml"/>
        <springProfile name="loud"><root level="INFO"><appender-ref ref="STDOUT"/></root></springProfile>
        <springProfile name="!loud"><root level="ERROR"><appender-ref ref="STDOUT"/></root></springProfile>
      </configuration>
      """;

  @TempDir Path folder;

  @Configuration(proxyBeanMethods = false)
  static class Application {
    /** Logs an event of each of two levels. */
    public static void main(String[] args) {
      SpringApplication application = new SpringApplication(Application.class);
      application.setWebApplicationType(WebApplicationType.NONE);
      application.run(args).close();
      LoggerFactory.getLogger("probe").info("info");
      LoggerFactory.getLogger("probe").error("error");
    }
  }

  private List<JsonNode> told(String... arguments) throws Exception {
    ChildJvm child = ChildJvm.run(folder, Application.class, arguments);
    assertThat(child.exit()).as("%s", child).isZero();
    // Logback's own word on an appender of the include file that the user does not name
    assertThat(child.err()).allMatch(line -> line.contains("[FLUENTD] not referenced"));
    JsonMapper json = new JsonMapper();
    List<JsonNode> told = new ArrayList<>();
    for (String line : child.out()) {
      JsonNode event = json.readTree(line);
      if (event.path("log.logger").asText().equals("probe")) {
        told.add(event);
      }
    }
    return told;
  }

  private void write(String name, String text) throws Exception {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void filesOnTheClassPath_areTheUsersWord() throws Exception {
    write("logback-spring.xml", FILE);
    write("META-INF/build-info.properties", "build.name=gallery\nbuild.version=3.2.1\n");
    write("git.properties", "git.commit.id.abbrev=c0ffee1\n");

    List<JsonNode> told =
        told(
            "--spring.profiles.active=loud",
            "--spring.main.banner-mode=off",
            "--shiplog.stdout.format=json");

    assertThat(told.stream().map(event -> event.get("message").asText()))
        .containsExactly("info", "error");
    assertThat(told.get(0).get("service.name").asText()).isEqualTo("gallery");
    assertThat(told.get(0).get("service.version").asText()).isEqualTo("3.2.1");
  }

  @Test
  void commit_isTheVersionWhereTheBuildTellsNone() throws Exception {
    write("logback-spring.xml", FILE);
    write("git.properties", "git.commit.id.abbrev=c0ffee1\n");

    List<JsonNode> told = told("--spring.main.banner-mode=off", "--shiplog.stdout.format=json");

    assertThat(told.stream().map(event -> event.get("message").asText()))
        .as("another profile")
        .containsExactly("error");
    assertThat(told.get(0).get("service.version").asText()).isEqualTo("c0ffee1");
  }
}
