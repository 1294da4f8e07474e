package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.Key;
import dev.shiplog.config.KeySamples;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key of the table can be set in a {@code log4j2.xml}, wherever it makes sense. */
class ElementParityTest {
  @TempDir private Path folder;

  /** Log4j or others have these names: no element of ours may. */
  private static final Set<String> NO_ELEMENT = Set.of("field", "rate", "connection");

  /** How a key is written. */
  enum Style {
    /** Of the appender's element or of the group's. */
    ATTRIBUTE,
    /** With the attribute {@code value}. */
    ELEMENT,
    /** Log4j makes an attribute of it where no plugin has its name. */
    TEXT,
    /** Log4j's own. */
    PROPERTY
  }

  static Stream<Arguments> everyKey() {
    return Stream.of(Scope.values())
        .flatMap(
            scope ->
                Keys.of(scope).stream()
                    .flatMap(
                        key ->
                            Stream.of(Style.values())
                                .filter(style -> isWritable(key, style))
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

  private static boolean isWritable(Key<?> key, Style style) {
    boolean hasElement = !NO_ELEMENT.contains(head(key.name()));
    return switch (style) {
      case ATTRIBUTE, PROPERTY -> true;
      case TEXT -> hasElement || !key.name().contains(".");
      case ELEMENT -> hasElement && key.repeatable() && !key.name().contains(".");
    };
  }

  private static String head(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void repeatableKey_hasEachOfItsValues(Scope scope) {
    for (Key<?> key : Keys.of(scope)) {
      if (key.repeatable() && KeySamples.supported(key)) {
        for (Style style : List.of(Style.ATTRIBUTE, Style.ELEMENT, Style.PROPERTY)) {
          String element = written(key.name(), KeySamples.valid(key), style).elements();
          if (isWritable(key, style) && !element.isEmpty()) {
            assertThat(settings(scope, element.repeat(2)).all(key)).as(element).hasSize(2);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Mask pattern='one'/><Mask pattern='two'/>",
        "<Mask pattern='one' preset='card'/><Mask Pattern='two'/>",
        "<Mask><Pattern>one</Pattern><Pattern>two</Pattern></Mask>",
        "<Mask><pattern>one</pattern></Mask><Mask pattern='two'/>",
        "<Mask pattern='one'><pattern>two</pattern></Mask>",
        "<Mask pattern='one'><Property name='pattern'>two</Property></Mask>",
        "<Property name='mask.pattern' value='one'/><Mask pattern='two'/>",
        "<Property name='mask.pattern'>one</Property><Property name='Mask.Pattern'>two</Property>",
      })
  void patterns_areAllThere(String elements) {
    Settings settings = settings(Scope.STDOUT, elements);
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.all(Keys.MASK_PATTERN)).containsExactlyInAnyOrder("one", "two");
  }

  /** What {@code elements} in one of ours say. */
  private static Settings settings(Scope scope, String elements) {
    String file = Configured.xml(Configured.appender(ShiplogStdout.class, "", elements));
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    try {
      XmlConfiguration configuration =
          new XmlConfiguration(null, new ConfigurationSource(new ByteArrayInputStream(bytes)));
      configuration.getPluginManager().collectPlugins(List.of());
      configuration.setup(); // which makes nodes, and no plugins yet
      Node appender = configuration.getRootNode().getChildren().get(0).getChildren().get(0);
      return new Element(configuration, appender, null, UnaryOperator.identity())
          .settings(scope, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What goes into the start tag, and what between it and the end tag. */
  private record Written(String attributes, String elements) {
    Written with(Written other) {
      return new Written(attributes + " " + other.attributes(), elements + other.elements());
    }
  }

  private static Written written(String name, String value, Style style) {
    return style == Style.ATTRIBUTE && (!name.contains(".") || NO_ELEMENT.contains(head(name)))
        ? new Written(attribute(name, value), "")
        : new Written("", inner(name, value, style));
  }

  private static String inner(String name, String value, Style style) {
    if (style == Style.PROPERTY) {
      return "<Property " + attribute("name", name) + " " + attribute("value", value) + "/>";
    }
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
