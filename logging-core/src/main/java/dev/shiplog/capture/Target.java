package dev.shiplog.capture;

import dev.shiplog.event.LogEvent;

/** Where captured events go. Safe for any thread; never throws into the application. */
public interface Target {
  /** Takes an event, unless one of shiplog's own threads says it. */
  void log(LogEvent event);

  /** Takes an event of the application's, whichever thread brings it. */
  void relay(LogEvent event);
}
