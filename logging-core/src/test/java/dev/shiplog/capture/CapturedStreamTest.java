package dev.shiplog.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.Severity;
import dev.shiplog.worker.ShiplogThread;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed, and which events come of it. */
@Timeout(60)
class CapturedStreamTest {
  private final Printing out = new Printing(StandardStream.OUT);
  private final Heard heard = out.heard;

  @Test
  void line_isAnEventOfItsStream() {
    out.now = Instant.parse("2026-11-23T10:15:30.123456789Z");
    Printing.in("printer", () -> out.stream.println("opened"));

    assertThat(heard.events)
        .containsExactly(
            new Heard.Event(out.now, Severity.INFO, "stdout", "printer", "opened", null, null));
    assertThat(out.beneath.size()).isZero();

    Printing err = new Printing(StandardStream.ERR);
    err.stream.println("careful");
    assertThat(err.heard.events.get(0).severity()).isEqualTo(Severity.WARN);
    assertThat(err.heard.events.get(0).logger()).isEqualTo("stderr");
  }

  @Test
  void everyMethod_printsWhatAPrintStreamPrints() throws IOException {
    out.stream.print(true);
    out.stream.print('c');
    out.stream.print(1);
    out.stream.print(2L);
    out.stream.print(1.5f);
    out.stream.print(2.5);
    out.stream.print(new char[] {'d', 'e'});
    out.stream.print("f");
    out.stream.print((String) null);
    out.stream.print((Object) List.of(3));
    out.stream.append('g').append("hi").append("xjx", 1, 2).append(null);
    out.stream.printf("%d", 4).printf(Locale.ROOT, "%.1f", 1.25).format("%s", 5);
    out.stream.format(Locale.GERMANY, "%.1f", 0.5);
    out.stream.write('k');
    out.stream.write(new byte[] {'l', 'm'});
    out.stream.write(new byte[] {'x', 'n', 'x'}, 1, 1);
    out.stream.writeBytes(new byte[] {'o'});
    assertThat(heard.events).isEmpty();
    out.stream.println();
    out.stream.println(true);
    out.stream.println('c');
    out.stream.println(1);
    out.stream.println(2L);
    out.stream.println(1.5f);
    out.stream.println(2.5);
    out.stream.println(new char[] {'d', 'e'});
    out.stream.println("f");
    out.stream.println((String) null);
    out.stream.println((Object) List.of(3));

    assertThat(heard.messages())
        .containsExactly(
            "truec121.52.5defnull[3]ghijnull41.350,5klmno",
            "true",
            "c",
            "1",
            "2",
            "1.5",
            "2.5",
            "de",
            "f",
            "null",
            "[3]");
    assertThat(out.stream.checkError()).isFalse();
  }

