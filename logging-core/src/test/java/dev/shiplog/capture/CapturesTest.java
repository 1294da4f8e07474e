package dev.shiplog.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.Severity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ListResourceBundle;
import java.util.Set;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Who captures, from when to when, and how it was before. */
class CapturesTest {
  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;
  private final Thread.UncaughtExceptionHandler handlerBefore =
      Thread.getDefaultUncaughtExceptionHandler();
  private final Captures captures = new Captures(() -> false);
  private final Heard first = new Heard();
  private final Heard second = new Heard();
  private final Logger root = Logger.getLogger("");

  @AfterEach
  void putBack() {
    System.setOut(outBefore);
    System.setErr(errBefore);
    Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
  }

  @Test
  void capture_isThereFromHoldToClose() {
    Capture capture = claim(first, Source.SYSTEM_OUT, Source.SYSTEM_ERR);
    assertThat(System.out).isSameAs(outBefore);
    capture.hold();
    System.out.println("out");
    System.err.println("err");
    capture.letGo();
    System.out.print("nobody has come yet");
    capture.close();

    assertThat(System.out).isSameAs(outBefore);
    assertThat(System.err).isSameAs(errBefore);
    assertThat(first.messages()).containsExactly("out", "err", "nobody has come yet");
    assertThat(first.told).isEmpty();
  }

  @Test
  void capture_takesOnlyWhatIsWanted() {
    Capture capture = claim(first, Source.SYSTEM_ERR);
    capture.hold();
    assertThat(System.out).isSameAs(outBefore);
    assertThat(System.err).isNotSameAs(errBefore);
    assertThat(captures.claim("A", Set.of(), first, 1024, first)).isSameAs(Capture.NONE);
    capture.close();
  }

  @Test
  void capture_staysAsLongAsOneHoldsIt() {
    Capture capture = claim(first, Source.SYSTEM_OUT);
    capture.hold();
    capture.hold();
    capture.letGo();
    Capture other = claim(second, Source.SYSTEM_OUT);
    other.hold();
    System.out.println("to the first");
    capture.letGo();
    System.out.println("to the second");
    capture.close();
    System.out.println("to the second still");
    other.close();

    assertThat(first.messages()).containsExactly("to the first");
    assertThat(second.messages()).containsExactly("to the second", "to the second still");
    assertThat(second.told)
        .containsExactly(
            "warn stdout.capture.systemOut: appender FIRST has it;"
                + " this one gets it when that one stops",
            "info stdout.capture.systemOut: this appender has it from now on");
    assertThat(System.out).isSameAs(outBefore);
  }

  @Test
  void captureThatNobodyHolds_givesWayWithoutALineLost() {
    Capture old = claim(first, Source.SYSTEM_OUT);
    old.hold();
    System.out.println("to the first");
    System.out.print("begun with the first, ");
    old.letGo();
    PrintStream captured = System.out;
    Capture next = claim(second, Source.SYSTEM_OUT);
    next.hold();
    System.out.println("ended with the second");
    assertThat(System.out).as("the JVM is left alone").isSameAs(captured);
    old.close();
    next.close();

    assertThat(first.messages()).containsExactly("to the first");
    assertThat(second.messages()).containsExactly("begun with the first, ended with the second");
    assertThat(second.told).noneMatch(text -> text.startsWith("warn"));
  }

  @Test
  void exiting_keepsNothingBack() {
    Capture capture = claim(first, Source.SYSTEM_OUT);
    capture.hold();
    System.out.print("a");
    capture.flush();
    System.out.print("b");
    capture.exiting();
    System.out.print("c");
    assertThat(first.messages()).containsExactly("a", "b", "c");
    capture.close();
  }

