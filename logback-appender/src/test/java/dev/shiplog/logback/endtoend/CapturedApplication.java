package dev.shiplog.logback.endtoend;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application that says things in every way there is, and dies of an exception. */
final class CapturedApplication {
  private CapturedApplication() {}

  /** The application. */
  public static void main(String[] arguments) throws Exception {
    Logger logger = LoggerFactory.getLogger("app");
    logger.info("logged");
    System.out.println("printed to out");
    System.out.print("half ");
    System.out.printf("of a %s%n", "line");
    System.err.println("printed to err");
    System.out.writeBytes("žluťoučký\n".getBytes(StandardCharsets.UTF_8));
    java.util.logging.Logger jul = java.util.logging.Logger.getLogger("jul.logger");
    LogRecord record = new LogRecord(Level.WARNING, "by {0}");
    record.setLoggerName("jul.logger");
    record.setParameters(new Object[] {"jul"});
    record.setThrown(new IllegalStateException("of jul"));
    jul.log(record);
    new IllegalStateException("printed", new RuntimeException("cause")).printStackTrace();
    PrintWriter writer = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
    new IllegalStateException("written").printStackTrace(writer);
    writer.flush();
    Thread worker = new Thread(() -> sneak("of a worker"), "worker-1");
    worker.start();
    worker.join();
    logger.atInfo().addKeyValue("value", new Talkative()).log("with a value that prints");
    System.out.print("no end");
    sneak("of main");
  }

  private static void sneak(String message) {
    throw new IllegalStateException(message);
  }

  /** Prints when it is asked what it is. */
  private static final class Talkative {
    @Override
    public String toString() {
      System.out.println("asked");
      return "talkative";
    }
  }
}
