package dev.shiplog.stdout;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Thrown;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An event for people, who read it while they develop: one line, and a stack trace below it.
 *
 * <pre>
 * 2026-11-23 10:15:30.123  WARN [worker-1] d.s.gallery.Easel : no canvas left #stock easel=7 user="A B"
 *   | the message's second line
 * java.lang.IllegalStateException: no canvas
 *     at gallery.Easel.paint(Easel.java:42)
 * </pre>
 *
 * <p>Of the settings count {@code mask.*}, {@code mdc.*}, {@code kv.*}, {@code field}, {@code
 * callerData}, {@code maxEventBytes} and {@code stackTrace.*}, of which {@code hash} has no effect
 * and {@code array} is a text; {@code include}, {@code exclude} and {@code rename} for the fields
 * behind the message, by their names in records. Without effect are those that shape records:
 * {@code schema}, {@code nested}, {@code duplicates}, {@code timestamp.*}, {@code values}, {@code
 * objects}, {@code limits.*}, {@code sequence}, {@code oversize}, {@code service.*}, {@code gcp.*}
 * and {@code metadata.*}.
 *
 * <p>Only an event starts in the first column, or the class of a throwable: a message cannot forge
 * one. Values are hidden by name in the MDC, key-values and maps within; what an object's own
 * {@code toString()} tells is masked by pattern alone. Patterns see each text within a value, and
 * then the value as it is shown. Immutable; safe for any thread.
 */
public final class PrettyFormat {
  static final String CONTINUATION = "  | ";

  private static final int LOGGER_CHARS = 36;

  private final ZoneId zone;
  private final Palette palette;
  private final UnaryOperator<String> mask;
  private final PrettyValue values;
  private final PrettyTrace traces;
  private final PrettyOptions options;

  /**
   * What was rendered.
   *
   * @param text with the newline at the end; never longer than it may be in UTF-8
   * @param whole whether nothing was cut
   */
  public record Rendered(String text, boolean whole) {}

  /**
   * A format for one stream.
   *
   * @param zone in whose time events are shown
   * @param terminal whether the stream leads to a terminal
   * @param environment decides with {@code TERM}, {@code NO_COLOR} and {@code FORCE_COLOR} about
   *     colours
   * @param secret which keys hide their value
   * @param replacement what is shown instead
   * @param mask hides secrets within a text
   * @param objects shows what has members, with secrets hidden; null for what is but its own text
   * @param options what of an event is shown, and how much
   */
  public PrettyFormat(
      ZoneId zone,
      boolean terminal,
      Map<String, String> environment,
      Predicate<String> secret,
      String replacement,
      UnaryOperator<String> mask,
      Function<Object, @Nullable String> objects,
      PrettyOptions options) {
    this.zone = zone;
    this.palette = Palette.of(terminal, environment);
    this.mask = mask;
    this.values = new PrettyValue(secret, replacement, mask, objects);
    this.traces = new PrettyTrace(mask, palette, options.trace());
    this.options = options;
  }

  /** Renders an event; a part of it that fails is replaced alone. */
  public Rendered render(LogEvent event) {
    SafeText text = new SafeText(options.maxBytes(), palette.reset() + "\n");
    time(event, text);
    text.own(palette.of(event.severity())).own(event.severity().name().length() == 4 ? "  " : " ");
    text.own(event.severity().name()).own(palette.reset());
    part(text, () -> thread(event, text));
    text.own(" ").own(palette.cyan());
    part(text, () -> text.line(shortened(event.logger(), LOGGER_CHARS)));
    text.own(palette.reset());
    if (options.callerData()) {
      part(text, () -> caller(event, text));
    }
    text.own(" : ");
    message(event, text);
    text.own("\n");
    if (options.trace().maxBytes() > 0) {
      trace(event, text);
    }
    return new Rendered(text.toString(), !text.full());
  }

  /** Writes one part; what a user's code or a framework throws there stands in its place. */
  private static void part(SafeText text, Runnable part) {
    try {
      part.run();
    } catch (Throwable failure) {
      text.own(" ").line(Unrepresentable.text(failure));
    }
  }

