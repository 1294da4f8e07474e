package dev.shiplog.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many events may pass in how long. */
public record Rate(int events, Duration per) {
  private static final Pattern SYNTAX = Pattern.compile("([1-9]\\d{0,8})/(s|m|h)");

  static final Type<Rate> TYPE =
      new Type<>("rate", "must be events/unit such as 100/s, with s, m or h", Rate::parse);

  private static @Nullable Rate parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Duration per = Types.span("1" + matcher.group(2));
    return per == null ? null : new Rate(Integer.parseInt(matcher.group(1)), per);
  }
}
