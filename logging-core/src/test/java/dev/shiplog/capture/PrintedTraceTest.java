package dev.shiplog.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.Severity;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stack traces that are printed are one event each. */
class PrintedTraceTest {
  private final Printing err = new Printing(StandardStream.ERR);
  private final Heard heard = err.heard;

  @Test
  void printedThrowable_isOneEventAtOnce() {
    Throwable failure = failure();
    err.stream.print("Exception in thread \"main\" ");
    failure.printStackTrace(err.stream);

    assertThat(heard.events).hasSize(1);
    assertThat(heard.events.get(0).severity()).isEqualTo(Severity.ERROR);
    assertThat(heard.events.get(0).message())
        .isEqualTo("Exception in thread \"main\" java.lang.IllegalStateException: two\nlines");
    assertThat(heard.events.get(0).thrown()).isEqualTo("java.lang.IllegalStateException");
    assertThat(err.later()).isZero();
    err.stream.println("after");
    assertThat(heard.messages()).hasSize(2).last().isEqualTo("after");
    assertThat(err.beneath.size()).isZero();
  }

  @Test
  void throwableThatIsPrintedAsAnObject_isALine() {
    err.stream.println(new IllegalStateException("just said"));
    err.later();

    assertThat(heard.events).hasSize(1);
    assertThat(heard.events.get(0).thrown()).isNull();
    assertThat(heard.events.get(0).severity()).isEqualTo(Severity.WARN);
    assertThat(heard.messages()).containsExactly("java.lang.IllegalStateException: just said");
  }

  @Test
  void throwablesWhoseMessagesPrint_areOneEventEach() {
    Throwable inner = new IllegalStateException("inner");
    Throwable outer =
        new IllegalStateException("outer") {
          @Override
          public String getMessage() {
            inner.printStackTrace(err.stream);
            return "outer";
          }
        };
    outer.printStackTrace(err.stream);
    assertThat(heard.messages())
        .containsExactly(
            "java.lang.IllegalStateException: inner", outer.getClass().getName() + ": outer");
  }

  /** Such a stream comes with line after line, so that a message of several cannot be known. */
  @Test
  void traceByAnotherStream_isOneEvent() {
    PrintStream other = new PrintStream(err.stream, true, UTF_8);
    other.println("before");
    shortened(new IllegalStateException("one", new RuntimeException("line")))
        .printStackTrace(other);
    other.println("after");

    assertThat(heard.events).hasSize(3);
    assertThat(String.valueOf(heard.messages().get(1)).lines())
        .containsSequence("java.lang.IllegalStateException: one", "\tat a.B.c(B.java:1)")
        .contains("Caused by: java.lang.RuntimeException: line");
  }

  @Test
  void traceByAWriter_isOneEvent() {
    PrintWriter writer = new PrintWriter(err.stream, false, UTF_8);
    failure().printStackTrace(writer);
    writer.flush();
    assertThat(heard.events).isEmpty();
    assertThat(err.later()).isEqualTo(1);

    assertWhole(0, 1);
  }

  @Test
  void traceAsText_isOneEvent() {
    err.stream.println("before\n" + text(failure()) + "after");
    assertWhole(1, 3);
  }

  @Test
  void twoTraces_areTwoEvents() {
    err.stream.println(text(failure()));
    err.stream.println(text(failure()));
    err.later();
    assertThat(heard.events).hasSize(2);
    assertWhole(0, 2);
    assertWhole(1, 2);
  }

  @Test
  void traceByTwoThreads_areTwoEvents() {
    String[] frames = text(failure()).split("\n");
    Printing.in(
        "other",
        () -> {
          err.stream.println("java.lang.Error: other");
          err.stream.println(frames[3]);
        });
    err.stream.println("java.lang.Error: mine");
    err.stream.println(frames[3]);
    assertThat(heard.events).isEmpty();
    err.later();

    assertThat(heard.messages())
        .containsExactlyInAnyOrder(
            "java.lang.Error: other\n" + frames[3], "java.lang.Error: mine\n" + frames[3]);
  }

  @Test
  void traceTooLongForARecord_comesInPieces() {
    String trace =
        "java.lang.StackOverflowError\n" + "\tat gallery.Easel.paint(Easel.java:42)\n".repeat(99);
    err.stream.print(trace);
    err.later();

    assertThat(heard.events)
        .hasSizeBetween(4, 6)
        .allSatisfy(
            event -> {
              assertThat(event.severity()).isEqualTo(Severity.ERROR);
              assertThat(event.message()).hasSizeLessThanOrEqualTo(Printing.MAX_TEXT_BYTES);
            });
    assertThat(String.join("\n", heard.messages()) + "\n").isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.IllegalStateException",
        "gallery.NotFound: no such picture",
        "Exception in thread \"main\" gallery.Broken: so it is",
        "failed: java.io.IOException: closed",
        "OutOfMemoryError"
      })
  void firstLineOfATrace_waitsForTheNext(String line) {
    err.stream.println(line);
    assertThat(heard.events).isEmpty();
    err.stream.println("    at gallery.Easel.paint(Easel.java:42)");
    err.stream.println("\t... 3 more");
    err.stream.println("next");
    assertThat(heard.messages()).hasSize(2).first().asString().startsWith(line).endsWith("more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"usage: gallery", "a.b.c", "1.0: yes", "www.gallery.org", ".Hidden"})
  void otherLine_doesNotWait(String line) {
    err.stream.println(line);
    assertThat(heard.messages()).containsExactly(line);
  }

  @Test
  void traceOnStdout_isInfoAsEverythingThere() {
    Printing out = new Printing(StandardStream.OUT);
    failure().printStackTrace(out.stream);
    assertThat(out.heard.events).hasSize(1);
    assertThat(out.heard.events.get(0).severity()).isEqualTo(Severity.INFO);
  }

  /** The event at {@code index} of {@code count} is the whole trace. */
  private void assertWhole(int index, int count) {
    assertThat(heard.events).hasSize(count);
    assertThat(heard.events.get(index).severity()).isEqualTo(Severity.ERROR);
    List<String> lines = String.valueOf(heard.messages().get(index)).lines().toList();
    assertThat(lines.get(0)).isEqualTo("java.lang.IllegalStateException: two");
    assertThat(lines.get(1)).isEqualTo("lines");
    assertThat(lines)
        .contains("Caused by: java.io.IOException: closed", "and gone")
        .anyMatch(line -> line.startsWith("\tSuppressed: java.lang.RuntimeException"));
    assertThat(lines).last().isEqualTo("\t... 2 more");
  }

  private static Throwable failure() {
    Throwable failure =
        new IllegalStateException("two\nlines", new java.io.IOException("closed\nand gone"));
    failure.addSuppressed(new RuntimeException("beside"));
    return shortened(failure);
  }

  /** With few frames, so that all of it fits into a record. */
  private static Throwable shortened(Throwable failure) {
    StackTraceElement frame = new StackTraceElement("a.B", "c", "B.java", 1);
    failure.setStackTrace(new StackTraceElement[] {frame, frame});
    Throwable cause = failure.getCause();
    if (cause != null) {
      cause.setStackTrace(new StackTraceElement[] {frame, frame});
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      suppressed.setStackTrace(new StackTraceElement[] {frame, frame});
    }
    return failure;
  }

  private static String text(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
