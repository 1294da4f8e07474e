package dev.shiplog.spring;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.CoreConstants;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.ShiplogAppender;
import dev.shiplog.logback.StdoutAppender;
import org.springframework.aot.AotDetector;
import org.springframework.core.io.ClassPathResource;

/** Our appenders in place of the console appender of Spring Boot's defaults, in Logback. */
final class LogbackDefaults {
  private static final String CONSOLE = "CONSOLE";
  private static final String STDOUT = "STDOUT";

  /** Where Spring Boot keeps a user's file that it has read ahead of time. */
  static final String AOT_MODEL = "META-INF/spring/logback-model";

  private LogbackDefaults() {}

  /**
   * Does it, unless a configuration file was read.
   *
   * @return whether stdout is ours now
   */
  static boolean replace(Object factory, Wishes wishes) {
    LoggerContext context = (LoggerContext) factory;
    if (isUsers(context)) {
      return false;
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> console = root.getAppender(CONSOLE);
    if (console != null && wishes.stdout()) {
      if (wishes.console()) {
        StdoutAppender stdout = new StdoutAppender();
        // that of logging.threshold.console
        console.getCopyOfAttachedFiltersList().forEach(stdout::addFilter);
        add(root, stdout, STDOUT);
      }
      root.detachAppender(console);
      console.stop();
    }
    if (wishes.fluentd() && root.getAppender("FLUENTD") == null) {
      add(root, new FluentdAppender(), "FLUENTD");
    }
    return root.getAppender(STDOUT) instanceof StdoutAppender;
  }

  /** A file that was read, or, in a native image, one that was read when that was built. */
  private static boolean isUsers(LoggerContext context) {
    // not the watch list: that has the file only where it is to be read again on change
    return context.getObject(CoreConstants.SAFE_JORAN_CONFIGURATION) != null
        || (AotDetector.useGeneratedArtifacts() && new ClassPathResource(AOT_MODEL).exists());
  }

  private static void add(Logger root, ShiplogAppender appender, String name) {
    appender.setName(name);
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }
}
