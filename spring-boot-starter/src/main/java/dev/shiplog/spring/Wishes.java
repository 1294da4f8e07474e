package dev.shiplog.spring;

import dev.shiplog.Shiplog;
import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import org.springframework.core.env.ConfigurableEnvironment;

/** Which appenders the application wants where it has no logging configuration of its own. */
final class Wishes {
  private final ConfigurableEnvironment environment;

  Wishes(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Whether stdout is ours. It is not if somebody gave {@code logging.structured.format.console} a
   * formatter class, or one of Boot's formats a customizer: what these write nobody else can.
   */
  boolean stdout() {
    String format = environment.getProperty("logging.structured.format.console", "");
    return environment.getProperty("shiplog.stdout.enabled", Boolean.class, true)
        && (format.isEmpty()
            || (BootLogging.FORMATS.contains(format) && !BootLogging.hasCustomizer(environment)));
  }

  /** Whether there is a console at all. */
  boolean console() {
    return environment.getProperty("logging.console.enabled", Boolean.class, true);
  }

  /** Whether our stdout appender, which is called STDOUT, writes JSON. */
  boolean json() {
    FileValues said = new EnvironmentValues(environment, Scope.STDOUT, "STDOUT", null).read();
    return Shiplog.isJson(Settings.reader(Scope.STDOUT).name("STDOUT").file(said).read());
  }

  /** Whether events are forwarded: a named endpoint turns it on. */
  boolean fluentd() {
    return environment.getProperty("shiplog.fluentd.enabled", Boolean.class, true)
        && new EnvironmentValues(environment, Scope.FLUENTD, "FLUENTD", null).isSet("endpoint");
  }
}
