package dev.shiplog.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir Path root;

  @Test
  void lines_areReadByteByByteWithoutTheirEnds() throws IOException {
    write("f", "a\r\n\u00ff\u00fe\u0080\nb\0\0\n\nlast", ISO_8859_1);

    assertThat(machine().lines("/f")).containsExactly("a", "\u00ff\u00fe\u0080", "b", "", "last");
  }

  @Test
  void lines_areSkippedWhenOverLong() throws IOException {
    String longest = "x".repeat(Machine.LINE_CHARS);
    write("f", "a\n" + longest + "\n" + longest + "y\nb\n", ISO_8859_1);

    assertThat(machine().lines("/f")).containsExactly("a", longest, "b");
  }

  @Test
  void lines_endAtTheLastWholeOneWithinOneMebibyte() throws IOException {
    write("f", "0123456\n".repeat(Machine.FILE_BYTES / 8 - 1) + "0123\n56789\nmore", ISO_8859_1);

    assertThat(machine().lines("/f"))
        .hasSize(Machine.FILE_BYTES / 8)
        .endsWith("0123456", "0123")
        .doesNotContain("56", "56789", "more");
  }

  @Test
  void text_isUtf8WithMalformedInputReplaced() throws IOException {
    write("f", "gr\u00fc\u00df", UTF_8);
    write("g", "gr\u00fc\u00df", ISO_8859_1);

    assertThat(machine().text("/f")).isEqualTo("gr\u00fc\u00df");
    assertThat(machine().text("/g")).isEqualTo("gr\ufffd\ufffd");
  }

  @Test
  void files_areNotThereWhenTheyCannotBeRead() throws IOException {
    Files.createDirectory(root.resolve("directory"));
    Path outside = Files.createTempFile(root.getParent(), "outside", ".txt");
    try {
      Files.writeString(outside, "secret");

      assertThat(machine().lines("/directory")).isEmpty();
      assertThat(machine().text("/missing")).isEmpty();
      assertThat(machine().text("/x\0y")).isEmpty();
      assertThat(machine().text("relative")).isEmpty();
      assertThat(machine().text("/../" + outside.getFileName())).isEmpty();
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void files_areReadWhenTheThreadIsInterrupted() throws IOException {
    write("f", "text", UTF_8);

    Thread.currentThread().interrupt();
    String text = machine().text("/f");

    assertThat(text).isEqualTo("text");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void files_areNotLookedAtOnWindows() throws IOException {
    write("f", "text", UTF_8);
    Machine windows = new Machine(root, Map.of("OS", "Windows_NT"));

    assertThat(windows.text("/f")).isEmpty();
    assertThat(windows.exists("/f")).isFalse();
  }

  @Test
  void variable_isNullWhenUnsetOrBlank() {
    Machine machine = new Machine(root, Map.of("A", "a", "B", " "));

    assertThat(machine.variable("A")).isEqualTo("a");
    assertThat(machine.variable("B")).isNull();
    assertThat(machine.variable("C")).isNull();
  }

  private Machine machine() {
    return new Machine(root, Map.of());
  }

  private void write(String name, String text, Charset charset) throws IOException {
    Files.writeString(root.resolve(name), text, charset);
  }
}
