package dev.shiplog.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;

/** A logger context of its own that a {@code logback.xml} configured. */
public final class Configured implements AutoCloseable {
  public final LoggerContext context = new LoggerContext();

  private Configured() {
    context.setName("test");
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  /** Configured with what stands between {@code <configuration>} and its end. */
  public static Configured with(String body) {
    Configured configured = new Configured();
    configured.configure(body);
    return configured;
  }

  /** Configured with one appender of ours that the root logger uses. */
  public static Configured withAppender(Class<?> type, String elements) {
    return with(appender(type, elements));
  }

  public static String appender(Class<?> type, String elements) {
    return "<appender name='A' class='"
        + type.getName()
        + "'>"
        + elements
        + "</appender><root level='TRACE'><appender-ref ref='A'/></root>";
  }

  /** Configures the same context again, as Logback's scan does. */
  public void reconfigure(String body) {
    context.reset();
    configure(body);
  }

  private void configure(String body) {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    String xml = "<configuration>" + body + "</configuration>";
    try {
      configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (JoranException e) {
      throw new AssertionError(xml, e);
    }
  }

  public Logger logger(String name) {
    return context.getLogger(name);
  }

  public Appender<?> appender(String name) {
    Appender<?> appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(name);
    if (appender == null) {
      throw new AssertionError("no appender " + name);
    }
    return appender;
  }

  /** What {@code origin} told, at WARN or above. */
  public List<String> problems(Class<?> origin) {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getLevel() >= Status.WARN)
        .filter(status -> origin.isInstance(status.getOrigin()))
        .map(Status::getMessage)
        .toList();
  }

  /** What anybody told, at WARN or above. */
  public List<String> problems() {
    return problems(Object.class);
  }

  @Override
  public void close() {
    context.stop();
  }
}
