package dev.shiplog.logback.differential;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.status.NopStatusListener;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/**
 * Makes events of every shape that SLF4J allows, the same ones for the same seed: levels, MDC,
 * typed key-values, nested markers, throwables, texts of all of Unicode, keys that collide with the
 * schema's names and with each other.
 */
public final class EventGenerator {
  private static final Level[] LEVELS = {
    Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR
  };
  private static final List<String> LOGGERS =
      List.of("ROOT", "access-log", "a", "dev.shiplog.gallery.Curator", "org.größe.Café", "x.y$Z");
  private static final List<String> KEYS =
      List.of(
          "user_id",
          "trace_id",
          "span_id",
          "order",
          "größe",
          "päth/ß",
          "snow☃",
          "😀",
          "a b",
          "q\"t",
          "back\\slash",
          "x-request-id",
          "UPPER",
          "password",
          "Authorization",
          "count",
          "ratio");
  private static final List<String> COLLIDING =
      List.of(
          "message", "@timestamp", "level", "log.level", "tags", "error.message", "stack_trace");

  private final Random random;
  private final Texts texts;
  private final Throwables throwables;
  private final Values values;
  private final LoggerContext context = new LoggerContext();
  private final BasicMarkerFactory markers = new BasicMarkerFactory();

  /** Makes the events of {@code seed}, the first one first. */
  public EventGenerator(long seed) {
    random = new Random(seed);
    texts = new Texts(random);
    throwables = new Throwables(random, texts);
    values = new Values(random, texts);
    context.getStatusManager().add(new NopStatusListener());
    context.putProperty("region", "eu-central-1");
  }

  LoggerContext context() {
    return context;
  }

  /** The next event. */
  public ILoggingEvent next() {
    String message = message();
    LoggingEvent event =
        new LoggingEvent(
            EventGenerator.class.getName(),
            context.getLogger(pick(LOGGERS)),
            LEVELS[random.nextInt(LEVELS.length)],
            message,
            random.nextInt(3) == 0 ? throwables.next() : null,
            new Object[] {texts.next(), random.nextInt(), null});
    event.setInstant(instant());
    event.setThreadName(random.nextInt(8) == 0 ? texts.next() : "main");
    event.setMDCPropertyMap(mdc());
    event.setCallerData(new StackTraceElement[] {throwables.frame()});
    for (int i = random.nextInt(8) - 4; i > 0; i--) {
      event.addKeyValuePair(new KeyValuePair(key(), values.next()));
    }
    for (int i = random.nextInt(6) - 3; i > 0; i--) {
      event.addMarker(marker(2));
    }
    return event;
  }

  /** The event without all that its user named: what is left is the schema's own. */
  ILoggingEvent anonymous(ILoggingEvent from) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName(from.getLoggerName());
    event.setLevel(from.getLevel());
    event.setMessage(from.getFormattedMessage());
    event.setThreadName(from.getThreadName());
    event.setInstant(from.getInstant());
    event.setCallerData(from.getCallerData());
    event.setMDCPropertyMap(Map.of());
    if (from.getThrowableProxy() instanceof ch.qos.logback.classic.spi.ThrowableProxy proxy) {
      event.setThrowableProxy(proxy);
    }
    if (from.getMarkerList() != null) {
      from.getMarkerList().forEach(event::addMarker);
    }
    return event;
  }

  private String message() {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> "";
      case 2, 3, 4 -> texts.next();
      case 5 -> texts.next().repeat(40);
      default -> "painted {} in {} strokes, left {}";
    };
  }

  private Instant instant() {
    int nanos =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> random.nextInt(1_000) * 1_000_000;
          case 2 -> random.nextInt(1_000_000) * 1_000;
          default -> random.nextInt(1_000_000_000);
        };
    return Instant.ofEpochSecond(random.nextInt(2_000_000_000), nanos);
  }

  private Map<String, String> mdc() {
    Map<String, String> mdc = new LinkedHashMap<>();
    for (int i = random.nextInt(8) - 2; i > 0; i--) {
      mdc.put(key(), random.nextInt(20) == 0 ? null : texts.next());
    }
    if (random.nextInt(4) == 0) {
      mdc.put("trace_id", "0af7651916cd43dd8448eb211c80319c");
      mdc.put("span_id", "b7ad6b7169203331");
    }
    return mdc;
  }

  private String key() {
    return random.nextInt(25) == 0 ? pick(COLLIDING) : pick(KEYS);
  }

  @SuppressWarnings("deprecation") // nesting markers is, but what nests them is still about
  private Marker marker(int depth) {
    Marker marker = markers.getDetachedMarker("M" + random.nextInt(6));
    for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      marker.add(marker(depth - 1));
    }
    return marker;
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