  /** A method that a later JDK adds, and that would pass us by. */
  @Test
  void everyMethodOfPrintStream_isOverriddenOrComesToOneThatIs() {
    Set<String> comeToOthers = Set.of("printf", "append", "writeBytes", "charset");
    List<String> missing = new ArrayList<>();
    for (Method method : PrintStream.class.getDeclaredMethods()) {
      boolean writesArray = method.getName().equals("write") && method.getParameterCount() == 1;
      if (Modifier.isPublic(method.getModifiers())
          && !method.isSynthetic()
          && !comeToOthers.contains(method.getName())
          && !(writesArray && method.getParameterTypes()[0] == byte[].class)
          && Arrays.stream(CapturedStream.class.getDeclaredMethods())
              .noneMatch(
                  own ->
                      own.getName().equals(method.getName())
                          && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()))) {
        missing.add(method.toString());
      }
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\rb\rc\r", "\n\na\n \nb\n\t\nc\n\n"})
  void text_isCutAtItsLineEnds(String text) {
    out.stream.print(text);
    assertThat(heard.messages()).containsExactly("a", "b", "c");
  }

  @Test
  void linesOfTwoThreads_doNotMix() {
    CyclicBarrier turn = new CyclicBarrier(2);
    Runnable printer =
        () -> {
          for (int i = 0; i < 50; i++) {
            for (char c : Thread.currentThread().getName().toCharArray()) {
              out.stream.print(c);
              await(turn);
            }
            out.stream.println();
          }
        };
    Thread first = new Thread(printer, "aaaa");
    Thread second = new Thread(printer, "bbbb");
    first.start();
    second.start();
    join(first);
    join(second);

    assertThat(heard.events)
        .hasSize(100)
        .allSatisfy(event -> assertThat(event.message()).isEqualTo(event.thread()));
  }

  @Test
  void unfinishedLine_comesWhenItHasWaited() {
    out.stream.print("password: ");
    out.stream.flush();
    assertThat(out.lines.doWork()).isZero();
    assertThat(heard.events).isEmpty();
    assertThat(out.later()).isEqualTo(1);
    out.stream.println("ok");

    assertThat(heard.messages()).containsExactly("password: ", "ok");
  }

  @Test
  void unfinishedLine_hasTheTimeOfItsFirstCharacter() {
    out.now = Instant.ofEpochSecond(1);
    out.stream.print("a");
    out.now = Instant.ofEpochSecond(2);
    out.stream.print("b");
    out.now = Instant.ofEpochSecond(3);
    out.stream.println();
    out.stream.println("c");

    assertThat(heard.events.stream().map(event -> event.time().getEpochSecond()))
        .containsExactly(1L, 3L);
  }

  @Test
  void worker_sleepsWhileNothingIsUnfinished() {
    List<String> woken = new ArrayList<>();
    out.lines.onWork(() -> woken.add("woken"));
    long long1 = out.lines.idleNanos();
    out.stream.println("whole");
    assertThat(woken).isEmpty();
    out.stream.print("half");
    out.stream.print("half");
    assertThat(woken).hasSize(1);
    assertThat(out.lines.idleNanos()).isLessThan(ThreadLines.PATIENCE_NANOS).isLessThan(long1);
  }

  @Test
  void exitingJvm_keepsNoLineBack() {
    out.stream.print("a");
    out.lines.exiting();
    out.lines.flush(out.claim);
    out.stream.print("b");
    out.stream.println("c");

    assertThat(heard.messages()).containsExactly("a", "b", "c");
  }

  @Test
  void characterInPieces_isWhole() {
    byte[] bytes = "žluťoučký \uD83D\uDE80\n".getBytes(UTF_8);
    for (byte one : bytes) {
      out.stream.write(one);
    }
    out.stream.write(bytes, 0, 1);
    out.stream.write(bytes, 1, bytes.length - 1);
    out.stream.print('\uD83D');
    out.stream.print('\uDE80');
    out.stream.println();

    assertThat(heard.messages())
        .containsExactly("žluťoučký \uD83D\uDE80", "žluťoučký \uD83D\uDE80", "\uD83D\uDE80");
  }

  @Test
  void characterThatIsCutOff_isReplaced() {
    out.stream.write(0xC5);
    out.stream.print("a");
    out.stream.write(0xC5);
    out.later();
    out.stream.write(new byte[] {(byte) 0xFF, 'b', '\n'}, 0, 3);

    assertThat(heard.messages()).containsExactly("\uFFFDa\uFFFD", "\uFFFDb");
  }

  @Test
  void bytes_areReadInTheCharsetOfTheStream() {
    Printing latin = new Printing(StandardStream.OUT, ISO_8859_1);
    latin.stream.writeBytes("\u00E9\n".getBytes(ISO_8859_1));
    latin.stream.println("\u017E"); // which Latin-1 has not
    Printing ascii = new Printing(StandardStream.OUT, US_ASCII);
    ascii.stream.writeBytes("\u00E9\n".getBytes(UTF_8));

    if (Runtime.version().feature() >= 18) { // no stream tells its charset before
      assertThat(latin.heard.messages()).containsExactly("\u00E9", "\u017E");
    } else {
      assertThat(latin.heard.messages()).hasSize(2).last().isEqualTo("\u017E");
    }
    assertThat(ascii.heard.messages()).containsExactly("\u00E9");
  }

  @Test
  void lineWithoutEnd_comesInPiecesThatFit() {
    String text = "0123456789\"\u00E9\u20AC\u0007".repeat(1_000);
    out.stream.print(text);
    out.stream.writeBytes(text.getBytes(UTF_8));
    out.later();

    assertThat(String.join("", heard.messages())).isEqualTo(text + text);
    assertThat(heard.messages())
        .hasSizeGreaterThan(30)
        .allSatisfy(piece -> assertThat(piece).hasSizeBetween(1, Printing.MAX_TEXT_BYTES));
  }

  @Test
  void piece_doesNotTearAPairApart() {
    String text = "\uD83D\uDE80".repeat(1_000);
    for (int shift = 0; shift < 6; shift++) {
      heard.events.clear();
      out.stream.println("x".repeat(shift) + text);
      assertThat(heard.messages())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              piece -> {
                assertThat(piece).isNotNull();
                assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
                assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
              });
    }
  }

