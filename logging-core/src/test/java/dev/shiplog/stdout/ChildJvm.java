package dev.shiplog.stdout;

import dev.shiplog.sink.Sink;
import dev.shiplog.status.Meters;
import java.io.IOException;
import java.time.Duration;

/**
 * The application of the tests that need a process of their own: logs to its real descriptor 1 and
 * says on stderr what became of it. Waits on stdin between its acts.
 */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * Starts the application through a shell.
   *
   * @param before shell commands that end in a semicolon, or nothing
   * @param redirection what the shell does with its descriptors
   */
  static Process start(String before, String act, String redirection) throws IOException {
    // no hsperfdata: a limit on the size of files would hit it too
    String command =
        "%s exec '%s/bin/java' -XX:-UsePerfData -XX:TieredStopAtLevel=1 -cp '%s' %s %s %s"
            .formatted(
                before,
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                ChildJvm.class.getName(),
                act,
                redirection);
    return new ProcessBuilder("sh", "-c", command).start();
  }

  public static void main(String[] arguments) throws Exception {
    Meters meters = new Meters();
    Records.Told told = new Records.Told();
    ProcessStreams streams = ProcessStreams.asFirstSeen(true, stream -> stream);
    StdoutSettings settings = StdoutSettings.DEFAULTS;
    switch (arguments[0]) {
      case "four-threads" -> {
        StdoutSinkTest.writeFromFourThreads(StdoutSink.open(settings, streams, meters, told), 300);
      }
      case "ten-and-ten" -> {
        Sink sink = StdoutSink.open(settings, streams, meters, told);
        for (int n = 0; n < 10; n++) {
          sink.accept(Records.record(0, n, 1_000, Records.INFO));
        }
        say(meters, told);
        int unused = System.in.read();
        for (int n = 10; n < 20; n++) {
          sink.accept(Records.record(0, n, 100, Records.INFO));
        }
        sink.close(Duration.ofSeconds(5));
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    say(meters, told);
  }

  private static void say(Meters meters, Records.Told told) {
    Meters.Snapshot now = meters.snapshot();
    System.err.printf(
        "accepted=%d delivered=%d dropped=%d balanced=%s told=%d%n",
        now.accepted(), now.delivered(), now.droppedTotal(), now.balanced(), told.messages.size());
  }
}
