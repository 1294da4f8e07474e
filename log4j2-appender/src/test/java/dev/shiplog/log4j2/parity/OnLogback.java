package dev.shiplog.log4j2.parity;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import dev.shiplog.logback.ShiplogEncoder;
import org.slf4j.Logger;

/** SLF4J on Logback. */
final class OnLogback extends Framework {
  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

  OnLogback(String schema) {
    context.setMDCAdapter(mdc);
    ShiplogEncoder encoder = new ShiplogEncoder();
    encoder.setContext(context);
    SETTINGS.forEach(encoder::put);
    encoder.put("schema", schema);
    encoder.start();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            took(encoder.encode(event));
          }
        };
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  @Override
  void log(Call call) {
    log(call, context.getLogger(call.logger()), mdc);
  }
}