  @Test
  void unfinishedLine_isBroughtByTheWorker() {
    Capture capture = claim(first, Source.SYSTEM_OUT);
    capture.hold();
    System.out.print("unfinished");
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (first.events.isEmpty() && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertThat(first.messages()).containsExactly("unfinished");
    capture.close();
  }

  @Test
  void streamThatSomebodyElseReplaced_isLeftAlone() {
    Capture capture = claim(first, Source.SYSTEM_OUT);
    capture.hold();
    PrintStream ours = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream theirs = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(theirs);
    System.out.println("to a test framework");
    capture.close();

    assertThat(System.out).isSameAs(theirs);
    assertThat(first.events).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("to a test framework\n");
    assertThat(Captures.beneath(ours)).isSameAs(outBefore);
    assertThat(Captures.beneath(theirs)).isSameAs(theirs);
  }

  @Test
  void streamThatSomebodyElseReplaced_isCapturedByWhoComesNext() {
    Capture capture = claim(first, Source.SYSTEM_OUT);
    capture.hold();
    System.out.print("half");
    capture.letGo();
    PrintStream theirs = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    System.setOut(theirs);
    capture.hold();
    System.out.println("the same comes back");
    capture.letGo();
    System.setOut(outBefore);
    Capture next = claim(second, Source.SYSTEM_OUT);
    next.hold();
    System.out.println("another comes");
    capture.close();
    next.close();

    assertThat(System.out).isSameAs(outBefore);
    assertThat(first.messages()).containsExactly("half", "the same comes back");
    assertThat(second.messages()).containsExactly("another comes");
  }

  @Test
  void uncaughtException_isAnEventAndGoesOnToTheHandlerBefore() {
    Heard before = new Heard();
    Thread.UncaughtExceptionHandler theirs = (thread, failure) -> before.info(thread.getName());
    Thread.setDefaultUncaughtExceptionHandler(theirs);
    Capture capture = claim(first, Source.UNCAUGHT);
    capture.hold();
    IllegalStateException failure = new IllegalStateException("nobody catches it");
    Printing.in(
        "worker-1",
        () -> {
          throw failure;
        });
    Printing.in(
        "worker-2",
        () -> {
          throw new ThreadDeath();
        });
    capture.close();

    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(theirs);
    assertThat(before.told).containsExactly("info worker-1", "info worker-2");
    assertThat(first.events).hasSize(1);
    Heard.Event event = first.events.get(0);
    assertThat(event.severity()).isEqualTo(Severity.ERROR);
    assertThat(event.logger()).isEqualTo("uncaught");
    assertThat(event.thread()).isEqualTo("worker-1");
    assertThat(event.message()).isEqualTo("Uncaught exception in thread \"worker-1\"");
    assertThat(event.thrown()).isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void uncaughtException_isPrintedAsEverWhenSomebodyKeepsAHandlerThatHasEnded() {
    Capture capture = claim(first, Source.UNCAUGHT);
    capture.hold();
    Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
    Thread.UncaughtExceptionHandler theirs =
        (thread, failure) -> ours.uncaughtException(thread, failure);
    Thread.setDefaultUncaughtExceptionHandler(theirs);
    capture.close();
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(theirs);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    Printing.in(
        "worker-1",
        () -> {
          throw new IllegalStateException("printed");
        });

    assertThat(first.events).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("Exception in thread \"worker-1\" java.lang.IllegalStateException: printed\n");
  }

  @Test
  void julRecord_isAnEventInThePlaceOfTheConsole() {
    ConsoleHandler console = new ConsoleHandler();
    root.addHandler(console);
    Handler[] before = root.getHandlers();
    Capture capture = claim(first, Source.JUL);
    capture.hold();
    assertThat(root.getHandlers()).noneMatch(ConsoleHandler.class::isInstance);
    Logger logger = Logger.getLogger("gallery.Easel");
    logger.setLevel(Level.ALL);
    LogRecord record = new LogRecord(Level.SEVERE, "greeting");
    record.setParameters(new Object[] {"Ada", 7});
    record.setResourceBundle(new Texts());
    record.setThrown(new IllegalStateException("thrown"));
    record.setLoggerName("gallery.Easel");
    logger.log(record);
    logger.entering("gallery.Easel", "paint");
    Thread other = new Thread("unknown");
    record = new LogRecord(Level.WARNING, null);
    record.setLongThreadID(other.getId());
    logger.log(record);
    logger.info("plain {0}");
    logger.fine(() -> "fine");
    logger.finer("finer");
    logger.log(Level.CONFIG, "config {0}", 1);
    capture.close();

    assertThat(root.getHandlers()).containsExactlyInAnyOrder(before);
    root.removeHandler(console);
    assertThat(first.events.stream().map(Heard.Event::severity))
        .containsExactly(
            Severity.ERROR,
            Severity.TRACE,
            Severity.WARN,
            Severity.INFO,
            Severity.DEBUG,
            Severity.TRACE,
            Severity.DEBUG);
    assertThat(first.messages())
        .containsExactly("Servus Ada, 7", "ENTRY", null, "plain {0}", "fine", "finer", "config 1");
    Heard.Event event = first.events.get(0);
    assertThat(event.logger()).isEqualTo("gallery.Easel");
    assertThat(event.thread()).isEqualTo(Thread.currentThread().getName());
    assertThat(event.thrown()).isEqualTo("java.lang.IllegalStateException");
    assertThat(first.events.get(1).caller())
        .isEqualTo(new StackTraceElement("gallery.Easel", "paint", null, -1));
    assertThat(first.events.get(2).thread()).isEqualTo("thread " + other.getId());
    assertThat(first.events.get(2).logger()).isEmpty();
  }

  @Test
  void julHandlers_areLeftAloneWhenSomebodyHasTakenOursAway() {
    ConsoleHandler console = new ConsoleHandler();
    root.addHandler(console);
    Capture capture = claim(first, Source.JUL);
    capture.hold();
    for (Handler handler : root.getHandlers()) {
      if (handler instanceof JulHook) {
        root.removeHandler(handler);
      }
    }
    capture.close();
    assertThat(root.getHandlers()).doesNotContain(console);
  }

  @Test
  void julRecords_areNotTakenTwiceWhenSlf4jHasThem() {
    Handler bridge = new SLF4JBridgeHandler();
    root.addHandler(bridge);
    Capture capture = claim(first, Source.JUL);
    capture.hold();
    assertThat(root.getHandlers()).noneMatch(JulHook.class::isInstance);
    assertThat(first.told)
        .containsExactly("info stdout.capture.jul: jul-to-slf4j brings these records already");
    capture.close();
    root.removeHandler(bridge);
  }

  private Capture claim(Heard heard, Source... sources) {
    return captures.claim(
        heard == first ? "FIRST" : "SECOND", Set.of(sources), heard, 16 * 1024, heard);
  }

  private static final class Texts extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {{"greeting", "Servus {0}, {1}"}};
    }
  }
}
