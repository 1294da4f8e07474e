package dev.shiplog.spool;

import java.util.SplittableRandom;

/**
 * What this process is called among all that ever used a folder: in containers, each has process id
 * 1. Kept in a system property, so that it is one for all class loaders. Safe for any thread.
 */
final class ProcessToken {
  private static final String PROPERTY = "dev.shiplog.spool.process";

  private static final String COUNT = PROPERTY + ".folders";

  private ProcessToken() {}

  /** A number that no other folder of this process has or had. */
  static String number() {
    return String.valueOf(
        System.getProperties()
            .merge(COUNT, "1", (last, one) -> Long.toString(Long.parseLong("" + last) + 1)));
  }

  static String text() {
    String random = Long.toString(new SplittableRandom().nextLong() >>> 14, 36);
    String fresh = ProcessHandle.current().pid() + "-" + random;
    Object earlier = System.getProperties().putIfAbsent(PROPERTY, fresh);
    return earlier instanceof String text ? text : fresh;
  }
}
