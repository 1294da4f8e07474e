package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.FileAppender;
import dev.shiplog.PipelineReport;
import dev.shiplog.Shiplog;
import dev.shiplog.config.Key;
import dev.shiplog.config.KeySamples;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of the table has its element, in every appender that knows it and in the encoder. */
class ElementParityTest {
  @TempDir private Path folder;

  static Stream<Arguments> everyKey() {
    return Stream.of(Scope.values())
        .flatMap(scope -> Keys.of(scope).stream().map(key -> Arguments.of(scope, key)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyKey")
  void element_setsItsKey(Scope scope, Key<?> key) {
    StringBuilder elements = new StringBuilder(element(key.name(), KeySamples.valid(key)));
    for (Key<?> companion : KeySamples.companions(key, scope)) {
      elements.append(element(companion.name(), KeySamples.valid(companion)));
    }
    try (Configured configured = configured(scope, elements.toString())) {
      List<String> problems = new ArrayList<>(configured.problems());
      if (KeySamples.needsFramework(key)) {
        assertThat(problems).singleElement().asString().contains("needs a framework");
        return;
      }
      if (key.security()) {
        problems.removeIf(problem -> problem.contains("/no/such/file, does not exist"));
      }
      if (KeySamples.supported(key)) {
        assertThat(problems).isEmpty();
        if (scope != Scope.ENCODER) {
          assertThat(configuredKeys()).contains(key.qualifiedName());
        }
      } else {
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0))
            .startsWith(key.qualifiedName() + ": ")
            .contains("is not supported yet");
      }
    }
  }

  /** What the pipelines that run have from elsewhere than their defaults. */
  private static Set<String> configuredKeys() {
    return Shiplog.pipelines().stream()
        .flatMap(pipeline -> pipeline.settings().stream())
        .filter(setting -> !setting.source().equals("default"))
        .map(PipelineReport.EffectiveSetting::key)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void element_isRepeatableWhereItsKeyIs(Scope scope) {
    StringBuilder elements = new StringBuilder();
    for (Key<?> key : Keys.of(scope)) {
      elements.append(element(key.name(), KeySamples.valid(key)).repeat(2));
    }
    try (Configured configured = configured(scope, elements.toString())) {
      assertThat(configured.problems())
          .filteredOn(problem -> problem.contains("is set 2 times"))
          .hasSize((int) Keys.of(scope).stream().filter(key -> !key.repeatable()).count());
    }
  }

  @Test
  void settings_takeStringsAlone() {
    Stream.of(StdoutAppender.class, FluentdAppender.class, ShiplogEncoder.class)
        .flatMap(type -> Stream.of(type.getMethods()))
        .filter(method -> method.getName().matches("(set|add)[A-Z].*"))
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> !method.getDeclaringClass().getName().startsWith("ch.qos"))
        .filter(method -> !List.of("setContext", "addFilter").contains(method.getName()))
        .forEach(
            method ->
                assertThat(method.getParameterTypes()[0])
                    .as(method.toString())
                    .matches(type -> type == String.class || Group.class.isAssignableFrom(type)));
  }

  private Configured configured(Scope scope, String elements) {
    return switch (scope) {
      case STDOUT -> Configured.withAppender(StdoutAppender.class, elements);
      case FLUENTD -> Configured.withAppender(FluentdAppender.class, elements);
      case ENCODER ->
          Configured.withAppender(
              FileAppender.class,
              "<file>"
                  + folder.resolve("a.log")
                  + "</file><encoder class='dev.shiplog.logback.ShiplogEncoder'>"
                  + elements
                  + "</encoder>");
    };
  }

  private static String element(String name, String value) {
    int dot = name.indexOf('.');
    return dot < 0
        ? "<" + name + ">" + value + "</" + name + ">"
        : element(name.substring(0, dot), element(name.substring(dot + 1), value));
  }
}
