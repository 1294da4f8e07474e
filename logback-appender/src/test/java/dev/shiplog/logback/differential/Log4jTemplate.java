package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;

/** Log4j's JsonTemplateLayout with one of its own templates, given Logback's events. */
final class Log4jTemplate extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final JsonTemplateLayout layout;

  Log4jTemplate(String template) {
    layout =
        JsonTemplateLayout.newBuilder()
            .setConfiguration(new DefaultConfiguration())
            .setEventTemplateUri("classpath:" + template)
            .setLocationInfoEnabled(true)
            .setStackTraceEnabled(true)
            .setMaxStringLength(1 << 20)
            .build();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    SortedArrayStringMap context = new SortedArrayStringMap();
    event.getMDCPropertyMap().forEach(context::putValue);
    Instant time = event.getInstant();
    MutableInstant instant = new MutableInstant();
    instant.initFromEpochSecond(time.getEpochSecond(), time.getNano());
    ThrowableProxy thrown = (ThrowableProxy) event.getThrowableProxy();
    Log4jLogEvent translated =
        Log4jLogEvent.newBuilder()
            .setLoggerName(event.getLoggerName())
            .setLevel(Level.valueOf(event.getLevel().levelStr))
            .setMessage(new SimpleMessage(event.getFormattedMessage()))
            .setThreadName(event.getThreadName())
            .setThrown(thrown == null ? null : thrown.getThrowable())
            .setContextData(context)
            .setSource(event.getCallerData()[0])
            .setInstant(instant)
            .build();
    return layout.toSerializable(translated).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
