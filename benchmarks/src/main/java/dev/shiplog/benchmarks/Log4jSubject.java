package dev.shiplog.benchmarks;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.log4j2.ShiplogLayout;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.util.StringMap;
import org.jspecify.annotations.Nullable;

/** A layout of Log4j 2's, its own or ours, into a buffer that is there already. */
final class Log4jSubject implements EncodeSubject, ByteBufferDestination {
  private final Layout<?> layout;
  private final LogEvent[] events = new LogEvent[SampleEvents.COUNT];
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

  private Log4jSubject(Layout<?> layout, Form form, boolean failed) {
    this.layout = layout;
    for (int i = 0; i < events.length; i++) {
      events[i] = event(i, form, failed ? SampleTrace.failure() : null);
    }
  }

  /** In which form an event has its message. */
  private enum Form {
    /** The text is there already, as Logback's events have it. */
    FORMATTED,
    /** The text is yet to be made of its parts, as in a logging call without garbage. */
    PARTS
  }

  /** Log4j's JsonTemplateLayout with its EcsLayout. */
  static EncodeSubject jsonTemplate(boolean failed) {
    return new Log4jSubject(template(), Form.FORMATTED, failed);
  }

  /** The same with a message yet to be formatted. */
  static EncodeSubject jsonTemplateOfParts(boolean failed) {
    return new Log4jSubject(template(), Form.PARTS, failed);
  }

  /** Our layout. */
  static EncodeSubject shiplog(boolean failed) {
    return new Log4jSubject(layout(), Form.FORMATTED, failed);
  }

  /** The same with a message yet to be formatted. */
  static EncodeSubject shiplogOfParts(boolean failed) {
    return new Log4jSubject(layout(), Form.PARTS, failed);
  }

  private static Layout<?> template() {
    return JsonTemplateLayout.newBuilder()
        .setConfiguration(new DefaultConfiguration())
        .setEventTemplateUri("classpath:EcsLayout.json")
        .build();
  }

  private static Layout<?> layout() {
    FileValues values = new FileValues("benchmark").set("service.name", LogbackEncoder.SERVICE);
    return new ShiplogLayout(Settings.reader(Scope.ENCODER).file(values).read());
  }

  @SuppressWarnings("NullAway") // Log4j takes a null throwable for none, and is not annotated
  private static LogEvent event(int index, Form form, @Nullable Throwable thrown) {
    StringMap mdc = ContextDataFactory.createContextData();
    SampleEvents.MDC.forEach(mdc::putValue);
    MutableInstant instant = new MutableInstant();
    Instant time = SampleEvents.instant(index);
    instant.initFromEpochSecond(time.getEpochSecond(), time.getNano());
    ParameterizedMessage message =
        new ParameterizedMessage(SampleEvents.PATTERN, SampleEvents.arguments(index), thrown);
    if (form == Form.FORMATTED) {
      // kept by the message from now on, as Logback's events keep theirs
      message.getFormattedMessage();
    }
    return Log4jLogEvent.newBuilder()
        .setLoggerName(SampleEvents.LOGGER)
        .setLoggerFqcn(Log4jSubject.class.getName())
        .setLevel(Level.INFO)
        .setMessage(message)
        .setThrown(thrown)
        .setContextData(mdc)
        .setThreadName(SampleEvents.THREAD)
        .setInstant(instant)
        .build();
  }

  @Override
  public Object encode(int index) {
    buffer.clear();
    layout.encode(events[index], this);
    return buffer;
  }

  @Override
  public byte[] bytes(int index) {
    encode(index);
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  @Override
  public ByteBuffer getByteBuffer() {
    return buffer;
  }

  @Override
  public ByteBuffer drain(ByteBuffer full) {
    throw new IllegalStateException("a record larger than " + buffer.capacity() + " bytes");
  }

  @Override
  public void writeBytes(ByteBuffer data) {
    buffer.put(data);
  }

  @Override
  public void writeBytes(byte[] data, int offset, int length) {
    buffer.put(data, offset, length);
  }
}
