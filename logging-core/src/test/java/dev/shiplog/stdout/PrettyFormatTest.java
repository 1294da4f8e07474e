package dev.shiplog.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import dev.shiplog.event.Thrown;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyFormatTest {
  private static final int MAX_BYTES = 100_000;

  private static PrettyFormat format(Map<String, String> environment, boolean terminal) {
    return new PrettyFormat(
        ZoneOffset.ofHours(1),
        terminal,
        environment,
        key -> key.contains("password"),
        "****",
        text -> text.replace("4111", "****"),
        value -> null,
        PrettyOptions.all(MAX_BYTES));
  }

  private static String render(LogEvent event) {
    return format(Map.of(), false).render(event).text();
  }

  private static String render(LogEvent event, PrettyOptions options) {
    return new PrettyFormat(
            ZoneOffset.UTC,
            false,
            Map.of(),
            key -> key.contains("password"),
            "****",
            UnaryOperator.identity(),
            value -> null,
            options)
        .render(event)
        .text();
  }

  @Test
  void line_hasTimeLevelThreadLoggerMessageMarkersAndFields() {
    TestEvent event = new TestEvent().kv("easel", 7).kv("user", "A B").mdc("request", "r=1");
    event.markers.add("stock");
    assertThat(render(event))
        .isEqualTo(
            "2026-11-23 08:39:05.123  INFO [main] gallery.Curator : opened"
                + " #stock easel=7 user=\"A B\" request=\"r=1\"\n");
  }

  @Test
  void line_isShownAndNotObeyedWhenItHoldsControlAndBidiCharacters() {
    TestEvent event =
        new TestEvent().message("a\u001b[31mb\tc\rd\u202Ee\u009bf\u2028g\uD800h").kv("k\n", "v\nw");
    assertThat(render(event))
        .endsWith(" : a\\u001b[31mb\\tc\\rd\\u202ee\\u009bf\\u2028g\\ud800h k\\n=\"v\\nw\"\n")
        .hasLineCount(1);
  }

  @Test
  void message_cannotForgeAnEventWhenItHasSeveralLines() {
    String forged = "2026-11-23 08:39:05.123 ERROR [main] bank : robbed";
    TestEvent event = new TestEvent().message("first\r\n" + forged + "\n\n").kv("n", 1);
    assertThat(render(event).lines()).hasSize(2).last().isEqualTo("  | " + forged);
    assertThat(render(event).lines().findFirst()).get().asString().endsWith(" : first n=1");
    event.thrown(new IllegalStateException("x\n" + forged));
    assertThat(render(event).lines().filter(line -> line.startsWith("2026"))).hasSize(1);
  }

  @Test
  void secrets_areHiddenInFieldsMapsAndTexts() {
    TestEvent event =
        new TestEvent()
            .message("card 4111")
            .kv("password", "hunter2")
            .kv("login", List.of(Map.of("password", "hunter2")))
            .thrown(new IllegalStateException("card 4111"));
    assertThat(render(event))
        .contains("password=****", "login=\"[{password=****}]\"", "Exception: card ****")
        .doesNotContain("hunter2", "4111");
  }

  @Test
  void patterns_seeEveryTextOfAnEvent() {
    Exception thrown = new IllegalStateException("a 4111", new Exception("b\n4111"));
    thrown.addSuppressed(new Exception("c 4111"));
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("app.js4111", "m4111", "f4111", 1)});
    TestEvent event =
        new TestEvent()
            .message("first 4111\nsecond 4111")
            .mdc("text", "x 4111")
            .kv("number", 4111)
            .kv("nested", List.of(Map.of("a", new Object[] {"4111", CharBuffer.wrap("4111")})))
            .kv("object", new IllegalArgumentException("4111"))
            .thrown(thrown);
    event.thread = "worker-4111";
    event.markers.add("M4111");

    assertThat(render(event))
        .contains("[worker-****]", "#M****", "number=****", "second ****", "IllegalState")
        .doesNotContain("4111");
  }

  @Test
  void pattern_seesEachTextWithinAValueByItself() {
    PrettyFormat format =
        new PrettyFormat(
            ZoneOffset.UTC,
            false,
            Map.of(),
            key -> false,
            "****",
            text -> text.equals("hunter2") ? "****" : text,
            value -> null,
            PrettyOptions.all(MAX_BYTES));
    TestEvent event = new TestEvent().kv("list", List.of("hunter2", Map.of("a", "hunter2")));

    assertThat(format.render(event).text()).contains("list=\"[****, {a=****}]\"");
  }

  @Test
  void trace_hasCausesSuppressedAndCommonFrames() {
    Exception root = new Exception("root");
    Exception outer = new IllegalStateException("outer", root);
    outer.addSuppressed(new Exception("aside"));
    outer.addSuppressed(outer.getCause());
    String text = render(new TestEvent().thrown(outer));
    assertThat(text)
        .containsSubsequence(
            "opened\n",
            "java.lang.IllegalStateException: outer\n",
            "    at dev.shiplog.stdout.PrettyFormatTest.trace_has",
            "    Suppressed: java.lang.Exception: aside\n",
            " more\n",
            "Caused by: java.lang.Exception: root");
  }

  @Test
  void trace_endsWhenCausesGoInACircle() {
    Exception one = new Exception("one");
    one.initCause(new Exception("two", one));
    assertThat(render(new TestEvent().thrown(one))).endsWith("one (seen above)\n");
  }

  @Test
  void values_areRenderedWhateverTheyDo() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    endless.add(endless);
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new StackOverflowError();
          }
        };
    TestEvent event =
        new TestEvent()
            .message(null)
            .kv(null, null)
            .kv("ints", new int[] {1, 2})
            .kv("endless", endless)
            .kv("hostile", hostile);
    assertThat(render(event))
        .contains(" : null null=null ints=\"[1, 2]\" endless=\"[[")
        .contains("hostile=\"<unrepresentable: java.lang.StackOverflowError>\"");
  }

  @Test
  void event_isCutWhenItIsTooLong() {
    TestEvent event = new TestEvent().message("x".repeat(10 * MAX_BYTES)).kv("k", "v");
    PrettyFormat.Rendered rendered = format(Map.of(), false).render(event);
    assertThat(rendered.text()).hasSize(MAX_BYTES).endsWith("x... (cut)\n");
    assertThat(rendered.whole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "漢", "😀", "\u202e", "\n", "\uD800"})
  void event_hasNoMoreBytesThanItMay(String piece) {
    for (int max = 200; max < 240; max++) {
      for (boolean coloured : new boolean[] {false, true}) {
        TestEvent event = new TestEvent().message(piece.repeat(100)).kv("k", piece.repeat(3));
        event.thrown(new Exception(piece));
        PrettyFormat format =
            new PrettyFormat(
                ZoneOffset.UTC,
                coloured,
                Map.of("TERM", "xterm"),
                key -> false,
                "****",
                UnaryOperator.identity(),
                value -> null,
                PrettyOptions.all(max));
        PrettyFormat.Rendered rendered = format.render(event);
        byte[] bytes = rendered.text().getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSizeLessThanOrEqualTo(max).endsWith((byte) '\n');
        assertThat(rendered.whole()).isFalse();
        assertThat(rendered.text()).contains("... (cut)").doesNotContain("\uFFFD");
      }
    }
  }

  @Test
  void event_isWholeWhenItHasJustTheBytesItMay() {
    TestEvent event = new TestEvent().message("é".repeat(500));
    int size = render(event).getBytes(StandardCharsets.UTF_8).length;
    assertThat(render(event, PrettyOptions.all(size))).endsWith("é\n");
    assertThat(render(event, PrettyOptions.all(size - 1))).endsWith("é... (cut)\n");
  }

  @Test
  void part_isReplacedAloneWhenItFails() {
    LogEvent event =
        new TestEvent() {
          @Override
          public String message() {
            throw new IllegalStateException("no message");
          }

          @Override
          public String thread() {
            throw new StackOverflowError();
          }

          @Override
          public Thrown thrown() {
            throw new UnsupportedOperationException();
          }
        }.kv("a", 1).mdc("b", 2);
    assertThat(render(event))
        .isEqualTo(
            "2026-11-23 08:39:05.123  INFO <unrepresentable: java.lang.StackOverflowError>"
                + " gallery.Curator : <unrepresentable: java.lang.IllegalStateException> a=1 b=2\n"
                + "<unrepresentable: java.lang.UnsupportedOperationException>\n");
  }

  @Test
  void line_hasWhatTheOptionsWant() {
    TestEvent event = new TestEvent().kv("kept", 1).kv("dropped", 2).mdc("request", "r");
    event.caller = new StackTraceElement("gallery.Curator", "open", "Curator.java", 42);
    PrettyOptions options =
        new PrettyOptions(
            1_000,
            key -> "ctx." + key,
            key -> "dropped".equals(key) ? null : key,
            Map.of("team", "art"),
            true,
            PrettyOptions.Trace.WHOLE);
    assertThat(render(event, options))
        .endsWith(
            " gallery.Curator open(Curator.java:42) : opened kept=1 ctx.request=r team=art\n");
  }

  @Test
  void field_isHiddenByTheNameItIsShownUnder() {
    PrettyOptions options =
        new PrettyOptions(
            1_000, key -> "password", key -> "shown", Map.of(), false, PrettyOptions.Trace.WHOLE);
    assertThat(render(new TestEvent().mdc("p", "hunter2").kv("password", "hunter2"), options))
        .endsWith(" shown=**** password=****\n");
  }

  private static String trace(PrettyOptions.Trace trace) {
    StackTraceElement[] frames = {
      new StackTraceElement("com.example.gallery.Easel", "paint", "Easel.java", 42),
      new StackTraceElement("org.proxy.Proxy", "invoke", "Proxy.java", 1),
      new StackTraceElement("com.example.gallery.Main", "main", "Main.java", 7)
    };
    Exception root = new Exception("root");
    root.setStackTrace(frames);
    Exception outer = new IllegalStateException("outer", root);
    outer.setStackTrace(new StackTraceElement[] {frames[0]});
    PrettyOptions all = PrettyOptions.all(10_000);
    String text =
        render(
            new TestEvent().thrown(outer),
            new PrettyOptions(10_000, all.context(), all.keyValues(), Map.of(), false, trace));
    return text.substring(text.indexOf('\n') + 1);
  }

  @Test
  void trace_isAsTheOptionsWant() {
    assertThat(trace(new PrettyOptions.Trace(9_999, true, 9, it -> it.contains("Proxy"), true)))
        .isEqualTo(
            """
            java.lang.Exception: root
                at c.e.g.Easel.paint(Easel.java:42)
                ... 1 excluded
                at c.e.g.Main.main(Main.java:7)
            Wrapped by: java.lang.IllegalStateException: outer
                at c.e.g.Easel.paint(Easel.java:42)
            """);
    assertThat(trace(new PrettyOptions.Trace(9_999, false, 1, it -> false, false)))
        .isEqualTo(
            """
            java.lang.IllegalStateException: outer
                at com.example.gallery.Easel.paint(Easel.java:42)
            Caused by: java.lang.Exception: root
                at com.example.gallery.Easel.paint(Easel.java:42)
                ... 2 truncated
            """);
    assertThat(trace(new PrettyOptions.Trace(60, false, 9, it -> false, false)))
        .isEqualTo("java.lang.IllegalStateException: outer\n    at com.... (cut)\n");
    assertThat(trace(new PrettyOptions.Trace(0, false, 9, it -> false, false))).isEmpty();
  }

  @Test
  void event_neverHoldsAnObeyedCharacterWhateverTheInput() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      StringBuilder hostile = new StringBuilder();
      for (int n = random.nextInt(20); n >= 0; n--) {
        hostile.append(
            (char) (random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(1 << 16)));
      }
      String text = hostile.toString();
      TestEvent event = new TestEvent().message(text).kv(text, text).mdc(text, text);
      event.thread = text;
      event.logger = text;
      event.thrown(new Exception(text));
      assertThat(
              render(event).codePoints().filter(c -> c != '\n').filter(PrettyFormatTest::isObeyed))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  private static boolean isObeyed(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  @Test
  void colours_areOnTheLevelWhenTheyAreWanted() {
    TestEvent event = new TestEvent();
    event.severity = Severity.ERROR;
    assertThat(format(Map.of("TERM", "xterm"), true).render(event).text())
        .contains("\u001b[1;31m ERROR\u001b[0m");
  }

  @ParameterizedTest
  @CsvSource({
    "true,  xterm, , ,    ANSI",
    "true,  dumb,  , ,    PLAIN",
    "true,  ,      , ,    PLAIN",
    "false, xterm, , ,    PLAIN",
    "true,  xterm, 1, ,   PLAIN",
    "false, ,      , 1,   ANSI",
    "true,  xterm, , 0,   PLAIN",
    "true,  xterm, 1, 1,  PLAIN",
  })
  void palette_followsTerminalAndEnvironment(
      boolean terminal,
      @Nullable String term,
      @Nullable String noColour,
      @Nullable String force,
      Palette expected) {
    Map<String, String> environment = new HashMap<>();
    put(environment, "TERM", term);
    put(environment, "NO_COLOR", noColour);
    put(environment, "FORCE_COLOR", force);
    assertThat(Palette.of(terminal, environment)).isEqualTo(expected);
  }

  private static void put(Map<String, String> environment, String name, @Nullable String value) {
    if (value != null) {
      environment.put(name, value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gallery.Easel, gallery.Easel",
    "org.springframework.web.servlet.DispatcherServlet, o.s.web.servlet.DispatcherServlet",
    "a.b.AVeryLongClassNameThatNobodyCanShortenAnyMore, a.b.AVeryLongClassNameThatNobodyCanShortenAnyMore",
  })
  void logger_isShortenedFromTheFrontAsFarAsNeeded(String name, String expected) {
    assertThat(PrettyFormat.shortened(name, 36)).isEqualTo(expected);
  }
}
