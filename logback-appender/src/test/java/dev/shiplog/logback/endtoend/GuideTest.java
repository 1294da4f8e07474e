package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.docs.Snippets;
import dev.shiplog.docs.Surroundings;
import dev.shiplog.logback.Configured;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guide and the README show for Logback works as it stands there. */
@Timeout(60)
class GuideTest {
  private static final String START = "<configuration>\n";
  private static final String END = "</configuration>\n";
  private static final Map<String, String> HERE =
      Map.of("shiplog.stdout.via", "system-out", "shiplog.stdout.format", "json");

  static Stream<String> configurations() {
    return pages().flatMap(page -> Snippets.of(page, "xml", START).stream());
  }

  static Stream<String> pages() {
    return Stream.of("docs/guide.md", "README.md");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void configuration_hasNoProblemAndDelivers(String snippet, @TempDir Path folder)
      throws Exception {
    HERE.forEach(System::setProperty);
    try (Surroundings surroundings = new Surroundings(snippet, folder);
        CapturedStdout stdout = new CapturedStdout()) {
      String xml = surroundings.adapted();
      try (Configured configured = Configured.with(xml.replace(START, "").replace(END, ""))) {
        configured.logger("gallery.Rooms").info("opened");

        assertThat(configured.problems()).isEmpty();
        if (xml.contains("FluentdAppender")) {
          assertThat(surroundings.endpoint().await(1).get(0).fields())
              .containsEntry("message", "opened")
              .containsEntry("service.name", "gallery");
        }
        if (xml.contains("<systemOut>")) {
          System.out.println("printed");
        }
      }
      List<Map<String, Object>> records = records(stdout);
      assertThat(records.get(0)).containsEntry("message", "opened");
      if (xml.contains("<service>")) {
        assertThat(records.get(0)).containsEntry("service.name", "gallery");
      }
      assertThat(records).hasSize(xml.contains("<systemOut>") ? 2 : 1);
      assertThat(stdout.lines()).hasSameSizeAs(records);
    } finally {
      HERE.keySet().forEach(System::clearProperty);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> records(CapturedStdout stdout) {
    return (List<Map<String, Object>>) (List<?>) stdout.records();
  }

  @Test
  void pages_haveConfigurations() {
    assertThat(configurations()).hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void dependencies_areInTheBom(String page) {
    String bom = Snippets.page("bom/pom.xml");
    assertThat(Snippets.of(page, "xml", "<dependency>"))
        .isNotEmpty()
        .allSatisfy(
            dependency ->
                assertThat(bom)
                    .contains(dependency.lines().skip(2).findFirst().orElseThrow().strip()));
    assertThat(Snippets.page(page)).contains("<version>" + version(bom) + "</version>");
  }

  @Test
  void bom_hasTheProjectsVersionAndManagesNobodyElses() {
    String bom = Snippets.page("bom/pom.xml");
    assertThat(version(bom)).isEqualTo(version(Snippets.page("pom.xml")));
    assertThat(bom).doesNotContain("<parent>", "<scope>import</scope>");
    assertThat(Pattern.compile("<groupId>(.*?)</groupId>").matcher(bom).results())
        .extracting(found -> found.group(1))
        .containsOnly("dev.shiplog");
  }

  private static String version(String pom) {
    Matcher first = Pattern.compile("<version>(.*?)</version>").matcher(pom);
    assertThat(first.find()).isTrue();
    return first.group(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/guide.md", "README.md", "docs/security.md"})
  void propertiesAndVariables_areKeys(String page) {
    Map<String, String> properties = found("-D(shiplog\\.[A-Za-z.]+)", page);
    Map<String, String> environment = found("\\b(SHIPLOG_[A-Z_]+[A-Z])\\b(?!_)", page);
    assertThat(properties.size() + environment.size()).isPositive();
    for (Scope scope : Scope.values()) {
      Settings settings =
          Settings.reader(scope).properties(properties).environment(environment).read();
      assertThat(settings.problems())
          .noneMatch(problem -> problem.toString().contains("is no key"));
    }
  }

  @Test
  void settingsForSpring_areKeysWithRightValues(@TempDir Path folder) throws IOException {
    List<String> snippets = Snippets.of("docs/guide.md", "properties", "spring.");
    assertThat(snippets).hasSize(1);
    Properties spring = new Properties();
    try (Surroundings surroundings = new Surroundings(snippets.get(0), folder)) {
      spring.load(new StringReader(surroundings.adapted()));
    }
    Map<String, String> properties = new HashMap<>();
    for (String name : spring.stringPropertyNames()) {
      String camel =
          Pattern.compile("-(.)")
              .matcher(name)
              .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
      properties.put(camel, spring.getProperty(name));
    }
    assertThat(Settings.reader(Scope.FLUENTD).properties(properties).read().problems()).isEmpty();
  }

  private static Map<String, String> found(String pattern, String page) {
    Map<String, String> found = new HashMap<>();
    Pattern.compile(pattern)
        .matcher(Snippets.page(page))
        .results()
        .forEach(match -> found.put(match.group(1), "x"));
    return found;
  }
}
