package dev.shiplog.spring;

import dev.shiplog.config.Key;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import dev.shiplog.spring.EnvironmentValues.Namespace;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The environment variables as they were written. Spring's names for them tell no dash from no dash
 * and no dot from an underscore, so that a slip can only be seen here. For one thread.
 */
final class RawVariables {
  private static final Pattern INDEXED = Pattern.compile("(.+)_\\d+");

  /** What the starter reads that is no key of an appender. */
  private static final Pattern NO_KEY =
      Pattern.compile("SHIPLOG_(?:(?:STDOUT_|FLUENTD_)?ENABLED|(?:HEALTH|ACCESS_?LOG)_.*)");

  private final Map<String, String> all = new HashMap<>();

  RawVariables(ConfigurableEnvironment environment) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof SystemEnvironmentPropertySource variables) {
        variables
            .getSource()
            .forEach((name, value) -> all.putIfAbsent(name, String.valueOf(value)));
      }
    }
  }

  /**
   * Those that have not been read by a name that Spring alone knows: for {@code spool.max-bytes} it
   * takes {@code SPOOL_MAXBYTES} too.
   */
  Map<String, String> unread(Scope scope, List<Namespace> namespaces) {
    Map<String, String> unread = new HashMap<>(all);
    unread.keySet().removeIf(name -> NO_KEY.matcher(name).matches());
    for (Namespace namespace : namespaces) {
      String prefix = variable(namespace.name()) + "_";
      if (unread.keySet().stream().anyMatch(name -> name.startsWith(prefix))) {
        for (Key<?> key : Keys.of(scope)) {
          String springs = variable(namespace.of(key));
          unread.remove(springs);
          if (key.repeatable()) {
            unread.keySet().removeIf(name -> isElement(name, springs));
          }
        }
      }
    }
    return unread;
  }

  private static boolean isElement(String name, String list) {
    Matcher matcher = INDEXED.matcher(name);
    return matcher.matches() && matcher.group(1).equals(list);
  }

  private static String variable(ConfigurationPropertyName name) {
    return name.toString().replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
