package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.record.Foreign;
import dev.shiplog.record.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameTextTest {
  private static String text(StackTraceElement frame, boolean shorten) {
    JsonWriter writer = new JsonWriter();
    writer.begin(0, 0);
    writer.name("f");
    writer.beginText();
    FrameText.append(frame, shorten, writer);
    writer.endText();
    writer.end();
    return String.valueOf(Foreign.line(writer.buffer(), writer.position()).get("f"));
  }

  @Test
  void realFrame_readsAsItsToString() {
    List<StackTraceElement> frames = new ArrayList<>();
    List.of(3, 1, 2).stream()
        .sorted(
            (a, b) -> {
              frames.addAll(List.of(new Exception().getStackTrace()));
              return a - b;
            })
        .forEach(i -> frames.addAll(List.of(new Exception().getStackTrace())));
    try {
      Class.forName("java.lang.Integer").getMethod("parseInt", String.class).invoke(null, "x");
    } catch (ReflectiveOperationException e) {
      frames.addAll(List.of(e.getStackTrace()));
      Throwable cause = java.util.Objects.requireNonNull(e.getCause());
      frames.addAll(List.of(cause.getStackTrace()));
    }

    assertThat(frames).hasSizeGreaterThan(50);
    for (StackTraceElement frame : frames) {
      assertThat(text(frame, false)).isEqualTo(frame.toString());
    }
  }

  private static StackTraceElement frame(
      @Nullable String loader,
      @Nullable String module,
      @Nullable String version,
      @Nullable String file,
      int line) {
    return new StackTraceElement(loader, module, version, "a.b.C$1", "m", file, line);
  }

  @Test
  void madeUpFrame_readsAsItsToString() {
    for (String loader : new String[] {null, "", "own"}) {
      for (String module : new String[] {null, "", "mod.ule"}) {
        for (String version : new String[] {null, "", "1.2"}) {
          for (int line : new int[] {-2, -1, 0, 1, 70_000}) {
            Stream.of("C.java", null)
                .map(file -> frame(loader, module, version, file, line))
                .forEach(f -> assertThat(text(f, false)).isEqualTo(f.toString()));
          }
        }
      }
    }
  }

  @Test
  void shortName_keepsTheClassAndTheFirstLetters() {
    assertThat(text(frame(null, null, null, "C.java", 7), true)).isEqualTo("a.b.C$1.m(C.java:7)");
    assertThat(text(new StackTraceElement("org.spring..web.Servlet", "get", "S.java", 1), true))
        .isEqualTo("o.s..w.Servlet.get(S.java:1)");
    assertThat(text(new StackTraceElement("", "get", "S.java", 1), true))
        .isEqualTo(".get(S.java:1)");
  }
}
