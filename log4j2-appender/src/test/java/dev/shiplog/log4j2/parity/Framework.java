package dev.shiplog.log4j2.parity;

import dev.shiplog.record.Foreign;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.MDCAdapter;

/** A way to log that ends in a record of shiplog's. Used by one thread. */
abstract class Framework {
  /** The settings of the encoder or layout. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "service.name", "gallery",
          "metadata.level", "none",
          "maxEventBytes", "256KB",
          "stackTrace.hash", "true");

  private byte[] record = {};

  /** Takes the record of the call under way. */
  final void took(byte[] bytes) {
    record = bytes;
  }

  /** Logs, and returns the record without its time. */
  final Map<String, @Nullable Object> record(Call call) {
    record = new byte[0];
    Thread current = Thread.currentThread();
    String name = current.getName();
    current.setName(call.thread());
    try {
      log(call);
    } finally {
      current.setName(name);
    }
    Map<String, @Nullable Object> fields = new TreeMap<>(Foreign.line(record, record.length));
    fields.remove("@timestamp");
    return fields;
  }

  abstract void log(Call call);

  /** Logs by way of SLF4J's fluent interface. */
  static void log(Call call, Logger logger, MDCAdapter context) {
    call.context().forEach(context::put);
    try {
      LoggingEventBuilder builder = logger.atLevel(call.level());
      for (Marker marker : call.markers()) {
        builder = builder.addMarker(marker);
      }
      for (KeyValuePair pair : call.keyValues()) {
        builder = builder.addKeyValue(pair.key, pair.value);
      }
      if (call.thrown() != null) {
        builder = builder.setCause(call.thrown());
      }
      builder.log(call.message(), call.arguments().toArray());
    } finally {
      context.clear();
    }
  }
}
