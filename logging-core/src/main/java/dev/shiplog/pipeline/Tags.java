package dev.shiplog.pipeline;

import dev.shiplog.event.LogEvent;
import dev.shiplog.record.TextMask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The tag of each event: the first rule that fits, else the template. Safe for any thread.
 *
 * <p>Where the tag depends on the logger alone, which is the rule, it is made once for each logger.
 */
public final class Tags implements Function<LogEvent, String> {
  private static final String ACCESS_LOG = "access-log";

  /** Loggers are few; whoever makes a logger for each request must not fill the heap here. */
  private static final int MAX_REMEMBERED = 4096;

  private final List<CompiledRule> rules = new ArrayList<>();
  private final TagTemplate template;
  private final boolean byLoggerAlone;
  private final ConcurrentHashMap<String, String> remembered = new ConcurrentHashMap<>();

  /**
   * A rule of {@code tagRule}.
   *
   * @param marker whether {@code match} is a marker's name, else a logger or the start of one
   */
  public record Rule(boolean marker, String match, String template) {}

  /**
   * Tags as {@code template} says, for a service of that name.
   *
   * @param hidden which keys of users' fields are hidden in records, and hence in tags
   * @param mask hides secrets within what is filled in from an event
   */
  public Tags(
      String template, List<Rule> rules, String service, Predicate<String> hidden, TextMask mask) {
    this.template = new TagTemplate(template, service, hidden, mask);
    List<Rule> all = new ArrayList<>(rules);
    all.add(new Rule(false, ACCESS_LOG, "{service}." + ACCESS_LOG));
    boolean alone = this.template.byLoggerAlone();
    for (Rule rule : all) {
      TagTemplate compiled = new TagTemplate(rule.template(), service, hidden, mask);
      this.rules.add(new CompiledRule(rule.marker(), rule.match(), compiled));
      alone &= !rule.marker() && compiled.byLoggerAlone();
    }
    this.byLoggerAlone = alone;
  }

  /** The tag for events beyond the number of tags that are kept apart. */
  public String constantHead() {
    return template.constantHead();
  }

  @Override
  public String apply(LogEvent event) {
    if (!byLoggerAlone) {
      return make(event);
    }
    String tag = remembered.get(event.logger());
    if (tag == null) {
      tag = make(event);
      if (remembered.size() < MAX_REMEMBERED) {
        remembered.put(event.logger(), tag);
      }
    }
    return tag;
  }

  private String make(LogEvent event) {
    for (CompiledRule rule : rules) {
      if (rule.fits(event)) {
        return rule.template().tag(event);
      }
    }
    return template.tag(event);
  }

  private record CompiledRule(boolean marker, String match, TagTemplate template) {
    boolean fits(LogEvent event) {
      if (marker) {
        boolean[] found = new boolean[1];
        event.markers(name -> found[0] |= match.equals(name));
        return found[0];
      }
      String logger = event.logger();
      return logger.startsWith(match)
          && (logger.length() == match.length() || logger.charAt(match.length()) == '.');
    }
  }
}
