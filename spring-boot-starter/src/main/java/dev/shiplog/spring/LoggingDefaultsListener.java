package dev.shiplog.spring;

import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Puts our appenders where Spring Boot has configured logging by itself: directly after it did, so
 * that the first event that Boot lets through is ours already. A configuration file of the user's
 * is left as it is. Where stdout becomes JSON, Boot's banner is not printed between the records.
 */
public final class LoggingDefaultsListener
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";
  private static final String LOG4J = "org.apache.logging.slf4j.Log4jLoggerFactory";

  /** For Spring. */
  public LoggingDefaultsListener() {}

  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    if (environment.getProperty("shiplog.enabled", Boolean.class, true)
        && !"none".equals(System.getProperty("org.springframework.boot.logging.LoggingSystem"))) {
      Wishes wishes = new Wishes(environment);
      Object factory = LoggerFactory.getILoggerFactory();
      boolean ours =
          switch (factory.getClass().getName()) {
            case LOGBACK -> LogbackDefaults.replace(factory, wishes);
            case LOG4J -> Log4j2Defaults.replace(environment, wishes);
            default -> false; // a framework that we have no appenders for
          };
      if (ours && wishes.json()) {
        // as Boot does for its own formats; it reads spring.main.banner-mode after this
        event.getSpringApplication().setBannerMode(Banner.Mode.OFF);
      }
    }
  }
}
