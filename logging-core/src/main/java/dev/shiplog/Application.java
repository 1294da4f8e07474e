package dev.shiplog;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What the application knows of itself: Spring's name for it, what the build left in {@code
 * META-INF/build-info.properties}, and the manifest of the jar that was started.
 */
final class Application {
  static final String BUILD_INFO = "META-INF/build-info.properties";

  private Application() {}

  /**
   * The service's name and version, as far as the application tells; the more explicit source wins.
   *
   * @param properties looks up a system property, null if there is none
   * @param environment looks up an environment variable, null if there is none
   * @param loader where the application's resources are
   */
  static Map<String, String> facts(
      UnaryOperator<@Nullable String> properties,
      UnaryOperator<@Nullable String> environment,
      @Nullable ClassLoader loader) {
    Map<String, String> facts = new HashMap<>();
    put(facts, "service.name", properties.apply("spring.application.name"));
    put(facts, "service.name", environment.apply("SPRING_APPLICATION_NAME"));
    Properties build = buildInfo(loader);
    put(facts, "service.name", build.getProperty("build.name"));
    put(facts, "service.version", build.getProperty("build.version"));
    Attributes manifest = manifest(properties.apply("java.class.path"));
    put(facts, "service.name", manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE));
    put(facts, "service.version", manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.putIfAbsent(name, value.strip());
    }
  }

  private static Properties buildInfo(@Nullable ClassLoader loader) {
    Properties properties = new Properties();
    if (loader != null) {
      try (InputStream in = loader.getResourceAsStream(BUILD_INFO)) {
        if (in != null) {
          properties.load(in);
        }
      } catch (IOException | IllegalArgumentException e) {
        return new Properties(); // what cannot be read tells nothing
      }
    }
    return properties;
  }

  /** The manifest of the one jar that {@code java -jar} was given. */
  private static Attributes manifest(@Nullable String classPath) {
    if (classPath != null
        && classPath.endsWith(".jar")
        && !classPath.contains(File.pathSeparator)) {
      try (JarFile jar = new JarFile(classPath)) {
        Manifest manifest = jar.getManifest();
        return manifest == null ? new Attributes() : manifest.getMainAttributes();
      } catch (IOException e) {
        return new Attributes(); // nor does this
      }
    }
    return new Attributes();
  }
}
