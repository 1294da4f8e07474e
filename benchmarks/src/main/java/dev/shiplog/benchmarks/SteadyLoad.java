package dev.shiplog.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that logs at a steady rate; what {@link DownMemory} watches. Tells on stderr how
 * many events it has logged.
 */
final class SteadyLoad {
  private static final int PER_MILLISECOND = 20;

  private SteadyLoad() {}

  /** Logs through the subject to the port for so many seconds. */
  public static void main(String[] arguments) throws IOException {
    ForwardSubject subject = ForwardSubjects.named(arguments[0], Integer.parseInt(arguments[1]));
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
    long logged = 0;
    for (long now = start; now - end < 0; now = System.nanoTime()) {
      long due = TimeUnit.NANOSECONDS.toMillis(now - start) * PER_MILLISECOND;
      // a peer whose calls wait is not to catch up for ever: the end comes between two calls
      for (int i = 0; logged < due && i < PER_MILLISECOND; i++) {
        subject.log((int) logged++ & (SampleEvents.COUNT - 1));
      }
      if (logged >= due) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
    System.err.println(DownMemory.LOGGED + logged);
    subject.close();
    System.exit(0); // some peers leave a thread that is no daemon
  }
}
