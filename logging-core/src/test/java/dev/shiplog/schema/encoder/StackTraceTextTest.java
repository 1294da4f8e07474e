package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import dev.shiplog.event.Thrown;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.schema.Schema;
import dev.shiplog.schema.encoder.StackTraceOptions.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StackTraceTextTest {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Schema TRACE = fields -> fields.stackTrace("trace");

  private static StackTraceOptions options(
      Format format, boolean rootFirst, int frames, int bytes) {
    return new StackTraceOptions(format, rootFirst, frames, bytes, List.of(), false, false);
  }

  private static Map<String, @Nullable Object> record(
      StackTraceOptions trace, int maxEventBytes, TestEvent event) {
    RecordOptions o = RecordOptions.defaults(Map.of(), maxEventBytes);
    RecordOptions options =
        new RecordOptions(
            false,
            o.fields(),
            o.context(),
            o.keyValues(),
            o.configured(),
            o.facts(),
            o.metadata(),
            "",
            9,
            256,
            16,
            256,
            maxEventBytes,
            false,
            o.objects(),
            List.of(),
            "",
            TextMask.NONE,
            trace,
            false,
            false,
            false);
    EventEncoder encoder = EventEncoder.compile(TRACE, options, JsonWriter::new);
    EncodeSession session = encoder.newSession();
    encoder.encode(event, session);
    assertThat(session.length()).isLessThanOrEqualTo(maxEventBytes);
    return Foreign.line(session.bytes(), session.length());
  }

  private static String text(StackTraceOptions options, Throwable thrown) {
    return String.valueOf(record(options, 1 << 20, new TestEvent().thrown(thrown)).get("trace"));
  }

  @SuppressWarnings("unchecked")
  private static List<String> lines(
      StackTraceOptions options, int maxEventBytes, Throwable thrown) {
    Object lines = record(options, maxEventBytes, new TestEvent().thrown(thrown)).get("trace");
    return (List<String>) java.util.Objects.requireNonNull(lines);
  }

  /** A throwable with frames of its own making, innermost first. */
  private static <T extends Throwable> T at(T thrown, String... frames) {
    StackTraceElement[] trace = new StackTraceElement[frames.length];
    for (int i = 0; i < frames.length; i++) {
      int dot = frames[i].lastIndexOf('.');
      trace[i] =
          new StackTraceElement(
              frames[i].substring(0, dot), frames[i].substring(dot + 1), "F.java", i + 1);
    }
    thrown.setStackTrace(trace);
    return thrown;
  }

  private static RuntimeException painting() {
    IOException brush =
        at(new IOException("no brush"), "b.Brush.take", "p.Easel.paint", "p.Main.main");
    RuntimeException easel =
        at(new IllegalStateException("no easel", brush), "p.Easel.paint", "p.Main.main");
    easel.addSuppressed(
        at(
            new IOException("aside", at(new Error("inner"), "x.Y.z", "p.Main.main")),
            "a.B.c",
            "p.Main.main"));
    return at(new RuntimeException("no picture", easel), "q.Shop.sell", "p.Main.main");
  }

  @Test
  void trace_readsAsTheJdkPrintsIt() {
    Throwable thrown = real(5);

    assertThat(normal(text(StackTraceOptions.DEFAULT, thrown))).isEqualTo(normal(printed(thrown)));
    assertThat(normal(text(StackTraceOptions.DEFAULT, painting())))
        .isEqualTo(normal(printed(painting())));
  }

  /** A throwable of the JVM's own making, each cause thrown deeper than the one that wraps it. */
  private static Throwable real(int depth) {
    Throwable thrown =
        depth == 0
            ? new IOException("root\nof\tall")
            : new IllegalStateException("depth " + depth, real(depth - 1));
    thrown.addSuppressed(new IllegalArgumentException());
    thrown.addSuppressed(new Error("second", new IOException()));
    return thrown;
  }

  private static String printed(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  private static String normal(String trace) {
    return trace
        .replace("\r", "")
        .replaceAll("\\.\\.\\. (\\d+) (more|common frames omitted)", "... $1 in common");
  }

  @Test
  void causes_comeInOrderWithSuppressedAndCommonFrames() {
    assertThat(text(StackTraceOptions.DEFAULT, painting()))
        .isEqualTo(
            """
            java.lang.RuntimeException: no picture
            \tat q.Shop.sell(F.java:1)
            \tat p.Main.main(F.java:2)
            Caused by: java.lang.IllegalStateException: no easel
            \tat p.Easel.paint(F.java:1)
            \t... 1 common frames omitted
            \tSuppressed: java.io.IOException: aside
            \t\tat a.B.c(F.java:1)
            \t\t... 1 common frames omitted
            \tCaused by: java.lang.Error: inner
            \t\tat x.Y.z(F.java:1)
            \t\t... 1 common frames omitted
            Caused by: java.io.IOException: no brush
            \tat b.Brush.take(F.java:1)
            \tat p.Easel.paint(F.java:2)
            \tat p.Main.main(F.java:3)
            """);
  }

  @Test
  void rootCause_comesFirstWhenAsked() {
    assertThat(text(options(Format.STRING, true, 1, ALL), painting()))
        .startsWith("java.io.IOException: no brush\n\tat b.Brush.take(F.java:1)\n")
        .contains("\nWrapped by: java.lang.IllegalStateException: no easel\n\tat p.Easel.paint")
        .contains("\n\tSuppressed: java.io.IOException: aside\n\t\tat a.B.c")
        .contains("\n\tCaused by: java.lang.Error: inner\n")
        .contains("\nWrapped by: java.lang.RuntimeException: no picture\n");
  }

  @Test
  void array_hasALineEach() {
    assertThat(lines(options(Format.ARRAY, false, ALL, ALL), 1 << 20, painting()))
        .startsWith("java.lang.RuntimeException: no picture", "\tat q.Shop.sell(F.java:1)")
        .contains("\tSuppressed: java.io.IOException: aside", "\t\tat a.B.c(F.java:1)")
        .hasSize(16);
  }

  @Test
  void frames_areCountedWhereThereAreTooMany() {
    assertThat(
            text(options(Format.STRING, false, 1, ALL), at(new Error(), "a.B.c", "a.B.d", "a.B.e")))
        .isEqualTo("java.lang.Error\n\tat a.B.c(F.java:1)\n\t... 2 frames truncated\n");
    assertThat(text(options(Format.STRING, false, 0, ALL), at(new Error(), "a.B.c")))
        .isEqualTo("java.lang.Error\n\t... 1 frames truncated\n");
  }

  @Test
  void excludedFrames_areCountedButNeverTheFirst() {
    StackTraceOptions options =
        new StackTraceOptions(
            Format.STRING,
            false,
            3,
            ALL,
            List.of(Pattern.compile("^r\\."), Pattern.compile("\\.x$")),
            false,
            false);
    Error error = at(new Error(), "r.A.a", "r.A.b", "k.A.x", "k.B.c", "r.A.d", "k.B.e", "k.B.f");

    assertThat(text(options, error))
        .isEqualTo(
            """
            java.lang.Error
            \tat r.A.a(F.java:1)
            \t... 2 frames excluded
            \tat k.B.c(F.java:4)
            \t... 1 frames excluded
            \tat k.B.e(F.java:6)
            \t... 1 frames truncated
            """);
  }

  @Test
  void classNames_areShortenedInFramesAlone() {
    StackTraceOptions options =
        new StackTraceOptions(Format.STRING, false, ALL, ALL, List.of(), true, false);

    assertThat(
            text(options, at(new IOException("x"), "org.springframework.web.Servlet.get", "A.b")))
        .isEqualTo(
            "java.io.IOException: x\n\tat o.s.w.Servlet.get(F.java:1)\n\tat A.b(F.java:2)\n");
  }

  @Test
  void circularCause_isSaidOnce() {
    Exception outer = at(new Exception("outer"), "a.B.c");
    Exception inner = at(new Exception("inner", outer), "a.B.c");
    outer.initCause(inner);

    assertThat(text(StackTraceOptions.DEFAULT, outer))
        .endsWith("Caused by: [CIRCULAR REFERENCE: java.lang.Exception: outer]\n");
  }

  @Test
  void longMessage_doesNotEatTheFrames() {
    Throwable thrown = at(new Exception("m".repeat(100_000), painting()), "a.B.c", "a.B.d");

    String trace = text(options(Format.STRING, false, ALL, 2_000), thrown);

    assertThat(trace)
        .hasSizeLessThanOrEqualTo(2_000)
        .contains("mmm...\n\tat a.B.c(F.java:1)\n")
        .contains("Caused by: java.io.IOException: no brush\n\tat b.Brush.take");
  }

  @Test
  void messageOfEscapes_doesNotEatTheFrames() {
    Throwable thrown = at(new Exception("\u0001😀".repeat(50_000)), "a.B.c", "a.B.d");

    assertThat(text(options(Format.STRING, false, ALL, 1_000), thrown))
        .endsWith("...\n\tat a.B.c(F.java:1)\n\tat a.B.d(F.java:2)\n")
        .doesNotContain("\ufffd");
  }

  @Test
  void manyFrames_leaveRoomForTheCauses() {
    String[] frames = new String[1_000];
    java.util.Arrays.fill(frames, "gallery.Painter.paintAgain");
    Throwable thrown = at(new StackOverflowError(), frames);
    thrown.initCause(painting());
    TestEvent event = new TestEvent().thrown(thrown);

    String trace = String.valueOf(record(StackTraceOptions.DEFAULT, 4_096, event).get("trace"));

    assertThat(trace)
        .contains(" frames truncated\nCaused by: java.lang.RuntimeException: no picture\n")
        .contains("Caused by: java.io.IOException: no brush\n\tat b.Brush.take");
  }

  @Test
  void array_isCutToTheRecord() {
    List<String> lines = lines(options(Format.ARRAY, false, ALL, ALL), 1_024, real(20));

    assertThat(String.join("\n", lines)).hasSizeBetween(500, 1_024);
    assertThat(lines).hasSizeGreaterThan(5).startsWith("java.lang.IllegalStateException: depth 20");
  }

  @Test
  void array_isCutToItsOwnBytes() {
    List<String> lines = lines(options(Format.ARRAY, false, ALL, 600), 1 << 20, real(20));

    assertThat(String.join("\n", lines)).hasSizeBetween(300, 600);
  }

  @Test
  void traceWithinItsOwnBytes_doesNotTruncateTheEvent() {
    TestEvent event = new TestEvent().thrown(real(50));

    Map<String, @Nullable Object> record =
        record(options(Format.STRING, false, ALL, 1_000), 2_048, event);

    assertThat(record).containsOnlyKeys("trace");
    assertThat(String.valueOf(record.get("trace"))).hasSizeBetween(700, 1_000);
  }

  @Test
  @Timeout(20)
  void tenThousandCauses_areCutInTime() {
    Throwable thrown = at(new Exception("root"), "a.B.c");
    for (int i = 0; i < 10_000; i++) {
      thrown = at(new Exception("c" + i, thrown), "a.B.c");
    }

    assertThat(text(options(Format.STRING, false, ALL, ALL), thrown).split("Caused by", -1))
        .hasSize(1_000);
    assertThat(text(options(Format.STRING, true, ALL, ALL), thrown).split("Wrapped by", -1))
        .hasSize(1_000);
  }

  @Test
  void suppressedInsideSuppressed_areCutAtADepth() {
    Throwable thrown = at(new Exception("innermost"), "a.B.c");
    for (int i = 0; i < 5_000; i++) {
      Throwable outer = at(new Exception("s" + i), "a.B.c");
      outer.addSuppressed(thrown);
      thrown = outer;
    }

    assertThat(text(StackTraceOptions.DEFAULT, thrown)).contains("... 1 suppressed omitted");
  }

  @Test
  @Timeout(20)
  void endlessView_isCutInTime() {
    TestEvent event = new TestEvent();
    event.view = new Endless();
    for (Format format : List.of(Format.STRING, Format.ARRAY)) {
      for (boolean rootFirst : new boolean[] {false, true}) {
        assertThat(record(options(format, rootFirst, ALL, ALL), 4_096, event))
            .containsKeys("trace", "event.truncated");
      }
    }
  }

  /** A throwable that never comes to an end in any direction. */
  private static final class Endless implements Thrown {
    private static final StackTraceElement FRAME = new StackTraceElement("a.B", "c", null, -2);

    @Override
    public String className() {
      return "a.Endless";
    }

    @Override
    public @Nullable String message() {
      return null;
    }

    @Override
    public int frameCount() {
      return Integer.MAX_VALUE;
    }

    @Override
    public StackTraceElement frame(int index) {
      return FRAME;
    }

    @Override
    public int commonFrames() {
      return 0;
    }

    @Override
    public Thrown cause() {
      return new Endless();
    }

    @Override
    public int suppressedCount() {
      return 1_000_000;
    }

    @Override
    public Thrown suppressed(int index) {
      return new Endless();
    }

    @Override
    public boolean circular() {
      return false;
    }
  }

  @Test
  void emptyTrace_isItsFirstLine() {
    assertThat(text(StackTraceOptions.DEFAULT, at(new Error("e"))))
        .isEqualTo("java.lang.Error: e\n");
    assertThat(lines(options(Format.ARRAY, false, ALL, ALL), 1_000, at(new Error("e"))))
        .isEqualTo(Collections.singletonList("java.lang.Error: e"));
  }
}