  private void thread(LogEvent event, SafeText text) {
    String thread = event.thread();
    if (thread != null) {
      String masked = mask.apply(thread);
      text.own(palette.dim()).own(" [").line(masked).own("]").own(palette.reset());
    }
  }

  private void caller(LogEvent event, SafeText text) {
    StackTraceElement caller = event.caller();
    if (caller != null) {
      String file = caller.getFileName() == null ? "Unknown Source" : caller.getFileName();
      int line = caller.getLineNumber();
      text.own(palette.dim()).own(" ").line(mask.apply(caller.getMethodName()));
      text.own("(")
          .line(mask.apply(line < 0 ? file : file + ":" + line))
          .own(")")
          .own(palette.reset());
    }
  }

  private void trace(LogEvent event, SafeText text) {
    try {
      Thrown thrown = event.thrown();
      if (thrown != null) {
        traces.write(thrown, text);
      }
    } catch (Throwable failure) {
      text.line(Unrepresentable.text(failure)).own("\n");
    }
  }

  private void time(LogEvent event, SafeText text) {
    Instant instant = Instant.ofEpochSecond(event.epochSecond(), event.nanoOfSecond());
    LocalDateTime time = LocalDateTime.ofInstant(instant, zone);
    text.own(palette.dim());
    text.digits(time.getYear(), 4).own("-").digits(time.getMonthValue(), 2);
    text.own("-").digits(time.getDayOfMonth(), 2).own(" ").digits(time.getHour(), 2);
    text.own(":").digits(time.getMinute(), 2).own(":").digits(time.getSecond(), 2);
    text.own(".").digits(time.getNano() / 1_000_000, 3).own(palette.reset());
  }

  /** The message's first line, then the fields, then its other lines: fields are never far off. */
  private void message(LogEvent event, SafeText text) {
    String masked = masked(event);
    int newline = masked.indexOf('\n');
    text.line(newline < 0 ? masked : masked.substring(0, newline).stripTrailing());
    part(text, () -> event.markers(marker -> text.own(" #").line(mask.apply(marker))));
    part(text, () -> event.keyValues(fields(options.keyValues(), text)));
    part(text, () -> event.context(fields(options.context(), text)));
    options.constants().forEach((name, value) -> field(name, name, value, text));
    if (newline >= 0 && !masked.substring(newline).isBlank()) {
      text.own("\n" + CONTINUATION).lines(masked.substring(newline + 1), "\n" + CONTINUATION);
    }
  }

  private String masked(LogEvent event) {
    try {
      String message = event.message();
      return message == null ? "null" : mask.apply(message);
    } catch (Throwable failure) {
      return Unrepresentable.text(failure);
    }
  }

  private FieldVisitor fields(UnaryOperator<@Nullable String> names, SafeText text) {
    return (key, value) -> {
      String known = key == null ? "null" : key;
      String name = names.apply(known);
      if (name != null) {
        field(known, name, value, text);
      }
    };
  }

  private void field(String key, String name, @Nullable Object value, SafeText text) {
    String shown = mask.apply(values.text(key, name, value));
    text.own(" ").own(palette.dim()).line(name).own("=").own(palette.reset());
    if (shown.startsWith("{\"")) {
      text.line(shown); // JSON, which has its own quotes
    } else if (shown.isEmpty() || shown.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '=')) {
      text.own("\"").line(shown.replace("\"", "\\\"")).own("\"");
    } else {
      text.line(shown);
    }
  }

  /**
   * {@code d.s.gallery.Easel}: the leading packages by their first letters, until no more than
   * {@code chars} are left.
   */
  static String shortened(String type, int chars) {
    StringBuilder name = new StringBuilder(type);
    int from = 0;
    for (int dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", from)) {
      if (name.length() <= chars) {
        break;
      }
      if (dot > from + 1) {
        name.delete(from + 1, dot);
        dot = from + 1;
      }
      from = dot + 1;
    }
    return name.toString();
  }
}
