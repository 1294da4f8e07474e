package dev.shiplog.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tag the events of some loggers, or with some marker, get.
 *
 * @param marker whether {@code match} is a marker's name; else it is a logger's, or the beginning
 *     of one that ends before a dot
 * @param template the tag's template
 */
public record TagRule(boolean marker, String match, String template) {
  private static final Pattern TEMPLATE =
      Pattern.compile("(?:[^{}\\s]|\\{(?:service|logger|level|marker|(?:mdc|field):[^{}\\s]+)})+");
  private static final String MARKER = "marker:";

  static final Type<String> TEMPLATE_TYPE =
      new Type<>(
          "tag template",
          "must be text without blanks, with {service}, {logger}, {level}, {marker}, {mdc:key} or"
              + " {field:name} in it",
          text -> TEMPLATE.matcher(text).matches() ? text : null);

  static final Type<TagRule> TYPE =
      new Type<>(
          "tag rule",
          "must be logger=template or marker:name=template, the template like that of tag",
          TagRule::parse);

  private static @Nullable TagRule parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      return null;
    }
    boolean marker = text.startsWith(MARKER);
    String match = text.substring(marker ? MARKER.length() : 0, equals).strip();
    String template = text.substring(equals + 1).strip();
    return match.isEmpty() || !TEMPLATE.matcher(template).matches()
        ? null
        : new TagRule(marker, match, template);
  }
}
