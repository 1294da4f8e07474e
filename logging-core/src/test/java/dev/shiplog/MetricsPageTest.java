package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/metrics.md} and the meters that there are. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("../docs/reference/metrics.md");
  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\|$");

  @Test
  void page_hasARowForEveryMeterInOrder() throws Exception {
    assertThat(rows().map(row -> row.group(1)))
        .containsExactlyElementsOf(
            Stream.of(Meters.Snapshot.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }

  @Test
  void page_namesEveryReason() throws Exception {
    Matcher dropped =
        rows().filter(row -> row.group(1).equals("dropped")).findFirst().orElseThrow();
    List<String> reasons =
        Pattern.compile("`([A-Z_]+)`")
            .matcher(dropped.group(3))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(reasons)
        .containsExactlyElementsOf(Stream.of(DropReason.values()).map(Enum::name).toList());
  }

  private static Stream<Matcher> rows() throws Exception {
    return Files.readAllLines(PAGE).stream().map(ROW::matcher).filter(Matcher::matches);
  }
}
