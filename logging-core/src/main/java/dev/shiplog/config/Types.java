package dev.shiplog.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The types that keys share. */
final class Types {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KB|MB|GB)?");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ns|us|ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ns", ChronoUnit.NANOS,
          "us", ChronoUnit.MICROS,
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  /** Exactly {@code true} or {@code false}: a typing error must not mean false. */
  static final Type<Boolean> BOOLEAN =
      new Type<>(
          "boolean",
          "must be true or false",
          text -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null);

  /** Any text but none at all. */
  static final Type<String> TEXT =
      new Type<>("text", "must not be empty", text -> text.isEmpty() ? null : text);

  /** The path of a file; whether there is one shows when it is read. */
  static final Type<String> FILE =
      new Type<>(
          "file",
          "must be the path of a file",
          text -> {
            try {
              return text.isEmpty() ? null : Path.of(text).toString();
            } catch (InvalidPathException e) {
              return null;
            }
          });

  /** What goes into a PING of the forward protocol, of which Fluent Bit takes no more. */
  static final Type<String> PING_FIELD =
      new Type<>(
          "ping field",
          "must be 1 to 1023 bytes of text",
          text ->
              text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > 1023 ? null : text);

  /** A path in the default file system, kept as its text. */
  static final Type<String> FOLDER =
      new Type<>(
          "folder",
          "must be the path of a folder",
          text -> {
            try {
              return text.isEmpty() ? null : Path.of(text).toString();
            } catch (InvalidPathException e) {
              return null;
            }
          });

  /** A name of a field, or the beginning of one followed by {@code *}. */
  static final Type<String> FIELD_NAME =
      new Type<>(
          "field name",
          "must be a field name, with * at its end alone",
          text -> {
            int star = text.indexOf('*');
            return text.isEmpty() || (star >= 0 && star < text.length() - 1) ? null : text;
          });

  /** A regular expression of {@link java.util.regex}, kept as its text so that it compares. */
  static final Type<String> PATTERN =
      new Type<>(
          "pattern",
          "must be a regular expression of java.util.regex",
          text -> {
            if (text.isEmpty()) {
              return null;
            }
            try {
              Pattern.compile(text);
              return text;
            } catch (PatternSyntaxException | StackOverflowError e) {
              return null;
            }
          });

  private Types() {}

  static Type<Integer> integer(int min, int max) {
    return new Type<>(
        "integer",
        "must be " + min + " to " + max,
        text -> {
          try {
            int value = Integer.parseInt(text);
            return value < min || value > max ? null : value;
          } catch (NumberFormatException e) {
            return null;
          }
        });
  }

  /** Bytes, written with B, KB, MB or GB in powers of 1024; both bounds are written likewise. */
  static Type<Long> size(String min, String max) {
    long from = bytes(min);
    long to = bytes(max);
    return new Type<>(
        "size",
        "must be a size such as 16KB or 1MB, " + min + " to " + max,
        text -> {
          long value = bytes(text);
          return value < from || value > to ? null : value;
        });
  }

  /** A duration between two others, all written alike. */
  static Type<Duration> duration(String min, String max) {
    Duration from = span(min);
    Duration to = span(max);
    if (from == null || to == null) {
      throw new IllegalArgumentException(min + " to " + max);
    }
    return new Type<>(
        "duration",
        "must be a duration such as 500ms, 5s, 1m or PT5S, " + min + " to " + max,
        text -> {
          Duration value = span(text);
          return value == null || value.compareTo(from) < 0 || value.compareTo(to) > 0
              ? null
              : value;
        });
  }

  static <E extends Enum<E>> Type<E> choice(Class<E> set) {
    Map<String, E> words = new HashMap<>();
    for (E constant : set.getEnumConstants()) {
      words.put(Choice.word(constant), constant);
    }
    return new Type<>("choice", "must be " + alternatives(set), words::get);
  }

  /** Severities are written as loggers write them, in capitals; {@code off} is the exception. */
  static Type<Choice.Threshold> threshold() {
    return new Type<>(
        "level",
        "must be TRACE, DEBUG, INFO, WARN, ERROR or off",
        text -> text.equals("off") ? Choice.Threshold.OFF : level(text));
  }

  static Choice.@Nullable Threshold level(String text) {
    for (Choice.Threshold threshold : Choice.Threshold.values()) {
      if (threshold != Choice.Threshold.OFF && threshold.name().equals(text)) {
        return threshold;
      }
    }
    return null;
  }

  /** Bytes that {@code text} means, or -1. */
  private static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return -1;
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    int shift = 10 * "BKMG".indexOf(unit.charAt(0));
    long number = Long.parseLong(matcher.group(1));
    return number > Long.MAX_VALUE >> shift ? -1 : number << shift;
  }

  static @Nullable Duration span(String text) {
    Matcher matcher = DURATION.matcher(text);
    try {
      if (!matcher.matches()) {
        return text.startsWith("P") ? Duration.parse(text) : null;
      }
      ChronoUnit unit = UNITS.get(matcher.group(2));
      return unit == null ? null : Duration.of(Long.parseLong(matcher.group(1)), unit);
    } catch (DateTimeParseException | ArithmeticException e) {
      return null;
    }
  }

  private static String alternatives(Class<? extends Enum<?>> set) {
    StringBuilder words = new StringBuilder();
    Enum<?>[] constants = set.getEnumConstants();
    for (int i = 0; i < constants.length; i++) {
      words.append(i == 0 ? "" : i < constants.length - 1 ? ", " : " or ");
      words.append(Choice.word(constants[i]));
    }
    return words.toString();
  }
}
