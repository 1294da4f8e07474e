package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.Key;
import dev.shiplog.config.KeySamples;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of the table can be set in a {@code log4j2.xml}, wherever it makes sense. */
class ElementParityTest {
  @TempDir private Path folder;

  /** How a key is written. */
  enum Style {
    ATTRIBUTE,
    ELEMENT,
    TEXT
  }

  static Stream<Arguments> everyKey() {
    return Stream.of(Scope.values())
        .flatMap(
            scope ->
                Keys.of(scope).stream()
                    .flatMap(
                        key ->
                            Stream.of(Style.values())
                                .filter(style -> style != Style.ELEMENT || key.repeatable())
                                .map(style -> Arguments.of(scope, key, style))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("everyKey")
  void element_setsItsKey(Scope scope, Key<?> key, Style style) {
    Written written = written(key.name(), KeySamples.valid(key), style);
    for (Key<?> companion : KeySamples.companions(key, scope)) {
      written =
          written.with(written(companion.name(), KeySamples.valid(companion), Style.ATTRIBUTE));
    }
    try (Configured configured = configured(scope, written)) {
      List<String> problems = new ArrayList<>(problems(scope, configured));
      assertThat(configured.told()).hasSameSizeAs(problems);
      if (KeySamples.needsFramework(key)) {
        assertThat(problems).singleElement().asString().contains("needs a framework");
        return;
      }
      if (key.security()) {
        problems.removeIf(problem -> problem.contains("/no/such/file, does not exist"));
      }
      if (KeySamples.supported(key)) {
        assertThat(problems).isEmpty();
      } else {
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0))
            .startsWith(key.qualifiedName() + ": ")
            .contains("is not supported yet");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void element_isRepeatableWhereItsKeyIs(Scope scope) {
    for (Key<?> key : Keys.of(scope)) {
      if (key.repeatable()) {
        String element = inner(key.name(), KeySamples.valid(key), Style.ELEMENT);
        try (Configured configured = configured(scope, new Written("", element.repeat(2)))) {
          assertThat(problems(scope, configured))
              .as(key.name())
              .noneMatch(problem -> problem.contains("is set 2 times"));
        }
      }
    }
  }

  /** What goes into the start tag, and what between it and the end tag. */
  private record Written(String attributes, String elements) {
    Written with(Written other) {
      return new Written(attributes + " " + other.attributes(), elements + other.elements());
    }
  }

  private static Written written(String name, String value, Style style) {
    return style == Style.ATTRIBUTE && !name.contains(".")
        ? new Written(attribute(name, value), "")
        : new Written("", inner(name, value, style));
  }

  private static String inner(String name, String value, Style style) {
    int dot = name.indexOf('.');
    if (dot > 0) {
      String group = capital(name.substring(0, dot));
      String key = name.substring(dot + 1);
      return style == Style.ATTRIBUTE
          ? "<" + group + " " + attribute(key, value) + "/>"
          : "<" + group + ">" + inner(key, value, style) + "</" + group + ">";
    }
    String tag = capital(name);
    return style == Style.TEXT
        ? "<" + tag + ">" + value + "</" + tag + ">"
        : "<" + tag + " " + attribute("value", value) + "/>";
  }

  private static String attribute(String name, String value) {
    return name + "='" + value + "'";
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private Configured configured(Scope scope, Written written) {
    return switch (scope) {
      case STDOUT ->
          Configured.withAppender(ShiplogStdout.class, written.attributes(), written.elements());
      case FLUENTD ->
          Configured.withAppender(ShiplogFluentd.class, written.attributes(), written.elements());
      case ENCODER ->
          Configured.withAppenders(
              "<File name='NAME' fileName='%s'><ShiplogLayout %s>%s</ShiplogLayout></File>"
                  .formatted(folder.resolve("a.log"), written.attributes(), written.elements()));
    };
  }

  private static List<String> problems(Scope scope, Configured configured) {
    return scope == Scope.ENCODER
        ? configured.told().stream().map(text -> text.replace("ShiplogLayout: ", "")).toList()
        : configured.problems();
  }
}
