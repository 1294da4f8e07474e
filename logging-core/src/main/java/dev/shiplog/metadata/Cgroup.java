package dev.shiplog.metadata;

/** Reads {@code /proc/self/cgroup}: lines of {@code hierarchy:controllers:path}. */
final class Cgroup {
  static final String FILE = "/proc/self/cgroup";

  private Cgroup() {}

  /**
   * The best of all lines. Not the first and not the last: controllers may be left at the root, and
   * the line of version 2 may name the runtime's daemon.
   */
  static CgroupPath best(Machine machine) {
    CgroupPath best = CgroupPath.parse("");
    for (String line : machine.lines(FILE)) {
      int controllers = line.indexOf(':');
      int path = controllers < 0 ? -1 : line.indexOf(':', controllers + 1);
      if (path > 0 && line.startsWith("/", path + 1)) {
        CgroupPath found = CgroupPath.parse(line.substring(path + 1));
        if (found.isBetterThan(best)) {
          best = found;
        }
      }
    }
    return best;
  }
}
