package dev.shiplog.stdout;

import dev.shiplog.event.Severity;
import java.util.Map;

/** ANSI colours, or none. */
enum Palette {
  PLAIN,
  ANSI;

  /**
   * Whether to colour: on a terminal that can, unless {@code NO_COLOR} forbids or {@code
   * FORCE_COLOR} demands it. Both are as no-color.org and force-color.org have them; if both are
   * set, the one that makes less of a mess wins.
   */
  static Palette of(boolean terminal, Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return PLAIN;
    }
    String force = environment.getOrDefault("FORCE_COLOR", "");
    if (!force.isEmpty()) {
      return force.equals("0") || force.equals("false") ? PLAIN : ANSI;
    }
    String kind = environment.getOrDefault("TERM", "");
    return terminal && !kind.isEmpty() && !kind.equals("dumb") ? ANSI : PLAIN;
  }

  String of(Severity severity) {
    return switch (severity) {
      case ERROR -> code("1;31");
      case WARN -> code("33");
      case INFO -> code("32");
      case DEBUG -> code("36");
      case TRACE -> dim();
    };
  }

  String dim() {
    return code("2");
  }

  String cyan() {
    return code("36");
  }

  String reset() {
    return code("0");
  }

  private String code(String code) {
    return this == ANSI ? "\u001b[" + code + "m" : "";
  }
}
