package dev.shiplog.log4j2.parity;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.log4j2.ShiplogLayout;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogBuilder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.NullConfiguration;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.slf4j.SLF4JServiceProvider;
import org.slf4j.event.KeyValuePair;

/** Log4j 2, reached in one of two ways. */
final class OnLog4j extends Framework {
  private final Way way;
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final SLF4JServiceProvider slf4j = new SLF4JServiceProvider();

  /** How it is reached. */
  enum Way {
    SLF4J,
    NATIVE
  }

  OnLog4j(String schema, Way way) {
    this.way = way;
    FileValues values = new FileValues("test").set("schema", schema);
    SETTINGS.forEach(values::set);
    ShiplogLayout layout = new ShiplogLayout(Settings.reader(Scope.ENCODER).file(values).read());
    AbstractAppender appender =
        new AbstractAppender("KEPT", null, layout, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            took(layout.toByteArray(event));
          }
        };
    appender.start();
    Configuration configuration = new NullConfiguration();
    context.start(configuration);
    context.reconfigure(configuration);
    LoggerConfig root = configuration.getRootLogger();
    root.addAppender(appender, Level.ALL, null);
    root.setLevel(Level.ALL);
    context.updateLoggers();
    slf4j.initialize();
  }

  @Override
  void log(Call call) {
    if (way == Way.SLF4J) {
      log(call, slf4j.getLoggerFactory().getLogger(call.logger()), slf4j.getMDCAdapter());
      return;
    }
    ThreadContext.putAll(call.context());
    try {
      LogBuilder builder =
          context.getLogger(name(call.logger())).atLevel(Level.valueOf(call.level().name()));
      for (org.slf4j.Marker marker : call.markers()) {
        builder = builder.withMarker(marker(marker));
      }
      if (call.thrown() != null) {
        builder = builder.withThrowable(call.thrown());
      }
      if (call.keyValues().isEmpty()) {
        builder.log(call.message(), call.arguments().toArray());
      } else {
        builder.log(fields(call));
      }
    } finally {
      ThreadContext.clearMap();
    }
  }

  /** The key-values and the text, as Log4j's users write them. */
  private static MapMessage<?, Object> fields(Call call) {
    Map<String, Object> fields = new HashMap<>();
    for (KeyValuePair pair : call.keyValues()) {
      fields.put(pair.key, pair.value);
    }
    if (call.message() != null) {
      fields.put(
          "message", ParameterizedMessage.format(call.message(), call.arguments().toArray()));
    }
    return new MapMessage<>(fields);
  }

  @SuppressWarnings("deprecation") // nesting markers is, but what nests them is still about
  private static Marker marker(org.slf4j.Marker from) {
    Marker marker = MarkerManager.getMarker(from.getName());
    for (Iterator<org.slf4j.Marker> inner = from.iterator(); inner.hasNext(); ) {
      marker.addParents(marker(inner.next()));
    }
    return marker;
  }

  /** What SLF4J calls its root logger. */
  private static String name(String logger) {
    return logger.equals(org.slf4j.Logger.ROOT_LOGGER_NAME) ? LogManager.ROOT_LOGGER_NAME : logger;
  }
}
