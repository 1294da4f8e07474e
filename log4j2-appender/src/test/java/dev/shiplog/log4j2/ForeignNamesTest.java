package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.ForwardEndpoint;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.NullConfiguration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAliases;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.processor.PluginCache;
import org.apache.logging.log4j.core.config.plugins.processor.PluginEntry;
import org.apache.logging.log4j.core.config.plugins.util.PluginType;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of our elements take nothing from those of others in the same file. */
class ForeignNamesTest {
  private static final String PLUGINS =
      "META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat";

  /** Of logstash-gelf; see also what Log4j's own plugins here have. */
  private static final String GELF_FIELD = "field";

  /** A group of ours and an attribute of BurstFilter: given back where it is that. */
  private static final String GIVEN_BACK = "rate";

  /** They need libraries that are not here. */
  private static final Set<String> UNREADABLE =
      Set.of(
          "CsvLogEventLayout",
          "CsvParameterLayout",
          "DisruptorBlockingQueueFactory",
          "JCToolsBlockingQueueFactory",
          "JmsAppender");

  @Test
  void names_areThoseOfNothingInLog4j() throws IOException {
    Set<String> theirs = namesInLog4j();
    theirs.remove(GIVEN_BACK);
    assertThat(theirs)
        .contains("pattern", "key", "filename", "patternlayout", "eventtemplateuri")
        .hasSizeGreaterThan(300);
    Plugin plugin = SettingElement.class.getAnnotation(Plugin.class);
    PluginAliases aliases = SettingElement.class.getAnnotation(PluginAliases.class);
    assertThat(Stream.concat(Stream.of(plugin.name()), Stream.of(aliases.value())))
        .extracting(ForeignNamesTest::lower)
        .doesNotContainAnyElementsOf(theirs)
        .doesNotContain(GELF_FIELD);
  }

  private static Set<String> namesInLog4j() throws IOException {
    PluginCache cache = new PluginCache();
    cache.loadCacheFiles(ForeignNamesTest.class.getClassLoader().getResources(PLUGINS));
    Set<String> names = new TreeSet<>();
    for (Map<String, PluginEntry> category : cache.getAllCategories().values()) {
      for (PluginEntry plugin : category.values()) {
        if (plugin.getClassName().startsWith("org.apache.logging.")) {
          names.add(lower(plugin.getKey()));
          try {
            addNames(Class.forName(plugin.getClassName()), names);
          } catch (NoClassDefFoundError e) {
            assertThat(UNREADABLE).contains(plugin.getClassName().replaceAll(".*\\.", ""));
          } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
    return names;
  }

  private static void addNames(Class<?> type, Set<String> names) {
    for (Class<?> inner : type.getDeclaredClasses()) { // builders
      addNames(inner, names);
    }
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        addNames(field, field.getName(), names);
      }
      List<Executable> executables = new ArrayList<>(Arrays.asList(at.getDeclaredMethods()));
      executables.addAll(Arrays.asList(at.getDeclaredConstructors()));
      executables.stream()
          .flatMap(executable -> Stream.of(executable.getParameters()))
          .forEach(parameter -> addNames(parameter, "", names));
    }
  }

  private static void addNames(AnnotatedElement element, String itsName, Set<String> names) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation instanceof PluginBuilderAttribute attribute) {
        names.add(lower(attribute.value().isEmpty() ? itsName : attribute.value()));
      } else if (annotation instanceof PluginAttribute attribute) {
        names.add(lower(attribute.value()));
      } else if (annotation instanceof PluginElement inner) {
        names.add(lower(inner.value()));
      } else if (annotation instanceof PluginAliases aliases) {
        Stream.of(aliases.value()).map(ForeignNamesTest::lower).forEach(names::add);
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Test
  void textElementsOfOthers_areTheirAttributes(@TempDir Path folder) throws IOException {
    String foreign =
        """
        <File name='FILE'>
          <fileName>%s</fileName>
          <PatternLayout><Pattern>mine %%m%%n</Pattern></PatternLayout>
        </File>
        """;
    Path file = folder.resolve("a.log");
    String xml =
        Configured.xml(
                "<ShiplogStdout name='NAME' via='system-out'><Service name='s'/></ShiplogStdout>"
                    + foreign.formatted(file))
            .replace("<AppenderRef", "<AppenderRef ref='FILE'/><AppenderRef");
    try (Configured configured = Configured.with(Configured.Form.XML, xml)) {
      assertThat(configured.told()).isEmpty();
      configured.logger("a").info("first");
    }
    assertThat(Files.readAllLines(file)).containsExactly("mine first");
  }

  @Test
  void groupOfOurs_isTheirAttributeWhereItIsButAText(@TempDir Path folder) throws IOException {
    String foreign =
        """
        <File name='FILE' fileName='%s'>
          <PatternLayout pattern='%%m%%n'/>
          <BurstFilter level='info'><rate>1</rate><maxBurst>1</maxBurst></BurstFilter>
        </File>
        """;
    Path file = folder.resolve("a.log");
    String xml =
        Configured.xml("<ShiplogStdout name='NAME'/>" + foreign.formatted(file))
            .replace("<AppenderRef", "<AppenderRef ref='FILE'/><AppenderRef");
    try (Configured configured = Configured.with(Configured.Form.XML, xml)) {
      configured.logger("a").info("first");
      configured.logger("a").info("too much");
      configured.logger("a").warn("second");
    }
    assertThat(Files.readAllLines(file)).containsExactly("first", "second");
  }

  @Test
  void elementOfANameThatIsNotOurs_isFoundInTheFile() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      String xml =
          Configured.xml(
              """
              <ShiplogFluentd name='NAME' endpoint='%s'>
                <Chunk maxAge='5ms'/>
                <Field value='team=art'/>
                <Field value='room=seven'/>
                <Mask><Key value='iban'/><Pattern value='secret [0-9]+'/></Mask>
              </ShiplogFluentd>
              """
                  .formatted(endpoint.address()));
      try (Configured configured = Configured.with(Configured.Form.XML, xml)) {
        configured.logger("a").info("a secret 42");
        assertThat(endpoint.await(1).get(0).fields())
            .containsEntry("team", "art")
            .containsEntry("room", "seven")
            .containsEntry("message", "a ****");
      }
    }
  }

  @Test
  void textElementOfAnUnknownPlugin_becomesItsAttributeThoughTheNameIsOurs() {
    Node layout = node(null, "PatternLayout", PatternLayout.class);
    Node pattern = node(layout, "Pattern", SettingElement.class);
    pattern.setValue("mine %m");
    layout.getChildren().add(pattern);

    new NullConfiguration().createConfiguration(layout, null);

    PatternLayout made = layout.getObject();
    assertThat(made.getConversionPattern()).isEqualTo("mine %m");
  }

  private static Node node(@Nullable Node parent, String name, Class<?> plugin) {
    PluginEntry entry = new PluginEntry();
    entry.setKey(name.toLowerCase(Locale.ROOT));
    entry.setName(name);
    entry.setClassName(plugin.getName());
    return new Node(parent, name, new PluginType<>(entry, plugin, name));
  }
}
