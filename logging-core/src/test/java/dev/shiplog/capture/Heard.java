package dev.shiplog.capture;

import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import dev.shiplog.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A target and a status that keep what they are told. */
final class Heard implements Target, Status {
  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  Consumer<LogEvent> whileTold = event -> {};

  /** What is to be seen of an event. */
  record Event(
      Instant time,
      Severity severity,
      String logger,
      @Nullable String thread,
      @Nullable String message,
      @Nullable String thrown,
      @Nullable StackTraceElement caller) {}

  @Override
  public void log(LogEvent event) {
    Thrown thrown = event.thrown();
    events.add(
        new Event(
            Instant.ofEpochSecond(event.epochSecond(), event.nanoOfSecond()),
            event.severity(),
            event.logger(),
            event.thread(),
            event.message(),
            thrown == null ? null : thrown.className(),
            event.caller()));
    whileTold.accept(event);
  }

  @Override
  public void relay(LogEvent event) {
    log(event);
  }

  List<@Nullable String> messages() {
    return events.stream().<@Nullable String>map(Event::message).toList();
  }

  @Override
  public void info(String message) {
    told.add("info " + message);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    told.add("warn " + message);
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    told.add("error " + message);
  }
}
