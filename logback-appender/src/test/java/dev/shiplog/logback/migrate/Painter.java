package dev.shiplog.logback.migrate;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.MarkerFactory;
import org.xml.sax.InputSource;

/** What logs in the migration tests, also as an application of its own. */
final class Painter {
  private Painter() {}

  /**
   * The application.
   *
   * @param arguments the configuration file
   */
  public static void main(String[] arguments) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    configure(context, Path.of(arguments[0]));
    paint(context);
    context.stop();
  }

  static void configure(LoggerContext context, Path file) throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new InputSource(file.toUri().toString()));
  }

  static void paint(LoggerContext context) {
    context.getMDCAdapter().put("user", "vincent");
    context.getMDCAdapter().put("internal", "x");
    org.slf4j.Logger log = context.getLogger("gallery.Curator");
    log.info("painted {} in {} strokes", "Irises", 12);
    log.warn(MarkerFactory.getMarker("AUDIT"), "nearly out of blue");
    Throwable thrown = new IllegalStateException("dry");
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("gallery.Easel", "paint", "Easel.java", 4)});
    log.error("no paint", thrown);
  }
}
