package dev.shiplog.samples.gallery;

import dev.shiplog.Shiplog;
import dev.shiplog.status.Meters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of the events that one appender accepted.
 *
 * @param appender its name: STDOUT or FLUENTD, as the starter calls them
 * @param recovered events of an earlier life that a spool brought back
 */
public record Account(
    String appender, long accepted, long recovered, long delivered, long pending, long dropped) {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"account\":\"(\\S+)\",\"accepted\":(\\d+),\"recovered\":(\\d+),"
              + "\"delivered\":(\\d+),\"pending\":(\\d+),\"dropped\":(\\d+)}");

  /** Has everything delivered that is pending, and takes account of each appender. */
  static List<Account> closing() {
    Shiplog.drain(GRACE);
    return new TreeMap<>(Shiplog.meters())
        .entrySet().stream().map(each -> of(each.getKey(), each.getValue())).toList();
  }

  private static Account of(String appender, Meters.Snapshot now) {
    return new Account(
        appender,
        now.accepted(),
        now.recovered(),
        now.delivered(),
        now.pending(),
        now.droppedTotal());
  }

  /** A line for programs, as every line of a container should be. */
  String toJson() {
    return "{\"account\":\"%s\",\"accepted\":%d,\"recovered\":%d,\"delivered\":%d,\"pending\":%d,\"dropped\":%d}"
        .formatted(appender, accepted, recovered, delivered, pending, dropped);
  }

  /** The account that a line tells, if it is one of {@link #toJson()}. */
  public static Optional<Account> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Account(
            matcher.group(1),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)),
            Long.parseLong(matcher.group(4)),
            Long.parseLong(matcher.group(5)),
            Long.parseLong(matcher.group(6))));
  }

  /** Whether every event that was taken on is accounted for. */
  public boolean balanced() {
    return accepted + recovered == delivered + pending + dropped;
  }

  @Override
  public String toString() {
    return "account %s: accepted %d, recovered %d, delivered %d, pending %d, dropped %d"
        .formatted(appender, accepted, recovered, delivered, pending, dropped);
  }
}
