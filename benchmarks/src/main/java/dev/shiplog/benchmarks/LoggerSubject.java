package dev.shiplog.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;

/** {@code logger.info(…)} with 6 MDC entries through an appender. Made by the thread that logs. */
final class LoggerSubject implements ForwardSubject {
  private final LoggerContext context;
  private final Logger logger;
  private final Object[][] arguments = new Object[SampleEvents.COUNT][];

  LoggerSubject(LoggerContext context, Appender<ILoggingEvent> appender) {
    this.context = context;
    LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    context.setMDCAdapter(mdc);
    SampleEvents.MDC.forEach(mdc::put);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = SampleEvents.arguments(i);
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    appender.setContext(context);
    appender.start();
    root.addAppender(appender);
    logger = context.getLogger(SampleEvents.LOGGER);
  }

  @Override
  public void log(int index) {
    logger.info(SampleEvents.PATTERN, arguments[index]);
  }

  @Override
  public void close() {
    context.stop();
  }
}
