package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.logback.EventView;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schemas;
import dev.shiplog.schema.encoder.EncodeSession;
import dev.shiplog.schema.encoder.EventEncoder;
import dev.shiplog.schema.encoder.RecordOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** shiplog as its appenders encode: a view of the event, into a buffer that is there already. */
final class ShiplogSubject implements EncodeSubject {
  private static final int STDOUT_MAX_BYTES = 16 * 1024;
  private static final int FORWARD_MAX_BYTES = 256 * 1024;

  private final EventEncoder encoder;
  private final EncodeSession session;
  private final EventView view = new EventView();
  private final ILoggingEvent[] events;

  private ShiplogSubject(
      String schema, Supplier<RecordWriter> writers, int maxEventBytes, ILoggingEvent[] events) {
    this.events = events;
    Map<String, Object> facts =
        Map.of(
            "service.name", LogbackEncoder.SERVICE, "process.pid", ProcessHandle.current().pid());
    encoder =
        EventEncoder.compile(
            Schemas.named(schema).orElseThrow(),
            RecordOptions.defaults(facts, maxEventBytes),
            writers);
    session = encoder.newSession();
  }

  static EncodeSubject json(String schema, boolean failed) {
    return new ShiplogSubject(schema, JsonWriter::new, STDOUT_MAX_BYTES, events(failed));
  }

  static EncodeSubject msgpack(String schema, boolean failed) {
    return new ShiplogSubject(schema, MessagePackWriter::new, FORWARD_MAX_BYTES, events(failed));
  }

  /** As JSON, where no event has its MDC in common with the one before. */
  static EncodeSubject ofManyRequests(String schema) {
    return new ShiplogSubject(
        schema,
        JsonWriter::new,
        STDOUT_MAX_BYTES,
        SampleEvents.ofManyRequests(new LoggerContext()));
  }

  private static ILoggingEvent[] events(boolean failed) {
    LoggerContext context = new LoggerContext();
    return failed ? SampleEvents.failed(context) : SampleEvents.plain(context);
  }

  @Override
  public Object encode(int index) {
    encoder.encode(view.show(events[index]), session);
    view.forget();
    return session.bytes();
  }

  @Override
  public byte[] bytes(int index) {
    encode(index);
    return Arrays.copyOf(session.bytes(), session.length());
  }
}
