package dev.shiplog.logback.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.core.status.Status;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.Meters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;

/**
 * An application whose disk becomes full while it logs, and has room again later. It may mount: it
 * runs in a namespace of its own.
 */
final class FullDiskApplication {
  /** More than two files of 2 MB hold, and less than four. */
  static final int EVENTS = 4_000;

  private static final String TEXT = "x".repeat(1_200);
  private static final long TWO_FILES = 2L << 21;

  private FullDiskApplication() {}

  /**
   * The application.
   *
   * @param arguments an empty folder and the appender's elements, with a spool below that folder
   */
  public static void main(String[] arguments) throws Exception {
    Path mount = Path.of(arguments[0]);
    run("mount", "-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", mount.toString());
    Configured configured = Configured.withAppender(FluentdAppender.class, arguments[1]);
    Logger logger = configured.logger("full");
    Await.until("the spool", () -> Account.of("A").spoolBytes() > 0);
    log(logger, 0, 1);
    Await.until("a file ahead of need", () -> Account.of("A").spoolBytes() >= TWO_FILES);

    Path ballast = fill(mount.resolve("ballast"));
    log(logger, 1, EVENTS);
    Await.until("memory's turn", () -> Account.of("A").bufferBytes() > 0);
    Await.until("a word about it", () -> !told(configured).isEmpty());

    Files.delete(ballast);
    Await.until("the spool's turn", () -> Account.of("A").bufferBytes() == 0);
    Await.until("another word", () -> told(configured).size() > 1);
    System.err.println("recovered");
    Meters.Snapshot account = Account.settled("A");
    told(configured).forEach(System.err::println);
    System.err.printf(
        "accepted=%d delivered=%d dropped=%d%n",
        account.accepted(), account.delivered(), account.droppedTotal());
    configured.close();
  }

  private static void log(Logger logger, int from, int to) {
    for (int i = from; i < to; i++) {
      logger.atInfo().addKeyValue("number", i).log(TEXT);
    }
  }

  /** A file that leaves no byte to others. */
  private static Path fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int size = 1 << 16; size > 0; size /= 4) {
        fill(out, new byte[size]);
      }
    }
    return file;
  }

  private static void fill(OutputStream out, byte[] piece) {
    try {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left on device")) {
        throw new AssertionError(e);
      }
    }
  }

  private static List<String> told(Configured configured) {
    return configured.context.getStatusManager().getCopyOfStatusList().stream()
        .map(Status::getMessage)
        .filter(message -> message.startsWith("spool in "))
        .toList();
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }
}
