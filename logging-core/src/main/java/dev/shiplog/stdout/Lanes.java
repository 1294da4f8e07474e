package dev.shiplog.stdout;

import dev.shiplog.status.Status;
import dev.shiplog.stdout.StdoutSettings.Target;

/**
 * Which lane an event takes.
 *
 * @param low takes the events below {@code highFrom}
 * @param high takes the others
 * @param highFrom a severity index
 */
record Lanes(Lane low, Lane high, int highFrom) {

  static Lanes of(StdoutSettings settings, ProcessStreams streams, Status status) {
    Lane err =
        new Lane(
            streams.output(Target.STDERR, settings.via()),
            new WriteTrouble("stderr", status, System::nanoTime));
    if (settings.target() == Target.STDERR) {
      return new Lanes(err, err, StdoutSettings.OFF);
    }
    Lane out =
        new Lane(
            streams.output(Target.STDOUT, settings.via()),
            new WriteTrouble("stdout", status, System::nanoTime));
    return new Lanes(out, err, settings.stderrThreshold());
  }

  Lane of(int level) {
    return level >= highFrom ? high : low;
  }
}
