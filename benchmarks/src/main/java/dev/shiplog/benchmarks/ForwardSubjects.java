package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.helpers.NOPAppender;
import ch.qos.logback.more.appenders.DataFluentAppender;
import ch.qos.logback.more.appenders.FluencyLogbackAppender;
import ch.qos.logback.more.appenders.FluentdAppenderBase;

/** The subjects of the forward measurements by the names that the tables give them. */
final class ForwardSubjects {
  private static final int IN_FLIGHT = 4;

  private ForwardSubjects() {}

  /** The subject named, sending to the endpoint at {@code port} of this machine. */
  static ForwardSubject named(String name, int port) {
    LoggerContext context = new LoggerContext();
    return switch (name) {
      case "nop" -> new LoggerSubject(context, new NOPAppender<>());
      case "fluency" -> new FluencySubject(port, false);
      case "fluency-ack" -> new FluencySubject(port, true);
      case "more-fluency" -> more(context, new FluencyLogbackAppender<>(), port);
      case "more-fluent-logger" -> more(context, new DataFluentAppender<>(), port);
      case "shiplog" -> AppenderSubject.roomy(context, port, IN_FLIGHT, false);
      case "shiplog-spool" -> AppenderSubject.roomy(context, port, IN_FLIGHT, true);
      case "shiplog-default" -> AppenderSubject.byDefault(context, port, false);
      case "shiplog-default-spool" -> AppenderSubject.byDefault(context, port, true);
      case "shiplog-1", "shiplog-2", "shiplog-4", "shiplog-8" ->
          AppenderSubject.roomy(
              context, port, Integer.parseInt(name.substring("shiplog-".length())), false);
      default -> throw new IllegalArgumentException("no subject is named " + name);
    };
  }

  private static ForwardSubject more(
      LoggerContext context, FluentdAppenderBase<ILoggingEvent> appender, int port) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg");
    encoder.start();
    appender.setEncoder(encoder);
    appender.setTag(LogbackEncoder.SERVICE);
    appender.setRemoteHost("127.0.0.1");
    appender.setPort(port);
    appender.setUseEventTime(true);
    return new LoggerSubject(context, appender);
  }
}