  @Test
  void ownThreadsAndOwnRecords_passBy() {
    Thread own = new ShiplogThread("shiplog-test", () -> out.stream.println("ours"));
    own.start();
    join(own);
    out.ownWrite.set(true);
    out.stream.print("a record");
    out.stream.write('!');

    assertThat(heard.events).isEmpty();
    assertThat(out.beneath.toString(UTF_8)).isEqualTo("ours\na record!");
  }

  @Test
  void whatPrintsWhileItsEventIsTaken_endsSomewhere() {
    heard.whileTold = event -> out.stream.print("again\nand ");
    out.stream.println("first");
    heard.whileTold = event -> {};
    out.later();

    assertThat(heard.messages()).contains("first", "again").hasSizeLessThan(20);
    assertThat(out.beneath.toString(UTF_8)).startsWith("again\nand ");
    String all = heard.messages() + out.beneath.toString(UTF_8);
    assertThat(all.split("again", -1).length).isEqualTo(all.split("and ", -1).length);
  }

  @Test
  void argumentThatPrints_isNothingSpecial() {
    out.stream.print("outer ");
    out.stream.println(
        new Object() {
          @Override
          public String toString() {
            out.stream.println("inner");
            return "text";
          }
        });
    assertThat(heard.messages()).containsExactly("outer inner", "text");
  }

  @Test
  void endedCapture_letsEverythingPass() {
    out.stream.print("left ");
    out.outlet.owner(null);
    out.lines.flush(out.claim);
    out.stream.print("a");
    out.stream.println(1);
    out.stream.println((Object) "b");
    new IllegalStateException("c").printStackTrace(out.stream);

    assertThat(heard.messages()).containsExactly("left ");
    assertThat(out.beneath.toString(UTF_8))
        .startsWith("a1\nb\njava.lang.IllegalStateException: c\n\tat dev.shiplog.capture.");
    out.stream.close();
  }

  @Test
  void captureThatEndsWhileALineIsPrinted_losesNothing() throws Exception {
    for (int round = 0; round < 200; round++) {
      Printing at = new Printing(StandardStream.OUT);
      CountDownLatch started = new CountDownLatch(1);
      Thread printer =
          new Thread(
              () -> {
                for (int i = 0; i < 20; i++) {
                  at.stream.print("x");
                  started.countDown();
                }
              });
      printer.start();
      started.await();
      at.outlet.owner(null);
      at.lines.flush(at.claim);
      join(printer);

      assertThat(
              Stream.concat(at.heard.messages().stream(), at.beneath.toString(UTF_8).lines())
                  .collect(Collectors.joining()))
          .hasSize(20);
    }
  }

  @Test
  void closedStream_staysOpenWhileItCaptures() {
    out.stream.print("a");
    out.stream.close();
    out.stream.println("b");
    assertThat(heard.messages()).containsExactly("a", "b");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
