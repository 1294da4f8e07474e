package dev.shiplog.log4j2;

import static org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory.newConfigurationBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.docs.Snippets;
import dev.shiplog.docs.Surroundings;
import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.testkit.ForwardEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide and the page of Log4j 2 show works as it stands there. */
@Timeout(60)
class GuideTest {
  private static final List<String> PAGES = List.of("docs/guide.md", "docs/log4j2.md");

  static Stream<String> files() {
    return PAGES.stream().flatMap(page -> Snippets.of(page, "xml", "<Configuration").stream());
  }

  @ParameterizedTest
  @MethodSource("files")
  void xml_hasNoProblemAndDelivers(String snippet, @TempDir Path folder) throws IOException {
    deliver(Form.XML, snippet, "", folder);
  }

  @Test
  void properties_haveNoProblemAndDeliver(@TempDir Path folder) throws IOException {
    List<String> snippets = Snippets.of("docs/log4j2.md", "properties", "appender.");
    assertThat(snippets).hasSize(1);
    String root = "rootLogger.level = info\nrootLogger.appenderRef.f.ref = FLUENTD\n";
    deliver(Form.PROPERTIES, snippets.get(0), root, folder);
  }

  /** As the page shows it: what it says is compared with this file. */
  private static BuiltConfiguration inCode() {
    ConfigurationBuilder<BuiltConfiguration> builder = newConfigurationBuilder();
    builder.add(
        builder
            .newAppender("FLUENTD", "ShiplogFluentd")
            .addAttribute("endpoint", "fluentd:24224")
            .addComponent(builder.newComponent("Service").addAttribute("name", "gallery")));
    builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("FLUENTD")));
    return builder.build(false);
  }

  @Test
  void code_hasNoProblemAndDelivers() throws IOException {
    List<String> snippets = Snippets.of("docs/log4j2.md", "java", "ConfigurationBuilder");
    assertThat(snippets).hasSize(1);
    assertThat(Files.readString(Path.of("src/test/java/dev/shiplog/log4j2/GuideTest.java")))
        .contains(snippets.get(0).indent(4));
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      System.setProperty("shiplog.fluentd.endpoint", endpoint.address());
      try (Configured configured = Configured.with(inCode())) {
        configured.logger("gallery.Rooms").info("opened");

        assertThat(configured.told()).isEmpty();
        assertThat(endpoint.await(1).get(0).fields())
            .containsEntry("message", "opened")
            .containsEntry("service.name", "gallery");
      } finally {
        System.clearProperty("shiplog.fluentd.endpoint");
      }
    }
  }

  @Test
  void pages_haveXml() {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(4);
  }

  private static void deliver(Form form, String snippet, String rest, Path folder)
      throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    System.setProperty("shiplog.stdout.via", "system-out");
    System.setProperty("shiplog.stdout.format", "json");
    System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
    try (Surroundings surroundings = new Surroundings(snippet, folder);
        Configured configured = Configured.with(form, surroundings.adapted() + rest)) {
      configured.logger("gallery.Rooms").info("opened");

      assertThat(configured.told()).isEmpty();
      if (snippet.contains("ShiplogFluentd")) {
        assertThat(surroundings.endpoint().await(1).get(0).fields())
            .containsEntry("message", "opened")
            .containsEntry("service.name", "gallery")
            .containsEntry("log.logger", "gallery.Rooms");
      }
      if (snippet.contains("ShiplogStdout")) {
        assertThat(stdout.toString(StandardCharsets.UTF_8)).containsOnlyOnce("opened");
      }
      if (snippet.contains("ShiplogStdout") && snippet.contains("<Service ")) {
        assertThat(stdout.toString(StandardCharsets.UTF_8))
            .contains("\"service.name\":\"gallery\"");
      }
    } finally {
      System.setOut(before);
      System.clearProperty("shiplog.stdout.via");
      System.clearProperty("shiplog.stdout.format");
    }
  }
}
