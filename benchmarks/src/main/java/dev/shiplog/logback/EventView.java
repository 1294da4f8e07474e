package dev.shiplog.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.event.LogEvent;
import dev.shiplog.pipeline.Pool;

/**
 * Opens the adapter's view of an event to the benchmarks: between {@code show} and {@code forget},
 * as the appenders do it. Used by one thread.
 */
public final class EventView {
  private final Pool<LogbackEvent> views = new Pool<>(() -> new LogbackEvent(null));
  private LogbackEvent view = new LogbackEvent(null);

  /** The event as an encoder sees it. */
  public LogEvent show(ILoggingEvent event) {
    view = views.take();
    return view.show(event);
  }

  /** Gives the view back. */
  public void forget() {
    view.clear();
    views.give(view);
  }
}
