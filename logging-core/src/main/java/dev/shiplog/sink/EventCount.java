package dev.shiplog.sink;

/** A number of events in a message. */
public final class EventCount {
  private EventCount() {}

  /** For instance {@code 1 event} or {@code 2 events}. */
  public static String of(long events) {
    return events == 1 ? "1 event" : events + " events";
  }

  /** The same with the verb, such as {@code 1 event was}. */
  public static String were(long events) {
    return of(events) + (events == 1 ? " was" : " were");
  }
}
