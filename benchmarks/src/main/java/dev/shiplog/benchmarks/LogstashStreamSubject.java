package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.logstash.logback.encoder.LogstashEncoder;

/** logstash-logback-encoder on its streaming way, into a buffer that is there already. */
final class LogstashStreamSubject implements EncodeSubject {
  private final LogstashEncoder encoder;
  private final ILoggingEvent[] events;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);

  LogstashStreamSubject(boolean failed) {
    LoggerContext context = new LoggerContext();
    encoder = (LogstashEncoder) LogbackEncoder.LOGSTASH.start(context);
    events = failed ? SampleEvents.failed(context) : SampleEvents.plain(context);
  }

  @Override
  public Object encode(int index) {
    out.reset();
    try {
      encoder.encode(events[index], out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }

  @Override
  public byte[] bytes(int index) {
    encode(index);
    return out.toByteArray();
  }
}
