package dev.shiplog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;

/**
 * What {@code java -jar shiplog-core.jar} runs: prints what is detected on this machine or, with
 * {@code spool DIR}, what a spool holds.
 */
public final class Main {
  private Main() {}

  /**
   * Runs the command line; ends the JVM with status 0, 1 if stdout takes nothing, 2 if an option is
   * wrong.
   */
  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    boolean spool = arguments.length > 0 && arguments[0].equals("spool");
    int status =
        spool
            ? new SpoolCommand(Clock.systemUTC(), out, err)
                .run(Arrays.copyOfRange(arguments, 1, arguments.length))
            : new DetectCommand(System.getenv(), out, err).run(arguments);
    err.flush();
    System.exit(out.checkError() ? 1 : status);
  }

  /** JSON is UTF-8, whatever the platform's encoding is. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
