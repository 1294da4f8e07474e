package dev.shiplog.logback.endtoend;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import dev.shiplog.Shiplog;
import dev.shiplog.logback.StdoutAppender;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application with a {@code logback.xml} and a stdout that somebody else sees to. Does what it
 * reads from stdin, and answers on stderr:
 *
 * <pre>
 *   log N      logs N events of about 1 KB, on another thread: {@code logged M} once all returned
 *   account    says at once what the meters say
 *   settled    says so as soon as nothing is pending, and what Logback was told
 * </pre>
 *
 * <p>Its {@code main} returns at the end of stdin; when a signal ends it, it says {@code settled}.
 */
final class StdoutApplication {
  private static final Logger LOGGER = LoggerFactory.getLogger("app");
  private static final AtomicInteger LOGGED = new AtomicInteger();

  private StdoutApplication() {}

  public static void main(String[] arguments) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(StdoutApplication::saySettled));
    ExecutorService logging =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "logging");
              thread.setDaemon(true);
              return thread;
            });
    say("ready", meters());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      switch (command.split(" ", 2)[0]) {
        case "log" -> {
          int events = Integer.parseInt(command.substring("log ".length()));
          logging.execute(() -> log(events));
        }
        case "account" -> say("account", meters());
        default -> {
          saySettled();
          System.err.println("told " + told());
        }
      }
    }
  }

  private static void log(int events) {
    String pad = "x".repeat(700);
    for (int i = 0; i < events; i++) {
      LOGGER.atInfo().addKeyValue("number", LOGGED.getAndIncrement()).log(pad);
    }
    System.err.println("logged " + LOGGED);
  }

  /** What the meters say now: that need not balance while somebody logs. */
  private static Meters.Snapshot meters() {
    return Objects.requireNonNull(Shiplog.meters().get("A"));
  }

  private static void saySettled() {
    Await.until("an account", () -> meters().pending() == 0 && meters().balanced());
    say("settled", meters());
  }

  private static void say(String what, Meters.Snapshot now) {
    System.err.printf(
        "%s accepted=%d delivered=%d pending=%d overflow=%d failed=%d stopped=%d%n",
        what,
        now.accepted(),
        now.delivered(),
        now.pending(),
        Account.dropped(now, DropReason.OVERFLOW),
        Account.dropped(now, DropReason.WRITE_FAILED),
        Account.dropped(now, DropReason.STOPPED));
  }

  private static List<String> told() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getOrigin() instanceof StdoutAppender)
        .filter(status -> status.getMessage().contains("written"))
        .map(Status::getMessage)
        .toList();
  }
}
