package dev.shiplog.spring;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.SettingsOverlay;
import dev.shiplog.config.TlsBundle;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Makes Spring's environment the source of settings of every appender in a logging context that
 * Spring Boot configured. Safe for any thread.
 */
public final class SpringOverlay implements SettingsOverlay {
  /** Under which name Spring Boot keeps its environment in a context of Log4j 2. */
  static final String IN_LOG4J =
      "org.springframework.boot.logging.log4j2.Log4J2LoggingSystem.environment";

  /** The same for Logback and for Log4j 2. */
  private static final String[] NAMES = {Environment.class.getName(), IN_LOG4J};

  /** For the service loader. */
  public SpringOverlay() {}

  @Override
  public @Nullable FileValues over(
      Object context, Scope scope, String name, @Nullable String prefix) {
    return environment(context) instanceof ConfigurableEnvironment environment
        ? new EnvironmentValues(environment, scope, name, prefix).read()
        : null;
  }

  @Override
  public @Nullable TlsBundle tlsBundle(Object context, String name) {
    return environment(context) instanceof ConfigurableEnvironment environment
        ? new SslBundles(environment).named(name)
        : null;
  }

  /** Both frameworks' contexts have {@code getObject(String)}, and no type in common. */
  private static @Nullable Object environment(Object context) {
    try {
      Method getObject = context.getClass().getMethod("getObject", String.class);
      for (String name : NAMES) {
        Object found = getObject.invoke(context, name);
        if (found != null) {
          return found;
        }
      }
    } catch (ReflectiveOperationException e) {
      // not a context that Spring Boot knows
    }
    return null;
  }
}
