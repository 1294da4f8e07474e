package dev.shiplog.log4j2.parity;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;

/** One logging call, for whichever framework. */
record Call(
    String logger,
    Level level,
    String thread,
    @Nullable String message,
    List<@Nullable Object> arguments,
    @Nullable Throwable thrown,
    Map<String, String> context,
    List<KeyValuePair> keyValues,
    List<Marker> markers) {

  /**
   * The call that makes a generated event. Each of its markers gets a name that no marker of
   * another event has: of one name Log4j knows one marker in the whole process.
   */
  static Call of(ILoggingEvent event, int number) {
    Map<String, String> context = new HashMap<>(event.getMDCPropertyMap());
    context.values().removeIf(value -> value == null);
    List<KeyValuePair> keyValues = event.getKeyValuePairs();
    List<Marker> markers = new ArrayList<>();
    if (event.getMarkerList() != null) {
      IdentityHashMap<Marker, Marker> renamed = new IdentityHashMap<>();
      event.getMarkerList().forEach(marker -> markers.add(renamed(marker, number, renamed)));
    }
    return new Call(
        event.getLoggerName(),
        Level.valueOf(event.getLevel().toString()),
        event.getThreadName(),
        event.getMessage(),
        Arrays.asList(event.getArgumentArray()),
        event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null,
        context,
        keyValues == null ? List.of() : keyValues,
        markers);
  }

  @SuppressWarnings("deprecation") // nesting markers is, but what nests them is still about
  private static Marker renamed(
      Marker marker, int number, IdentityHashMap<Marker, Marker> renamed) {
    Marker known = renamed.get(marker);
    if (known != null) {
      return known;
    }
    String name = marker.getName() + '-' + number + '-' + renamed.size();
    Marker copy = new BasicMarkerFactory().getDetachedMarker(name);
    renamed.put(marker, copy);
    for (Iterator<Marker> inner = marker.iterator(); inner.hasNext(); ) {
      copy.add(renamed(inner.next(), number, renamed));
    }
    return copy;
  }

  /** The call as it is for a framework that knows one marker an event: the last counts. */
  Call withOneMarker() {
    List<Marker> last =
        markers.isEmpty() ? markers : markers.subList(markers.size() - 1, markers.size());
    return new Call(logger, level, thread, message, arguments, thrown, context, keyValues, last);
  }

  /** The call with its key-values as texts in the context. */
  Call withKeyValuesInContext() {
    Map<String, String> all = new HashMap<>(context);
    keyValues.forEach(pair -> all.put(pair.key, String.valueOf(pair.value)));
    return new Call(logger, level, thread, message, arguments, thrown, all, List.of(), markers);
  }

  /** The call with the last value of each key alone, and none that is called message. */
  Call withKeysOnce() {
    Map<String, Object> last = new LinkedHashMap<>();
    keyValues.forEach(
        pair -> {
          if (pair.value != null && !pair.key.equals("message")) {
            last.put(pair.key, pair.value);
          }
        });
    List<KeyValuePair> once = new ArrayList<>();
    last.forEach((key, value) -> once.add(new KeyValuePair(key, value)));
    return new Call(logger, level, thread, message, arguments, thrown, context, once, markers);
  }
}
