package dev.shiplog.pipeline;

import dev.shiplog.event.LogEvent;
import dev.shiplog.record.TextMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A forward tag with places to fill in: {@code gallery.{logger}}. Immutable; safe for any thread.
 *
 * <p>What is filled in must not choose its route: characters other than letters, digits, {@code _}
 * and {@code -} become {@code _}; dots survive in {@code {logger}} and {@code {service}} alone. A
 * tag has at most {@value #MAX_BYTES} bytes. Tags are seen by more than records are, so a place
 * whose key is hidden in records stays empty, and what is masked in texts is masked here.
 */
final class TagTemplate {
  /** Longer tags are cut. */
  static final int MAX_BYTES = 128;

  private static final String NOTHING = "_";

  private final List<Part> parts = new ArrayList<>();
  private final Predicate<String> hidden;
  private final TextMask mask;
  private final String constantHead;
  private boolean byLoggerAlone = true;

  /**
   * Compiles {@code template}.
   *
   * @param hidden which keys of users' fields must not be seen
   * @param mask hides secrets within what is filled in from an event
   */
  TagTemplate(String template, String service, Predicate<String> hidden, TextMask mask) {
    this.hidden = hidden;
    this.mask = mask;
    StringBuilder head = new StringBuilder();
    boolean constant = true;
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      String text = template.substring(at, close < 0 ? template.length() : open);
      parts.add((event, tag) -> tag.append(text));
      if (constant) {
        head.append(text);
      }
      if (close < 0) {
        break;
      }
      String place = template.substring(open + 1, close);
      if (place.equals("service")) {
        parts.add((event, tag) -> appendSafe(service, true, tag));
        if (constant) {
          appendSafe(service, true, head);
        }
      } else {
        constant = false;
        parts.add(part(place));
      }
      at = close + 1;
    }
    constantHead = trimmed(head.isEmpty() ? service : head.toString());
  }

  /** What comes before the first place that depends on the event, without the dot at its end. */
  String constantHead() {
    return constantHead;
  }

  /** Whether events of one logger all have the same tag. */
  boolean byLoggerAlone() {
    return byLoggerAlone;
  }

  /** The tag of an event. */
  String tag(LogEvent event) {
    StringBuilder tag = new StringBuilder(64);
    for (Part part : parts) {
      part.append(event, tag);
    }
    tag.setLength(Math.min(tag.length(), MAX_BYTES));
    return trimmed(tag.toString());
  }

  private Part part(String place) {
    if (place.equals("logger")) {
      return (event, tag) -> appendSafe(event.logger(), true, tag);
    }
    byLoggerAlone = false;
    if (place.equals("level")) {
      return (event, tag) -> tag.append(event.severity().name().toLowerCase(Locale.ROOT));
    }
    if (place.equals("marker")) {
      return (event, tag) -> {
        List<String> markers = new ArrayList<>(2);
        event.markers(markers::add);
        appendMasked(markers.isEmpty() ? "" : markers.get(0), tag);
      };
    }
    String key = place.substring(place.indexOf(':') + 1);
    if (hidden.test(key)) {
      return (event, tag) -> tag.append(NOTHING);
    }
    return place.startsWith("mdc:")
        ? (event, tag) -> appendMasked(FieldFinder.inContext(event, key), tag)
        : (event, tag) -> appendMasked(FieldFinder.inKeyValues(event, key), tag);
  }

  private void appendMasked(String value, StringBuilder to) {
    appendSafe(mask.apply(value), false, to);
  }

  private static void appendSafe(String value, boolean dots, StringBuilder to) {
    if (value.isEmpty()) {
      to.append(NOTHING);
    }
    for (int i = 0; i < value.length() && i < MAX_BYTES; i++) {
      char c = value.charAt(i);
      boolean safe =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '_'
              || c == '-'
              || c == '.' && dots;
      to.append(safe ? c : '_');
    }
  }

  private static String trimmed(String tag) {
    int end = tag.length();
    while (end > 0 && tag.charAt(end - 1) == '.') {
      end--;
    }
    return end == 0 ? NOTHING : tag.substring(0, end);
  }

  /** A piece of text, or a place and how it is filled in. */
  private interface Part {
    void append(LogEvent event, StringBuilder tag);
  }
}
