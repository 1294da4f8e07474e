package dev.shiplog.spring;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Key;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads what Spring's environment says of one appender, with relaxed names: {@code
 * shiplog.fluentd.spool.max-bytes} for the key {@code spool.maxBytes}. Sources come first, in
 * Spring's order: whoever starts an application beats whoever built it. Within one source, what is
 * written for one appender ({@code shiplog.appender.<name>}) beats what is written for its kind or
 * under its prefix, and that what is written for all. For one thread.
 */
final class EnvironmentValues {
  private static final String ROOT = "shiplog";

  /** Words behind the root that are not keys of every appender. */
  private static final Set<String> GROUPS = Set.of("stdout", "fluentd", "encoder", "appender");

  /** Our names that are no keys of appenders: whether there are any, and those of beans. */
  static final Set<String> NO_KEYS =
      Set.of(
          "shiplog.enabled",
          "shiplog.stdout.enabled",
          "shiplog.fluentd.enabled",
          "shiplog.access-log.enabled",
          "shiplog.access-log.exclude",
          "shiplog.access-log.client-address",
          "shiplog.access-log.trusted-proxies",
          "shiplog.access-log.query-parameters",
          "shiplog.access-log.request-headers",
          "shiplog.access-log.response-headers",
          "shiplog.health.unreachable-for",
          "shiplog.health.buffer-share",
          "shiplog.health.out-of-service");

  /** Sources that whoever starts the process writes, not whoever builds it. */
  private static final Set<String> NOT_FILES =
      Set.of("systemEnvironment", "systemProperties", "commandLineArgs", "spring.application.json");

  private final ConfigurableEnvironment environment;
  private final Scope scope;
  private final List<ConfigurationPropertySource> sources = new ArrayList<>();
  private final List<Namespace> namespaces = new ArrayList<>();
  private final FileValues values = new FileValues("Spring's environment");

  /**
   * Where keys are looked for.
   *
   * @param own whether only keys can stand in it, so that anything else is a mistake
   * @param sharedAlone whether only keys that all appenders know are looked for in it
   */
  record Namespace(ConfigurationPropertyName name, boolean own, boolean sharedAlone) {
    ConfigurationPropertyName of(Key<?> key) {
      return name.append(kebab(key.name()));
    }

    boolean has(Key<?> key) {
      return !sharedAlone || key.section() == Section.SHARED;
    }
  }

  /** For the appender of a name, which its file may have given a {@code prefix} of its own. */
  EnvironmentValues(
      ConfigurableEnvironment environment, Scope scope, String appender, @Nullable String prefix) {
    this.environment = environment;
    this.scope = scope;
    ConfigurationPropertySources.get(environment).forEach(sources::add);
    if (!appender.isEmpty()) {
      add(ROOT + ".appender." + kebab(appender), false, false);
    }
    String kind = prefix == null ? ROOT + "." + scope.word() : kebab(prefix);
    if (!kind.equals(ROOT)) {
      add(kind, true, false);
    }
    add(ROOT, false, !kind.equals(ROOT));
  }

  private void add(String name, boolean own, boolean sharedAlone) {
    if (ConfigurationPropertyName.isValid(name)) {
      namespaces.add(new Namespace(ConfigurationPropertyName.of(name), own, sharedAlone));
    }
  }

  FileValues read() {
    for (Key<?> key : Keys.of(scope)) {
      for (ConfigurationProperty property : found(key)) {
        // a prefix says where to look in here: it is the logging framework's file that does
        boolean file = isFile(property.getSource()) && !key.equals(Keys.PREFIX);
        values.set(key.name(), text(property), place(property), file);
      }
    }
    new BootLogging(environment, scope, values).addWhatIsNotSet(this::isSet);
    namespaces.forEach(this::strays);
    Map<String, String> beside = new HashMap<>();
    for (String name : NO_KEYS) {
      beside.put(camel(ConfigurationPropertyName.of(name).subName(1)), name);
    }
    values.beside(beside);
    return values.alreadyRead(new RawVariables(environment).unread(scope, namespaces));
  }

