package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.shiplog.logback.StdoutAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The appenders of the stdout benchmark by the names that the tables give them. */
final class StdoutAppenders {
  private StdoutAppenders() {}

  static Appender<ILoggingEvent> named(String name, LoggerContext context) {
    Appender<ILoggingEvent> appender =
        switch (name) {
          case "floor" -> new ReadyLineAppender();
          case "console-floor" -> console(new ReadyLineEncoder());
          case "shiplog-ecs" -> shiplog("ecs");
          case "shiplog-logstash" -> shiplog("logstash");
          default -> {
            String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
            yield console(LogbackEncoder.valueOf(constant).start(context));
          }
        };
    appender.setContext(context);
    appender.start();
    return appender;
  }

  /** As in a container, which the machine that measures need not be. */
  private static Appender<ILoggingEvent> shiplog(String schema) {
    StdoutAppender appender = new StdoutAppender();
    appender.setName("STDOUT");
    appender.put("schema", schema);
    appender.put("service.name", LogbackEncoder.SERVICE);
    appender.put("via", "fd");
    appender.put("format", "json");
    return appender;
  }

  /** Logback's own appender for the console, which every peer's manual tells the user to use. */
  private static Appender<ILoggingEvent> console(Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setEncoder(encoder);
    return appender;
  }

  private static byte[] readyLine() {
    return new LogbackSubject(LogbackEncoder.LOGSTASH, false).bytes(0);
  }

  /** Logback itself and one write of a line that is there already, with no lock at all. */
  private static final class ReadyLineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final byte[] line = readyLine();

    @Override
    protected void append(ILoggingEvent event) {
      try {
        out.write(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What any encoder under Logback's ConsoleAppender cannot get below. */
  private static final class ReadyLineEncoder extends EncoderBase<ILoggingEvent> {
    private final byte[] line = readyLine();

    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
      return line;
    }

    @Override
    public byte[] footerBytes() {
      return new byte[0];
    }
  }
}
