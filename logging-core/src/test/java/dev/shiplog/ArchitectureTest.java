package dev.shiplog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls of DESIGN §3: who may import whom, each with its reason. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

  /** The root knows all, none knows it. */
  private static final String OURS = "dev.shiplog";

  static Stream<Arguments> walls() {
    return Stream.of(
        wall(
            "event", List.of(), "every schema is written once, for Logback, Log4j 2 and the relay"),
        wall("record", List.of(), "escaping has one home: who writes bytes knows no event"),
        wall("sink", List.of(), "bytes cross; nothing is retained, nothing deferred"),
        wall("worker", List.of(), "shipper and relay are stepped by tests; no test sleeps"),
        wall("status", List.of(), "whoever reports must be reachable from everywhere"),
        wall(
            "schema",
            List.of("event", "record", "metadata"),
            "a schema knows names and order, never bytes or where they go"),
        wall("metadata", List.of(), "what the container is does not depend on who asks"),
        wall(
            "stdout",
            List.of("sink", "status", "worker", "event"),
            "a sink gets bytes: whatever made them stays outside"),
        wall(
            "forward",
            List.of("sink", "spool", "transport", "worker", "status"),
            "chunks hold bytes and tags: whatever made them stays outside"),
        wall(
            "transport",
            List.of(),
            "a chunk goes in, a sealed result comes back: another client can take its place"),
        wall("spool", List.of(), "its crash tests need no network: it holds opaque bytes"),
        wall(
            "capture",
            List.of("event", "worker", "status"),
            "what a JVM prints becomes events: what becomes of these is not its business"),
        wall(
            "config",
            List.of("status"),
            "settings are read and judged before anything is made of them"),
        wall(
            "pipeline",
            List.of("event", "record", "schema", "sink", "status", "worker"),
            "an event becomes bytes here and goes into a sink, whichever it is"));
  }

  private static Arguments wall(String from, List<String> to, String reason) {
    return Arguments.of(from, to, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("walls")
  void packageOfOurs_importsOnlyWhatItsWallLetsThrough(
      String name, List<String> allowed, String reason) {
    Set<String> open =
        Stream.concat(Stream.of(name), allowed.stream())
            .map(part -> OURS + '.' + part)
            .collect(Collectors.toSet());
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(OURS + '.' + name + "..")
            .should()
            .dependOnClassesThat(ours("outside " + open, type -> !within(type, open)))
            .because(reason)
            .allowEmptyShould(true);

    rule.check(CORE);
  }

  private static boolean within(JavaClass type, Set<String> packages) {
    return packages.stream()
        .anyMatch(
            name ->
                type.getPackageName().equals(name) || type.getPackageName().startsWith(name + '.'));
  }

  private static DescribedPredicate<JavaClass> ours(String description, Predicate<JavaClass> more) {
    return DescribedPredicate.describe(
        description, type -> type.getPackageName().startsWith(OURS) && more.test(type));
  }

  @Test
  void everyPackage_hasItsWall() {
    Set<String> walled = walls().map(wall -> (String) wall.get()[0]).collect(Collectors.toSet());

    assertThat(CORE)
        .allSatisfy(
            type ->
                assertThat(type.getPackageName())
                    .satisfiesAnyOf(
                        name -> assertThat(name).isEqualTo(OURS),
                        name ->
                            assertThat(walled)
                                .contains(name.substring(OURS.length() + 1).split("\\.", 2)[0])));
  }

  @Test
  void packages_haveNoCycles() {
    slices()
        .matching(OURS + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("an event goes one way: there is no way back")
        .check(CORE);
    slices()
        .matching(OURS + ".record.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            ours("what tries a form out", type -> type.getSimpleName().equals("Specimen")),
            DescribedPredicate.alwaysTrue())
        .because("there is one push model, and its encoders know it, not each other")
        .check(CORE);
  }

  @Test
  void encoding_knowsNoPlaceToGo() {
    classes()
        .that()
        .resideInAnyPackage(OURS + ".record..", OURS + ".schema..", OURS + ".event..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("java.net..", "java.nio.channels..", "java.util.logging..")
        .because("the event is turned into bytes on the caller's thread, and waits for nobody")
        .check(CORE);
  }

  @Test
  void jackson_isNamedWhereItIsUsedAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + ".record.jackson..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson..")
        .because("core has no dependency at run time: where Jackson is absent nothing may miss it")
        .check(CORE);
  }

  @Test
  void zstd_isNamedInOneClassAlone() {
    noClasses()
        .that()
        .doNotHaveSimpleName("ZstdCompressor")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.luben..")
        .because("where zstd-jni is absent only chunks that are to be compressed by it miss it")
        .check(CORE);
  }

  @Test
  void openTelemetry_isNamedInOneClassAlone() {
    noClasses()
        .that()
        .doNotHaveSimpleName("OpenTelemetrySpan")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("where its API is absent only the traces that no MDC tells of miss it")
        .check(CORE);
  }

  @Test
  void core_doesNotLog() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.capture\\.Jul.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.slf4j..", "ch.qos.logback..", "org.apache..", "java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.System\\$Logger.*")
        .because(
            "a log library that logs through itself recurses: it reports to its status;"
                + " what others log by JUL is a source of events")
        .check(CORE);
  }

  @Test
  void core_standsOnTheJdkAlone() {
    classes()
        .that()
        .resideOutsideOfPackage(OURS + ".record.jackson..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            OURS + "..",
            "java..",
            "javax..",
            "org.jspecify..",
            "com.github.luben..",
            "io.opentelemetry..")
        .because("core has no dependency at run time")
        .check(CORE);
  }
}
