package dev.shiplog.log4j2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.json.JsonConfigurationFactory;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.apache.logging.log4j.core.config.xml.XmlConfigurationFactory;
import org.apache.logging.log4j.core.config.yaml.YamlConfigurationFactory;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;

/** A logger context of its own that a configuration file configured. */
public final class Configured implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** The name of the appender, of which there is no other. */
  public final String name = "A" + COUNT.incrementAndGet();

  public final LoggerContext context = new LoggerContext("test-" + name);

  private final Heard heard = new Heard();

  private Configured(Level level) {
    heard.level = level;
    StatusLogger.getLogger().registerListener(heard);
  }

  /** The kind of file. */
  public enum Form {
    XML,
    JSON,
    YAML,
    PROPERTIES;

    private ConfigurationFactory factory() {
      return switch (this) {
        case XML -> new XmlConfigurationFactory();
        case JSON -> new JsonConfigurationFactory();
        case YAML -> new YamlConfigurationFactory();
        case PROPERTIES -> new PropertiesConfigurationFactory();
      };
    }
  }

  /** Configured with a whole file, in which NAME is the appender's name. */
  public static Configured with(Form form, String file) {
    return with(form, file, Level.WARN);
  }

  /** The same, listening to what Log4j tells at {@code level} and above. */
  public static Configured with(Form form, String file, Level level) {
    Configured configured = new Configured(level);
    configured.configure(form, file);
    return configured;
  }

  /** Configured in code. */
  public static Configured with(Configuration configuration) {
    Configured configured = new Configured(Level.WARN);
    configured.context.start(configuration);
    return configured;
  }

  /** Configured by XML with what stands in {@code <Appenders>}, the root logger using NAME. */
  public static Configured withAppenders(String appenders) {
    return with(Form.XML, xml(appenders));
  }

  /** Configured by XML with one appender of ours. */
  public static Configured withAppender(Class<?> type, String attributes, String elements) {
    return withAppenders(appender(type, attributes, elements));
  }

  public static String appender(Class<?> type, String attributes, String elements) {
    String tag = type.getSimpleName();
    return "<%s name='NAME' %s>%s</%s>".formatted(tag, attributes, elements, tag);
  }

  public static String xml(String appenders) {
    return "<Configuration><Appenders>"
        + appenders
        + "</Appenders><Loggers><Root level='TRACE'><AppenderRef ref='NAME'/></Root></Loggers>"
        + "</Configuration>";
  }

  /** Configures the same context again, as Log4j's monitor does. */
  public void configure(Form form, String file) {
    byte[] bytes = file.replace("NAME", name).getBytes(StandardCharsets.UTF_8);
    Configuration configuration;
    try {
      configuration =
          form.factory()
              .getConfiguration(context, new ConfigurationSource(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (context.isStarted()) {
      context.reconfigure(configuration);
    } else {
      context.start(configuration);
    }
  }

  public Logger logger(String logger) {
    return context.getLogger(logger);
  }

  public Appender appender() {
    Appender appender = context.getConfiguration().getAppender(name);
    if (appender == null) {
      throw new AssertionError("no appender " + name);
    }
    return appender;
  }

  /** What was told in the appender's name, without it, at the level asked for or above. */
  public List<String> problems() {
    String origin = "[" + name + "]: ";
    return heard.messages.stream()
        .filter(message -> message.contains(origin))
        .map(message -> message.substring(message.indexOf(origin) + origin.length()))
        .toList();
  }

  /** What was told by anybody on this thread or in the appender's name. */
  public List<String> told() {
    return List.copyOf(heard.messages);
  }

  @Override
  public void close() {
    context.stop();
    StatusLogger.getLogger().removeListener(heard);
  }

  /** Keeps what Log4j tells of its own state. */
  private final class Heard implements StatusListener {
    final List<String> messages = new CopyOnWriteArrayList<>();
    private final String thread = Thread.currentThread().getName();
    private Level level = Level.WARN;

    @Override
    public void log(StatusData data) {
      String message = data.getMessage().getFormattedMessage();
      if (data.getThreadName().equals(thread) || message.contains("[" + name + "]")) {
        messages.add(message);
      }
    }

    @Override
    public Level getStatusLevel() {
      return level;
    }

    @Override
    public void close() {}
  }
}
