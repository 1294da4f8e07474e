package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeHint;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

/** What Spring's ahead-of-time processing is told, and how its results are recognised. */
final class NativeImageTest {
  private static final String AOT = "spring.aot.enabled";

  @TempDir Path folder;

  private static RuntimeHints hints() {
    RuntimeHints hints = new RuntimeHints();
    for (RuntimeHintsRegistrar registrar :
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
            .load(RuntimeHintsRegistrar.class)) {
      if (registrar instanceof ShiplogRuntimeHints) {
        registrar.registerHints(hints, NativeImageTest.class.getClassLoader());
      }
    }
    return hints;
  }

  @Test
  void environment_isFoundByReflection() throws Exception {
    RuntimeHints hints = hints();
    Method getObject = LoggerContext.class.getMethod("getObject", String.class);

    assertThat(RuntimeHintsPredicates.reflection().onType(LoggerContext.class)).accepts(hints);
    TypeHint declaring =
        Objects.requireNonNull(hints.reflection().getTypeHint(getObject.getDeclaringClass()));
    assertThat(declaring.methods())
        .anyMatch(
            method ->
                method.getName().equals("getObject")
                    && method.getMode() == ExecutableMode.INVOKE
                    && method.getParameterTypes().equals(TypeReference.listOf(String.class)));
  }

  @Test
  void resources_areKept() {
    for (String resource :
        new String[] {
          "dev/shiplog/spring/logback-appenders.xml",
          "META-INF/build-info.properties",
          "git.properties"
        }) {
      assertThat(RuntimeHintsPredicates.resource().forResource(resource))
          .as(resource)
          .accepts(hints());
    }
    assertThat(NativeImageTest.class.getResource("/dev/shiplog/spring/logback-appenders.xml"))
        .isNotNull();
  }

  @Test
  void fileOfTheUserThatWasReadAheadOfTime_isLeftAlone() throws Exception {
    Path model = folder.resolve(LogbackDefaults.AOT_MODEL);
    Files.createDirectories(model.getParent());
    Files.createFile(model);

    assertThat(consoleIsLeft(folder)).isTrue();
  }

  @Test
  void defaultsOfBoot_areReplacedAheadOfTimeToo() throws Exception {
    assertThat(consoleIsLeft(folder)).isFalse();
  }

  /** Whether the appender of the name that Boot gives its own is still there. */
  private static boolean consoleIsLeft(Path classPath) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    LoggerContext context = new LoggerContext();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> console = new ListAppender<>();
    console.setName("CONSOLE");
    root.addAppender(console);
    System.setProperty(AOT, "true");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classPath.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      assertThat(AotDetector.useGeneratedArtifacts()).isTrue();
      LogbackDefaults.replace(
          context, new Wishes(new MockEnvironment().withProperty("shiplog.stdout.via", "fd")));
      return root.getAppender("CONSOLE") != null;
    } finally {
      thread.setContextClassLoader(before);
      System.clearProperty(AOT);
      context.stop();
    }
  }
}
