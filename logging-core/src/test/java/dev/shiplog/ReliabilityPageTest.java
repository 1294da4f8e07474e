package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reliability.md} names tests that there are, for every fault. */
class ReliabilityPageTest {
  private static final Path ROOT = Path.of("..");
  private static final String UNNAMED = "forward.FaultsTest";

  /** In code, {@code Class#method} or {@code #method}; the class may have packages before it. */
  private static final Pattern TEST = Pattern.compile("`([\\w.]*)#(\\w+)`");

  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");

  @Test
  void page_namesTestsThatThereAre() throws IOException {
    List<Path> sources = testSources();
    List<String> missing = new ArrayList<>();
    TEST.matcher(page())
        .results()
        .forEach(
            named -> {
              String type = named.group(1).isEmpty() ? UNNAMED : named.group(1);
              if (!isIn(sources, type, named.group(2))) {
                missing.add(named.group());
              }
            });

    assertThat(missing).isEmpty();
    assertThat(TEST.matcher(page()).results().count()).isGreaterThan(50);
  }

  @Test
  void everyFault_hasATestAndWhatWasObserved() throws IOException {
    List<String> rows = page().lines().filter(line -> line.matches("\\| \\d.*")).toList();

    assertThat(rows)
        .hasSizeGreaterThan(28)
        .allMatch(row -> ROW.matcher(row).matches(), "has four cells")
        .allMatch(row -> TEST.matcher(row).find(), "names a test")
        .noneMatch(row -> row.contains("| \u2026 |"));
  }

  private static boolean isIn(List<Path> sources, String type, String method) {
    Path file = Path.of(type.replace('.', '/') + ".java");
    Pattern declared = Pattern.compile("\\bvoid " + method + "\\(");
    return sources.stream()
        .filter(source -> source.endsWith(file))
        .anyMatch(source -> declared.matcher(read(source)).find());
  }

  private static List<Path> testSources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.map(one -> one.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (Stream<Path> files = Files.walk(module)) {
            files.filter(file -> file.toString().endsWith("Test.java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  private static String page() {
    return read(ROOT.resolve("docs/reliability.md"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
