package dev.shiplog.log4j2;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.filter.CompositeFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file says in the element of one appender or layout, whatever it says, as
 * long as Log4j reads its file. For one thread.
 */
final class Element {
  private static final String NAME = "name";
  private static final String VALUE = "value";
  private static final String PROPERTY = "property";

  private final Configuration configuration;
  private final UnaryOperator<String> substitution;
  private final Node node;
  private final @Nullable LogEvent event;
  private final Map<String, String> attributes;
  private final List<XmlElements.Lost> lost;

  /**
   * The element of {@code node}, of which nothing has been taken so far.
   *
   * @param event what has Log4j make the plugin, where a Routing appender does; else null
   * @param substitution puts in what Log4j's variables stand for
   */
  Element(
      Configuration configuration,
      Node node,
      @Nullable LogEvent event,
      UnaryOperator<String> substitution) {
    this.configuration = configuration;
    this.node = node;
    this.event = event;
    this.substitution = substitution;
    this.lost = XmlElements.lost(configuration, node);
    this.attributes = new HashMap<>(node.getAttributes());
  }

  /** The name that references to the plugin use; empty if it has none. */
  String name() {
    String name = attribute(attributes, NAME);
    return name == null ? "" : substitution.apply(name);
  }

  private static @Nullable String attribute(Map<String, String> attributes, String name) {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (attribute.getKey().equalsIgnoreCase(name)) {
        return attribute.getValue();
      }
    }
    return null;
  }

  /**
   * Where it is but a text, it becomes an attribute of the element that it stands in: what Log4j
   * would have made of it, had nobody a plugin of its name. The other's plugin is made later.
   */
  void becomeAttribute() {
    Node parent = node.getParent();
    if (parent != null && node.getValue() != null && attributes.isEmpty() && !node.hasChildren()) {
      parent.getAttributes().put(node.getName(), node.getValue());
    }
  }

  /** The filters that stand in it, made; null if there are none. */
  @Nullable Filter filter() {
    List<Filter> filters = new ArrayList<>();
    for (Node child : node.getChildren()) {
      if (isFilter(child)) {
        configuration.createConfiguration(child, event);
        Filter filter = child.getObject();
        if (filter != null) {
          filters.add(filter);
        }
      }
    }
    return switch (filters.size()) {
      case 0 -> null;
      case 1 -> filters.get(0);
      default -> CompositeFilter.createFilters(filters.toArray(Filter[]::new));
    };
  }

  private static boolean isFilter(Node node) {
    return node.getType() != null && Filter.class.isAssignableFrom(node.getType().getPluginClass());
  }

  /** What is in effect for an appender, with the process's environment and properties. */
  Settings settings(Scope scope, String name) {
    Reading reading = new Reading(scope);
    attributes.forEach(
        (attribute, value) -> {
          if (scope == Scope.ENCODER || !attribute.equalsIgnoreCase(NAME)) {
            reading.put(attribute, value);
          }
        });
    for (Node child : node.getChildren()) {
      if (!isFilter(child)) {
        reading.child("", child);
      }
    }
    lost.forEach(element -> reading.put(element.path(), element.text()));
    return Settings.reader(scope)
        .name(name)
        .file(reading.values)
        .outside(configuration.getLoggerContext(), Element.class.getClassLoader())
        .read();
  }

  /** What the context is called that is being configured; empty if nobody knows. */
  String context() {
    LoggerContext context = configuration.getLoggerContext();
    return context == null ? "" : context.getName();
  }

  /** Whatever messages can name the file by. */
  private String source() {
    String location = configuration.getConfigurationSource().getLocation();
    return location == null ? "log4j2" : location.substring(location.lastIndexOf('/') + 1);
  }

  /** One walk through the element. */
  private final class Reading {
    final FileValues values = new FileValues(source());
    private final KeyNames names;

    Reading(Scope scope) {
      names = new KeyNames(scope);
    }

    void put(String path, String value) {
      values.set(names.spelled(path), substitution.apply(value));
    }

    void child(String group, Node child) {
      if (child.getName().equalsIgnoreCase(PROPERTY)) {
        property(group, child);
        return;
      }
      String path = names.spelled(group + child.getName());
      String text = child.getValue() == null ? "" : child.getValue();
      boolean isKey = names.isKey(path);
      boolean said = false;
      if (isKey && !text.isEmpty()) {
        put(path, text);
        said = true;
      }
      for (Map.Entry<String, String> attribute : child.getAttributes().entrySet()) {
        boolean isValue = isKey && attribute.getKey().equalsIgnoreCase(VALUE);
        put(isValue ? path : path + '.' + attribute.getKey(), attribute.getValue());
        said = true;
      }
      for (Node inner : child.getChildren()) {
        child(path + '.', inner);
        said = true;
      }
      String inside = path + '.';
      said |= lost.stream().anyMatch(inner -> names.spelled(inner.path()).startsWith(inside));
      if (!said || !isKey && !text.isEmpty()) {
        // whoever wrote <Tls/> must not be left in the clear
        put(path, "");
      }
    }

    /** Log4j's own element for a name and a value, which any key may be. */
    private void property(String group, Node property) {
      String name = attribute(property.getAttributes(), NAME);
      String value = attribute(property.getAttributes(), VALUE);
      if (value == null) {
        value = property.getValue() == null ? "" : property.getValue();
      }
      put(group + (name == null ? PROPERTY : name), value);
    }
  }
}
