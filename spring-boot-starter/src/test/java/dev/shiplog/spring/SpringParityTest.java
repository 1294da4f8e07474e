package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Key;
import dev.shiplog.config.KeySamples;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Section;
import dev.shiplog.config.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key can be set in every way that Spring has, and means the same. */
final class SpringParityTest {
  private static final String NAME = "AUDIT";

  /** How a key is written. */
  enum Way {
    KEBAB_PROPERTY {
      @Override
      String name(String namespace, Key<?> key) {
        return namespace + "." + EnvironmentValues.kebab(key.name());
      }
    },
    LIST_PROPERTY {
      @Override
      String name(String namespace, Key<?> key) {
        return KEBAB_PROPERTY.name(namespace, key) + "[0]";
      }
    },
    SYSTEM_PROPERTY {
      @Override
      String name(String namespace, Key<?> key) {
        return namespace + "." + key.name();
      }
    },
    VARIABLE {
      @Override
      String name(String namespace, Key<?> key) {
        return namespace.replace('.', '_').toUpperCase(Locale.ROOT) + "_" + key.variable();
      }
    },
    LIST_VARIABLE {
      @Override
      String name(String namespace, Key<?> key) {
        return VARIABLE.name(namespace, key) + "_0";
      }
    };

    abstract String name(String namespace, Key<?> key);

    boolean isList() {
      return this == LIST_PROPERTY || this == LIST_VARIABLE;
    }

    SpringContext write(Map<String, Object> entries, Map<String, Object> companions) {
      return switch (this) {
        case KEBAB_PROPERTY, LIST_PROPERTY ->
            SpringContext.of(SpringContext.file(entries), SpringContext.named("more", companions));
        case SYSTEM_PROPERTY ->
            SpringContext.of(
                SpringContext.systemProperties(entries), SpringContext.file(companions));
        case VARIABLE, LIST_VARIABLE ->
            SpringContext.of(SpringContext.variables(entries), SpringContext.file(companions));
      };
    }
  }

  static Stream<Arguments> everyKey() {
    return Stream.of(Scope.values())
        .flatMap(
            scope ->
                Keys.of(scope).stream()
                    .flatMap(
                        key ->
                            Stream.of(Way.values())
                                .filter(way -> key.repeatable() || !way.isList())
                                .map(way -> Arguments.of(scope, key, way))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("everyKey")
  void key_takesItsValue(Scope scope, Key<?> key, Way way) {
    check(scope, key, way, "shiplog." + scope.word());
    check(scope, key, way, "shiplog.appender." + NAME.toLowerCase(Locale.ROOT));
    if (key.section() == Section.SHARED) {
      check(scope, key, way, "shiplog");
    }
  }

  private static void check(Scope scope, Key<?> key, Way way, String namespace) {
    String name = way.name(namespace, key);
    Map<String, Object> companions = new TreeMap<>();
    for (Key<?> companion : KeySamples.companions(key, scope)) {
      companions.put(
          Way.KEBAB_PROPERTY.name("shiplog." + scope.word(), companion),
          KeySamples.valid(companion));
    }
    Settings settings =
        way.write(Map.of(name, KeySamples.valid(key)), companions)
            .settings(scope, NAME, new FileValues("logback.xml"));
    if (key.equals(Keys.PREFIX)) {
      told(settings, key, "is taken from configuration files alone");
    } else if (KeySamples.needsFramework(key)) {
      told(settings, key, "names no bundle that there is");
    } else if (!KeySamples.supported(key)) {
      told(settings, key, "is not supported yet");
    } else {
      assertThat(settings.problems()).as(name).isEmpty();
      assertThat(settings.isSet(key)).as(name).isTrue();
      assertThat(settings.all(key))
          .as(name)
          .asString()
          .isEqualTo(String.valueOf(List.of(parsed(key))));
    }
  }

  private static void told(Settings settings, Key<?> key, String rule) {
    assertThat(settings.isSet(key)).isFalse();
    assertThat(settings.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo(key.qualifiedName());
              assertThat(problem.rule()).startsWith(rule);
              assertThat(problem.closes()).isEqualTo(key.security());
            });
  }

  private static Object parsed(Key<?> key) {
    Object value = key.type().parser().parse(KeySamples.valid(key));
    assertThat(value).isNotNull();
    return Objects.requireNonNull(value);
  }
}
