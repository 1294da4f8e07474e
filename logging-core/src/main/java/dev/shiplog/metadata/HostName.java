package dev.shiplog.metadata;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of the host: {@code /etc/hostname}, else the variables in which shells, runtimes and
 * Windows give it. Never asks the resolver, which may take seconds.
 */
final class HostName {
  private static final String FILE = "/etc/hostname";

  private HostName() {}

  /** The name and its source, or null if nothing tells. */
  static @Nullable Fact of(Machine machine) {
    for (String line : machine.lines(FILE)) {
      if (!line.isEmpty() && line.charAt(0) != '#') {
        if (Ids.isName(line)) {
          return new Fact(line, FILE);
        }
        break;
      }
    }
    String name = machine.variable("HOSTNAME");
    if (name != null && Ids.isName(name)) {
      return new Fact(name, "env HOSTNAME");
    }
    name = machine.isWindows() ? machine.variable("COMPUTERNAME") : null;
    return name != null && Ids.isName(name) // in capitals, unlike what the system calls itself
        ? new Fact(name.toLowerCase(Locale.ROOT), "env COMPUTERNAME")
        : null;
  }
}
