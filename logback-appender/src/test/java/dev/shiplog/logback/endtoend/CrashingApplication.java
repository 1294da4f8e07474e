package dev.shiplog.logback.endtoend;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/**
 * An application that logs until it is killed. For every batch of events of which each logging call
 * has returned it writes a line to stdout, which outlives it: thread and events so far.
 */
final class CrashingApplication {
  static final int THREADS = 2;
  static final int BATCH = 10;

  /** After each batch; with long texts the disk must be given the time to make the next file. */
  private static final long PAUSE_NANOS = 1_000_000;

  private static final long LONG_PAUSE_NANOS = 20_000_000;

  private CrashingApplication() {}

  /**
   * The application.
   *
   * @param arguments the appender's elements, the number of this life, and how long a text each
   *     event has
   */
  public static void main(String[] arguments) throws Exception {
    Configured configured = Configured.withAppender(FluentdAppender.class, arguments[0]);
    Await.until("the spool", () -> Account.of("A").spoolBytes() > 0);
    int life = Integer.parseInt(arguments[1]);
    String text = "x".repeat(Integer.parseInt(arguments[2]));
    FileOutputStream stdout = new FileOutputStream(FileDescriptor.out);
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      new Thread(() -> log(configured.logger("crash"), stdout, life, number, text)).start();
    }
  }

  private static void log(
      Logger logger, FileOutputStream stdout, int life, int thread, String text) {
    try {
      for (long i = 0; true; i++) {
        logger
            .atInfo()
            .addKeyValue("life", life)
            .addKeyValue("thread", thread)
            .addKeyValue("number", i)
            .log("an event {}", text);
        if ((i + 1) % BATCH == 0) {
          String line = thread + " " + (i + 1) + "\n";
          stdout.write(line.getBytes(StandardCharsets.US_ASCII));
          LockSupport.parkNanos(text.isEmpty() ? PAUSE_NANOS : LONG_PAUSE_NANOS);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
