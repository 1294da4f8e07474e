package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the shared fixtures; their README has the rules and the sources. */
class FixturesTest {
  static List<FixtureCase> cases() {
    return FixtureCase.all();
  }

  @Test
  void fixtures_areAllFound() {
    assertThat(cases()).hasSize(76);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void facts_areThoseExpected(FixtureCase fixture, @TempDir Path root) throws Exception {
    Metadata found = detect(fixture, root);

    assertThat(found.facts())
        .containsExactlyInAnyOrderEntriesOf(fixture.expected())
        .hasSameSizeAs(found.sources());
    assertThat(found.sources().keySet()).containsExactlyElementsOf(found.facts().keySet());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void output_neverHasWhatIsNotForLogs(FixtureCase fixture, @TempDir Path root) throws Exception {
    Metadata found = detect(fixture, root);

    assertThat(found.sources().toString()).doesNotContain("not-for-logs");
    for (Names names : Names.values()) {
      for (Level level : Level.values()) {
        assertThat(found.named(names, level).toString()).doesNotContain("not-for-logs");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inContainer_isFalseForHostsAlone(FixtureCase fixture, @TempDir Path root) throws Exception {
    boolean windows = fixture.toString().startsWith("windows");
    boolean expected = !fixture.expected().isEmpty() && !fixture.toString().startsWith("otel-env");

    assertThat(detect(fixture, root).inContainer()).isEqualTo(windows || expected);
  }

  /** With the answers of the ECS endpoint, where the case has them. */
  private static Metadata detect(FixtureCase fixture, Path root) throws Exception {
    EcsDocuments documents =
        new EcsDocuments(
            Json.object(fixture.read("ecs-metadata-container.json")),
            Json.object(fixture.read("ecs-metadata-task.json")));
    return Detection.of(fixture.machine(root), documents);
  }
}
