package dev.shiplog.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The event that every subject writes: 6 MDC entries, a message of 77 characters with three
 * arguments, about 480 bytes of JSON; the failed one has a trace of 42 frames with a cause.
 *
 * <p>There are {@value #COUNT} of each, 13 ms and some nanoseconds apart, so that whoever keeps the
 * last timestamp's text gains by it what it would gain in life and no more. Everything that Logback
 * computes once for an event and keeps, such as the formatted message, is computed here already:
 * what is measured is the encoding. (A frame's text too is kept by Logback, which favours those
 * peers that ask Logback for it.)
 */
final class SampleEvents {
  static final int COUNT = 64;
  static final String LOGGER = "dev.shiplog.gallery.web.Paintings";
  static final String THREAD = "http-8080-7";
  static final String PATTERN =
      "Rendered painting {} in room {} for a visitor of today, took {} micros";
  static final Map<String, String> MDC =
      Map.of(
          "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736",
          "span_id", "00f067aa0ba902b7",
          "request_id", "c0ffee00-7a1e",
          "user_id", "visitor-4711",
          "client_ip", "203.0.113.195",
          "room", "impressionists");

  private SampleEvents() {}

  static ILoggingEvent[] plain(LoggerContext context) {
    return events(context, () -> null, () -> MDC);
  }

  static ILoggingEvent[] failed(LoggerContext context) {
    return events(context, SampleTrace::failure, () -> MDC);
  }

  /** Plain ones, each of another request: its MDC has the same texts, but no object in common. */
  static ILoggingEvent[] ofManyRequests(LoggerContext context) {
    return events(context, () -> null, SampleEvents::ownMdc);
  }

  @SuppressWarnings("StringOperationCanBeSimplified") // other objects are what is wanted
  private static Map<String, String> ownMdc() {
    Map<String, String> own = new HashMap<>();
    MDC.forEach((key, value) -> own.put(key, new String(value)));
    return Map.copyOf(own);
  }

  static Instant instant(int index) {
    return Instant.parse("2026-03-14T09:26:53.589793238Z").plusNanos(index * 13_000_217L);
  }

  static Object[] arguments(int index) {
    return new Object[] {100_000 + index * 37, "E" + (10 + index % 64), 1_000 + index * 59};
  }

  @SuppressWarnings("NullAway") // Logback takes a null throwable for none, and is not annotated
  private static ILoggingEvent[] events(
      LoggerContext context,
      Supplier<@Nullable Throwable> thrown,
      Supplier<Map<String, String>> mdc) {
    ILoggingEvent[] events = new ILoggingEvent[COUNT];
    for (int i = 0; i < COUNT; i++) {
      LoggingEvent event =
          new LoggingEvent(
              SampleEvents.class.getName(),
              context.getLogger(LOGGER),
              Level.INFO,
              PATTERN,
              thrown.get(),
              arguments(i));
      event.setInstant(instant(i));
      event.setThreadName(THREAD);
      event.setMDCPropertyMap(mdc.get());
      event.prepareForDeferredProcessing();
      events[i] = event;
    }
    return events;
  }
}