  boolean isSet(String name) {
    return Keys.of(scope).stream()
        .anyMatch(key -> key.name().equals(name) && !found(key).isEmpty());
  }

  /** What the source says that beats the others, and there the most specific namespace. */
  private List<ConfigurationProperty> found(Key<?> key) {
    for (ConfigurationPropertySource source : sources) {
      for (Namespace namespace : namespaces) {
        List<ConfigurationProperty> found =
            namespace.has(key) ? in(source, key, namespace.of(key)) : List.of();
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private List<ConfigurationProperty> in(
      ConfigurationPropertySource source, Key<?> key, ConfigurationPropertyName name) {
    List<ConfigurationProperty> found = new ArrayList<>();
    ConfigurationProperty single = source.getConfigurationProperty(name);
    if (single != null) {
      found.add(single);
    }
    ConfigurationProperty element;
    while (single == null
        && key.repeatable()
        && (element = source.getConfigurationProperty(name.append("[" + found.size() + "]")))
            != null) {
      found.add(element);
    }
    // an empty variable is how a deployment says "not set", except where that would open a door
    boolean unset =
        !key.security() && found.stream().allMatch(property -> text(property).isBlank());
    return unset ? List.of() : found;
  }

  private String text(ConfigurationProperty property) {
    return environment.resolvePlaceholders(String.valueOf(property.getValue()));
  }

  private static String place(ConfigurationProperty property) {
    return property.getOrigin() == null
        ? property.getName().toString()
        : property.getOrigin().toString();
  }

  private static boolean isFile(@Nullable ConfigurationPropertySource source) {
    return source != null
        && source.getUnderlyingSource() instanceof PropertySource<?> underlying
        && !NOT_FILES.contains(underlying.getName());
  }

  /** Hands on what is no key, for the reader to say so. */
  private void strays(Namespace namespace) {
    for (ConfigurationPropertySource source : sources) {
      // the names that come from variables have lost their dots and dashes: see RawVariables
      if (source instanceof IterableConfigurationPropertySource named
          && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
        named.stream()
            .filter(namespace.name()::isAncestorOf)
            .filter(name -> !isKey(namespace, name) && !isOfOthers(namespace, name))
            .forEach(name -> stray(namespace, name, source.getConfigurationProperty(name)));
      }
    }
  }

  private boolean isKey(Namespace namespace, ConfigurationPropertyName name) {
    boolean indexed = name.isLastElementIndexed();
    ConfigurationPropertyName written = indexed ? name.getParent() : name;
    return Keys.of(scope).stream()
        .filter(key -> namespace.has(key) && (!indexed || key.repeatable()))
        .anyMatch(key -> namespace.of(key).equals(written));
  }

  private boolean isOfOthers(Namespace namespace, ConfigurationPropertyName name) {
    boolean everybodys = namespace.name().getNumberOfElements() == 1 && !namespace.own();
    ConfigurationPropertyName written = name.isLastElementIndexed() ? name.getParent() : name;
    return NO_KEYS.stream().anyMatch(one -> ConfigurationPropertyName.of(one).equals(written))
        || (everybodys && GROUPS.contains(name.getElement(1, Form.UNIFORM)));
  }

  private void stray(
      Namespace namespace,
      ConfigurationPropertyName name,
      @Nullable ConfigurationProperty property) {
    String written = camel(name.subName(namespace.name().getNumberOfElements()));
    if (property == null) {
      return;
    }
    if (namespace.own()) {
      values.set(written, "", place(property), true);
    } else {
      values.doubt(written, place(property));
    }
  }

  /** {@code spool.max-bytes} for {@code spool.maxBytes}. */
  static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** The other way, for messages. */
  private static String camel(ConfigurationPropertyName name) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (char c : name.toString().toCharArray()) {
      if (c == '-') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
