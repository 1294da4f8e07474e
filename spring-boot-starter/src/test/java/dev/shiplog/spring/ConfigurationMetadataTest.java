package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.shiplog.config.Key;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What editors complete in {@code application.yaml} is what the key table says. Boot's annotation
 * processor adds the groups that are bound to beans.
 */
final class ConfigurationMetadataTest {
  private static final String ADDITIONAL = "META-INF/additional-spring-configuration-metadata.json";
  private static final String WHOLE = "META-INF/spring-configuration-metadata.json";
  private static final Path WRITTEN = Path.of("src/main/resources", ADDITIONAL);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The types whose rules name the values, or the usual ones. */
  private static final Set<String> CLOSED = Set.of("choice", "schema", "level", "overflow");

  private static final Set<String> SWITCHES =
      Set.of("shiplog.enabled", "shiplog.stdout.enabled", "shiplog.fluentd.enabled");

  private static final Set<String> BEANS = Set.of("shiplog.access-log.", "shiplog.health.");

  private final List<Map<String, Object>> properties = new ArrayList<>();
  private final List<Map<String, Object>> hints = new ArrayList<>();

  @Test
  void metadata_isWhatTheKeyTableSays() throws IOException {
    switches();
    for (Key<?> key : Keys.of(Scope.ENCODER)) {
      add("shiplog", key, key.fallback());
    }
    for (Scope scope : Scope.values()) {
      Keys.of(scope).forEach(key -> add("shiplog." + scope.word(), key, key.fallback(scope)));
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("properties", properties);
    file.put("hints", hints);
    String expected = JSON.writeValueAsString(file).replace("\r\n", "\n") + "\n";
    if (Boolean.getBoolean("shiplog.write")) {
      Files.createDirectories(WRITTEN.getParent());
      Files.writeString(WRITTEN, expected);
    } else {
      assertThat(ours(ADDITIONAL))
          .as(
              "what the key table says; to write it anew, run mvn test -pl spring-boot-starter -am"
                  + " -Dtest=ConfigurationMetadataTest -Dsurefire.failIfNoSpecifiedTests=false"
                  + " -Dshiplog.write=true")
          .isEqualTo(JSON.readTree(expected));
    }
  }

  @Test
  void wholeMetadata_hasTheKeysAndTheGroupsOfBeans() throws IOException {
    assertThat(ours(WHOLE).get("properties"))
        .extracting(property -> property.get("name").asText())
        .doesNotHaveDuplicates()
        .contains(
            "shiplog.enabled",
            "shiplog.schema",
            "shiplog.stdout.format",
            "shiplog.fluentd.spool.max-bytes",
            "shiplog.fluentd.tls.bundle",
            "shiplog.access-log.enabled",
            "shiplog.access-log.trusted-proxies",
            "shiplog.health.out-of-service");
    assertThat(ours(WHOLE).get("properties"))
        .allSatisfy(property -> assertThat(property.hasNonNull("description")).isTrue());
  }

  @Test
  void page_hasWhatIsNoKeyOfAnAppenderWithItsDefault() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (JsonNode property : ours(WHOLE).get("properties")) {
      String name = property.get("name").asText();
      if (SWITCHES.contains(name) || BEANS.stream().anyMatch(name::startsWith)) {
        JsonNode fallback = property.get("defaultValue");
        expected.put(name, fallback == null ? "-" : "`" + fallback.asText() + "`");
      }
    }
    Map<String, String> written = new TreeMap<>();
    List<String> lines = SpringPage.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("| key | default | meaning |")) {
        lines.subList(i + 2, lines.size()).stream()
            .takeWhile(line -> !line.isEmpty())
            .map(line -> line.split("\\|"))
            .forEach(cells -> written.put(cells[1].strip().replace("`", ""), cells[2].strip()));
      }
    }

    assertThat(written).isEqualTo(expected).hasSizeGreaterThan(SWITCHES.size());
    assertThat(EnvironmentValues.NO_KEYS).isEqualTo(expected.keySet());
  }

  private void switches() {
    property("shiplog.enabled", Boolean.class.getName(), true, "Puts our appenders in place.");
    property(
        "shiplog.stdout.enabled",
        Boolean.class.getName(),
        true,
        "Takes the place of the console appender of Spring Boot's defaults.");
    property(
        "shiplog.fluentd.enabled",
        Boolean.class.getName(),
        true,
        "Forwards events where an endpoint is named.");
  }

  private void add(String namespace, Key<?> key, @Nullable String fallback) {
    if (key.equals(Keys.PREFIX)) {
      return; // it is the logging framework's file that has it
    }
    String name = namespace + "." + EnvironmentValues.kebab(key.name());
    property(name, type(key), fallback == null ? null : value(key, fallback), key.sentence());
    List<String> words = words(key);
    if (!words.isEmpty()) {
      Map<String, Object> hint = new LinkedHashMap<>();
      hint.put("name", name);
      hint.put("values", words.stream().map(this::hint).toList());
      hints.add(hint);
    }
  }

  private Map<String, String> hint(String word) {
    return Map.of("value", word);
  }

  private void property(String name, String type, @Nullable Object fallback, String sentence) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("name", name);
    property.put("type", type);
    property.put("description", sentence);
    if (fallback != null) {
      property.put("defaultValue", fallback);
    }
    properties.add(property);
  }

  private static String type(Key<?> key) {
    String type =
        switch (key.type().name()) {
          case "boolean" -> "java.lang.Boolean";
          case "integer" -> "java.lang.Integer";
          case "duration" -> "java.time.Duration";
          case "size" -> "org.springframework.util.unit.DataSize";
          default -> "java.lang.String";
        };
    return key.repeatable() ? "java.util.List<" + type + ">" : type;
  }

  private static Object value(Key<?> key, String text) {
    return switch (key.type().name()) {
      case "boolean" -> Boolean.valueOf(text);
      case "integer" -> Integer.valueOf(text);
      default -> text;
    };
  }

  private static List<String> words(Key<?> key) {
    return CLOSED.contains(key.type().name())
        ? Stream.of(key.type().rule().replaceFirst("must be ", "").split(", (?:or )?| or "))
            .filter(word -> key.type().parser().parse(word) != null)
            .toList()
        : List.of();
  }

  /** The starter's own, of all files of that name. */
  private static JsonNode ours(String name) throws IOException {
    URL starter = SpringOverlay.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone = new URLClassLoader(new URL[] {starter}, null);
        InputStream file = Objects.requireNonNull(alone.getResourceAsStream(name), name)) {
      return JSON.readTree(file);
    } catch (JsonProcessingException e) {
      throw new AssertionError(name, e);
    }
  }
}
