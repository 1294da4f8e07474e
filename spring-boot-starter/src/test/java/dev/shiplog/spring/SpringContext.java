package dev.shiplog.spring;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What a logging context is to the overlay: something that has Spring's environment.
 *
 * @param environment of sources that a test made, and no others
 */
public record SpringContext(ConfigurableEnvironment environment) {

  static SpringContext of(PropertySource<?>... sources) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().stream()
        .map(PropertySource::getName)
        .toList()
        .forEach(environment.getPropertySources()::remove);
    for (PropertySource<?> source : sources) {
      environment.getPropertySources().addLast(source);
    }
    ConfigurationPropertySources.attach(environment);
    return new SpringContext(environment);
  }

  static PropertySource<?> variables(Map<String, Object> variables) {
    return new SystemEnvironmentPropertySource(
        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
  }

  static PropertySource<?> systemProperties(Map<String, Object> properties) {
    return named(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties);
  }

  static PropertySource<?> file(Map<String, Object> properties) {
    return named("Config resource 'application.yaml'", properties);
  }

  static PropertySource<?> named(String name, Map<String, Object> properties) {
    return new MapPropertySource(name, properties);
  }

  /** As both logging frameworks' contexts have it. */
  public @Nullable Object getObject(String name) {
    return name.equals(Environment.class.getName()) ? environment : null;
  }

  Settings settings(Scope scope, String appender, FileValues file) {
    return Settings.reader(scope)
        .name(appender)
        .file(file)
        .outside(this, SpringContext.class.getClassLoader())
        .read();
  }
}
