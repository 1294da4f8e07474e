package dev.shiplog.spring;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * What Spring Boot's own settings mean for ours. They are defaults: a key of ours that is set wins.
 *
 * <p>{@code logging.structured.format.console} with one of Boot's formats chooses the schema of
 * stdout, and then {@code logging.structured.json.*} shapes its records. What {@code
 * logging.structured.ecs.service.*} and {@code spring.application.name} say of the service counts
 * for every appender.
 */
final class BootLogging {
  private static final String STRUCTURED = "logging.structured.";

  private static final String VERSION = "spring.application.version";

  /** Boot's formats that are schemas of ours. */
  static final Set<String> FORMATS = Set.of("ecs", "gelf", "logstash");

  private final ConfigurableEnvironment environment;
  private final Scope scope;
  private final FileValues values;
  private Predicate<String> isSet = key -> false;

  /** Whether the application has classes that change Boot's own records. */
  static boolean hasCustomizer(ConfigurableEnvironment environment) {
    return Binder.get(environment)
        .bind(STRUCTURED + "json.customizer", Bindable.listOf(String.class))
        .map(classes -> !classes.isEmpty())
        .orElse(false);
  }

  BootLogging(ConfigurableEnvironment environment, Scope scope, FileValues values) {
    this.environment = environment;
    this.scope = scope;
    this.values = values;
  }

  /** Adds what is said there and not set among our keys. */
  void addWhatIsNotSet(Predicate<String> alreadySet) {
    isSet = alreadySet;
    service();
    String format = environment.getProperty(STRUCTURED + "format.console", "");
    if (scope == Scope.STDOUT && FORMATS.contains(format)) {
      if (format.equals("ecs") && !isSet.test("schema")) {
        put("nested", "true", STRUCTURED + "format.console"); // as Boot writes it
      }
      put("schema", format, STRUCTURED + "format.console");
      put("format", "json", STRUCTURED + "format.console");
      json();
      stackTrace();
    }
  }

  private void service() {
    putFirst(
        "service.name",
        STRUCTURED + "ecs.service.name",
        isTold("service.name", "OTEL_SERVICE_NAME") ? null : "spring.application.name");
    putFirst(
        "service.version",
        STRUCTURED + "ecs.service.version",
        STRUCTURED + "gelf.service.version",
        isTold("service.version", null) || isOfManifest() ? null : VERSION);
    putFirst("service.environment", STRUCTURED + "ecs.service.environment");
    putFirst("service.instance", STRUCTURED + "ecs.service.node-name");
    if (!isTold("service.version", null)
        && environment.getProperty(VERSION) == null
        && !hasBuildInfo()) {
      String commit = commit();
      if (commit != null) {
        put("service.version", commit, "git.properties");
      }
    }
  }

  /** What OpenTelemetry's variables say beats Spring's name for the application. */
  private boolean isTold(String attribute, @Nullable String variable) {
    return (variable != null && environment.containsProperty(variable))
        || environment.getProperty("OTEL_RESOURCE_ATTRIBUTES", "").contains(attribute + "=");
  }

  /**
   * Whether Boot has its version from the manifest alone while there is build-info, which comes
   * before the manifest.
   */
  private boolean isOfManifest() {
    return hasBuildInfo()
        && environment.getPropertySources().stream()
            .filter(
                source ->
                    !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
            .filter(source -> source.containsProperty(VERSION))
            .findFirst()
            .filter(source -> source.getName().equals("applicationInfo"))
            .isPresent();
  }

  private static boolean hasBuildInfo() {
    return new ClassPathResource("META-INF/build-info.properties").exists();
  }

  private static @Nullable String commit() {
    ClassPathResource git = new ClassPathResource("git.properties");
    try {
      Properties properties =
          git.exists() ? PropertiesLoaderUtils.loadProperties(git) : new Properties();
      return properties.getProperty(
          "git.commit.id.abbrev", properties.getProperty("git.commit.id"));
    } catch (IOException | IllegalArgumentException e) {
      return null; // what cannot be read tells nothing
    }
  }

  private void json() {
    each("include", STRUCTURED + "json.include");
    each("exclude", STRUCTURED + "json.exclude");
    pairs("rename", STRUCTURED + "json.rename");
    pairs("field", STRUCTURED + "json.add");
    String context = STRUCTURED + "json.context.";
    putFirst("mdc.prefix", context + "prefix");
    putFirst("kv.prefix", context + "prefix");
    if (!environment.getProperty(context + "include", Boolean.class, true)) {
      put("mdc.exclude", "*", context + "include");
      put("kv.exclude", "*", context + "include");
    }
  }

  private void stackTrace() {
    String place = STRUCTURED + "json.stacktrace.";
    String root = environment.getProperty(place + "root");
    if (root != null) {
      put(
          "stackTrace.rootCauseFirst",
          String.valueOf(root.equalsIgnoreCase("first")),
          place + "root");
    }
    putFirst("stackTrace.maxFrames", place + "max-throwable-depth");
    putFirst("stackTrace.maxBytes", place + "max-length");
    putFirst("stackTrace.hash", place + "include-hashes");
  }

  private void each(String key, String property) {
    List<String> list =
        Binder.get(environment).bind(property, Bindable.listOf(String.class)).orElse(List.of());
    if (!isSet.test(key)) {
      list.forEach(text -> values.set(key, text, property, true));
    }
  }

  private void pairs(String key, String property) {
    Map<String, String> map =
        Binder.get(environment)
            .bind(property, Bindable.mapOf(String.class, String.class))
            .orElse(Map.of());
    if (!isSet.test(key)) {
      map.forEach((name, text) -> values.set(key, name + "=" + text, property, true));
    }
  }

  private void putFirst(String key, @Nullable String... properties) {
    for (String property : properties) {
      String text = property == null ? null : environment.getProperty(property);
      if (text != null && property != null && !text.isBlank()) {
        put(key, text, property);
        return;
      }
    }
  }

  private void put(String key, String text, String place) {
    if (!isSet.test(key)) {
      values.set(key, text, place, true);
    }
  }
}
