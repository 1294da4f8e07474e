package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;

/** Any Logback encoder: an array of bytes an event, as Logback's own appenders ask for it. */
final class LogbackSubject implements EncodeSubject {
  private final Encoder<ILoggingEvent> encoder;
  private final ILoggingEvent[] events;

  LogbackSubject(LogbackEncoder kind, boolean failed) {
    LoggerContext context = new LoggerContext();
    encoder = kind.start(context);
    events = failed ? SampleEvents.failed(context) : SampleEvents.plain(context);
  }

  @Override
  public Object encode(int index) {
    return encoder.encode(events[index]);
  }

  @Override
  public byte[] bytes(int index) {
    return encoder.encode(events[index]);
  }
}
