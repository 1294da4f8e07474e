package dev.shiplog.spring;

import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.log4j2.ShiplogAppender;
import dev.shiplog.log4j2.ShiplogFluentd;
import dev.shiplog.log4j2.ShiplogStdout;
import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.Filterable;
import org.apache.logging.log4j.status.StatusConsoleListener;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Our appenders in place of the console appender of Spring Boot's defaults, in Log4j 2. Log4j
 * forgets what was added when it reads its file again: then they are added again, as long as the
 * context is that of the same application. Safe for any thread.
 */
final class Log4j2Defaults implements PropertyChangeListener {
  private static final String CONSOLE = "Console";
  private static final String STDOUT = "STDOUT";
  private static final String FLUENTD = "FLUENTD";

  /** Where Spring Boot has its own configurations. */
  private static final String BOOTS = "org/springframework/boot/logging/log4j2/";

  /** Under which name Spring Boot keeps what prints Log4j's own messages, to stdout. */
  private static final String STATUS =
      "org.springframework.boot.logging.log4j2.Log4J2LoggingSystem.statusListener";

  /** Under which name a context keeps that it has told whose settings it has. */
  private static final String TOLD = Log4j2Defaults.class.getName() + ".told";

  private final LoggerContext context;
  private final ConfigurableEnvironment environment;
  private final Wishes wishes;

  private Log4j2Defaults(
      LoggerContext context, ConfigurableEnvironment environment, Wishes wishes) {
    this.context = context;
    this.environment = environment;
    this.wishes = wishes;
  }

  /**
   * Does it, unless a configuration file of the user's was read, or Log4j belongs to another
   * application of this process that still runs: Spring Boot then leaves all as it is, and settings
   * would be that one's.
   *
   * @return whether stdout is ours now
   */
  static boolean replace(ConfigurableEnvironment environment, Wishes wishes) {
    if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
      return false;
    }
    Log4j2Defaults defaults = new Log4j2Defaults(context, environment, wishes);
    Configuration configuration = context.getConfiguration();
    if (!defaults.isOfThisApplication()) {
      defaults.tellWhatIsNotDone(configuration);
      return false;
    }
    defaults.replaceIn(configuration);
    context.addPropertyChangeListener(defaults);
    return isBoots(configuration) && configuration.getAppender(STDOUT) instanceof ShiplogStdout;
  }

  private boolean isOfThisApplication() {
    return context.getObject(SpringOverlay.IN_LOG4J) == environment;
  }

  @Override
  public void propertyChange(PropertyChangeEvent change) {
    if (!isOfThisApplication()) {
      // another application's by now, or nobody's
      context.removePropertyChangeListener(this);
    } else if (change.getNewValue() instanceof Configuration configuration
        && configuration != change.getOldValue()) { // not only new levels
      replaceIn(configuration);
    }
  }

  private void replaceIn(Configuration configuration) {
    if (!isBoots(configuration)) {
      return;
    }
    LoggerConfig root = configuration.getRootLogger();
    Appender console = root.getAppenders().get(CONSOLE);
    if (console != null && wishes.stdout()) {
      keepStatusOffStdout();
      if (wishes.console()) {
        // with the filter of logging.threshold.console
        Filter filter = console instanceof Filterable filtered ? filtered.getFilter() : null;
        add(
            new ShiplogStdout(STDOUT, filter, settings(Scope.STDOUT, STDOUT), context.getName()),
            configuration);
      }
      // Log4j stops it with its configuration
      root.removeAppender(CONSOLE);
    }
    if (lacksFluentd(configuration)) {
      add(
          new ShiplogFluentd(FLUENTD, null, settings(Scope.FLUENTD, FLUENTD), context.getName()),
          configuration);
    }
  }

  private static boolean isBoots(Configuration configuration) {
    String location = configuration.getConfigurationSource().getLocation();
    return location != null && location.contains(BOOTS);
  }

  private boolean lacksFluentd(Configuration configuration) {
    return wishes.fluentd() && configuration.getAppender(FLUENTD) == null;
  }

  private void tellWhatIsNotDone(Configuration configuration) {
    boolean lacksStdout =
        wishes.stdout() && configuration.getRootLogger().getAppenders().containsKey(CONSOLE);
    if (isBoots(configuration)
        && (lacksStdout || lacksFluentd(configuration))
        && context.putObjectIfAbsent(TOLD, "") == null) {
      StatusLogger.getLogger()
          .warn(
              "shiplog: Log4j has the settings of another application of this process;"
                  + " what shiplog.* says here is not done");
    }
  }

  /** Lines between the records that are no records would be read as such. */
  private void keepStatusOffStdout() {
    if (context.getObject(STATUS) instanceof StatusConsoleListener boots) {
      StatusListener ours = new StatusConsoleListener(boots.getStatusLevel(), System.err);
      StatusLogger.getLogger().removeListener(boots);
      StatusLogger.getLogger().registerListener(ours);
      context.putObject(STATUS, ours); // Boot removes what is there
    }
  }

  private Settings settings(Scope scope, String name) {
    return Settings.reader(scope)
        .name(name)
        .outside(context, Log4j2Defaults.class.getClassLoader())
        .read();
  }

  private static void add(ShiplogAppender appender, Configuration configuration) {
    appender.start();
    configuration.addAppender(appender);
    configuration.getRootLogger().addAppender(appender, null, null);
  }
}
