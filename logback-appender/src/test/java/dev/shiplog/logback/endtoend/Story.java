package dev.shiplog.logback.endtoend;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.shiplog.logback.Configured;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.MDCAdapter;

/**
 * A gallery's day, with events of every kind. Each carries its number as key-value {@link #STEP},
 * so that it is known again wherever it arrives, and in whatever order.
 */
final class Story {
  static final String STEP = "step";

  /** Which no clock gives, but an event may have. */
  static final Instant NANOSECOND = Instant.parse("2026-11-23T07:39:05.123456789Z");

  private final Configured application;
  private int steps;

  private Story(Configured application) {
    this.application = application;
  }

  /** Logs it all; returns how many events that were. */
  static int tell(Configured application) {
    Story story = new Story(application);
    story.severities();
    story.contexts();
    story.values();
    story.texts();
    story.throwables();
    story.routes();
    story.times();
    return story.steps;
  }

  private void severities() {
    for (org.slf4j.event.Level level : org.slf4j.event.Level.values()) {
      log(application.logger("gallery.Severity").atLevel(level), "at " + level);
    }
  }

  private void contexts() {
    MDCAdapter mdc = application.context.getMDCAdapter();
    mdc.put("trace.id", "4bf92f3577b34da6a3ce929d0e0e4736");
    mdc.put("visitor", "J\u00f6rg \u00c5");
    mdc.put("password", "hunter2");
    log(application.logger("gallery.Rooms").atInfo(), "with context");
    mdc.clear();
    log(application.logger("gallery.Rooms").atInfo(), "without context");
  }

  private void values() {
    Map<String, Object> painting = new LinkedHashMap<>();
    painting.put("title", "Ch\u00e2teau \ud83c\udfa8");
    painting.put("size", Map.of("width", 73.5));
    painting.put("years", List.of(1889, 1890));
    painting.put("owner", null);
    painting.put("token", "of love");
    log(
        application
            .logger("gallery.Values")
            .atInfo()
            .addKeyValue("painting", painting)
            .addKeyValue("rooms", new int[] {1, 2, 3})
            .addKeyValue("mixed", Arrays.asList(1, "two", 3.5, null, true, List.of(List.of())))
            .addKeyValue("raw", new byte[] {0, -1, 127})
            .addKeyValue("optional", Optional.of("there"))
            .addKeyValue("day", DayOfWeek.MONDAY)
            .addKeyValue("when", NANOSECOND)
            .addKeyValue("nothing", (Object) null),
        "structured");
    log(
        application
            .logger("gallery.Values")
            .atInfo()
            .addKeyValue("byte", Byte.MIN_VALUE)
            .addKeyValue("int", Integer.MIN_VALUE)
            .addKeyValue("long", 1L << 53)
            .addKeyValue("negative", -(1L << 53))
            .addKeyValue("double", -0.1)
            .addKeyValue("float", 2.5f)
            .addKeyValue("decimal", new BigDecimal("12.50"))
            .addKeyValue("nan", Double.NaN)
            .addKeyValue("infinite", Float.NEGATIVE_INFINITY)
            .addKeyValue("yes", true)
            .addKeyValue("char", '\u20ac'),
        "numbers");
  }

  private void texts() {
    String[] texts = {
      "",
      "quotes \" and \\ and /",
      "controls \u0000 \u0007 \b \f \n \r \t \u001b[31m \u007f",
      "line ends \u0085 \u2028 \u2029",
      "wide \u00e9 \u20ac \ud83d\ude00 \u202e",
      "lone \ud83d and \ude00",
      "x".repeat(5_000)
    };
    for (String text : texts) {
      log(application.logger("gallery.Texts").atInfo().addKeyValue("text", text), text);
    }
  }

  private void throwables() {
    Exception failure = new IllegalStateException("frame broken", new RuntimeException("cause"));
    failure.addSuppressed(new InterruptedException("suppressed"));
    log(application.logger("gallery.Errors").atError().setCause(failure), "failed");
    log(
        application
            .logger("gallery.Errors")
            .atError()
            .setCause(new StackOverflowError())
            .addMarker(MarkerFactory.getMarker("ALARM"))
            .addMarker(MarkerFactory.getMarker("NIGHT")),
        "without message");
  }

  private void routes() {
    log(application.logger("access-log").atInfo().addKeyValue("status", 200), "GET /rooms/7");
    log(application.logger("access-log.api").atInfo().addKeyValue("status", 404), "GET /none");
    log(application.logger("odd logger/\u00e9").atInfo(), "not every name is a tag");
  }

  private void times() {
    Logger logger = (Logger) application.logger("gallery.Clock");
    for (Instant instant : List.of(NANOSECOND, Instant.EPOCH, NANOSECOND.minusNanos(1))) {
      LoggingEvent event =
          new LoggingEvent("story", logger, Level.INFO, "at {}", null, new Object[] {instant});
      event.setInstant(instant);
      event.setKeyValuePairs(new ArrayList<>(List.of(new KeyValuePair(STEP, steps++))));
      logger.callAppenders(event);
    }
  }

  private void log(LoggingEventBuilder event, String message) {
    event.addKeyValue(STEP, steps++).log(message);
  }
}
