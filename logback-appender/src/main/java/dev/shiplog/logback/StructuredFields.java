package dev.shiplog.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.event.FieldVisitor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Fields that stand among an event's arguments and markers, as logstash-logback-encoder has them.
 * Safe for any thread.
 */
interface StructuredFields {
  /** Visits them; a value is a String, a number, a Boolean, a List or a Map. */
  void visit(ILoggingEvent event, FieldVisitor visitor);

  /** Whether a marker is there for its fields, so that its name says nothing. */
  boolean isFields(Marker marker);

  /**
   * Looks for logstash-logback-encoder, for either Jackson; null where it or its Jackson is not
   * there.
   */
  static @Nullable StructuredFields find() {
    StructuredFields found = findOrNull(() -> new LogstashFields(new Jackson3Json()));
    return found != null ? found : findOrNull(() -> new LogstashFields(new Jackson2Json()));
  }

  private static @Nullable StructuredFields findOrNull(Callable<StructuredFields> maker) {
    try {
      return maker.call();
    } catch (Exception | LinkageError absent) {
      return null;
    }
  }
}
