package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shiplog.logback.Configured;
import dev.shiplog.record.Foreign;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.foreign.FluentServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same events, logged once, wherever they arrive: at our endpoint, at one that others wrote, on
 * stdout and in a file.
 */
@Timeout(180)
class ConformanceTest {
  @TempDir static Path folder;

  /** What was logged, by step, as Logback saw it. */
  private static final Map<Long, ILoggingEvent> LOGGED = new TreeMap<>();

  private static final Map<Way, Map<Long, Arrived>> ARRIVED = new TreeMap<>();

  /** Where an event goes. */
  enum Way {
    ENDPOINT,
    FLUENT_SERVER,
    STDOUT,
    ENCODER
  }

  @BeforeAll
  static void tellTheStory() throws Exception {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        FluentServerProcess server = FluentServerProcess.start();
        CapturedStdout stdout = new CapturedStdout()) {
      Path file = folder.resolve("gallery.log");
      int events;
      try (Configured application =
          Configured.with(configuration(endpoint.address(), server.address(), file))) {
        assertThat(application.problems()).isEmpty();
        events = Story.tell(application);
        ListAppender<?> list = (ListAppender<?>) application.appender("LIST");
        list.list.forEach(event -> LOGGED.put(step((ILoggingEvent) event), (ILoggingEvent) event));
        ARRIVED.put(Way.ENDPOINT, Arrived.atEndpoint(endpoint.await(events)));
        ARRIVED.put(Way.FLUENT_SERVER, Arrived.atFluentServer(server.await(events)));
      }
      ARRIVED.put(Way.STDOUT, Arrived.asLines(stdout.lines()));
      ARRIVED.put(Way.ENCODER, Arrived.asLines(Files.readAllLines(file)));
      assertThat(endpoint.problems()).isEmpty();
      assertThat(endpoint.duplicates()).isEmpty();
    }
  }

  @AfterAll
  static void forget() {
    LOGGED.clear();
    ARRIVED.clear();
  }

  @ParameterizedTest
  @EnumSource
  void everyEvent_arrivesOnceAtItsTime(Way way) {
    assertThat(arrived(way).keySet()).isEqualTo(LOGGED.keySet());
    arrived(way)
        .forEach(
            (step, event) -> {
              Instant logged = LOGGED.get(step).getInstant();
              // endpoints take 0 for "now": an entry says one second later, the record the truth
              boolean entry = way == Way.ENDPOINT || way == Way.FLUENT_SERVER;
              assertThat(event.time())
                  .isEqualTo(
                      entry && logged.getEpochSecond() < 1 ? Instant.ofEpochSecond(1) : logged);
              assertThat(Instant.parse(text(event, "@timestamp"))).isEqualTo(logged);
            });
  }

  @ParameterizedTest
  @EnumSource
  void everyEvent_saysTheSameAsOnStdout(Way way) {
    arrived(Way.STDOUT)
        .forEach(
            (step, onStdout) -> {
              Map<String, @Nullable Object> fields = arrived(way).get(step).fields();
              assertThat(Foreign.same(fields, onStdout.fields()))
                  .as("%s%n%s", fields, onStdout.fields())
                  .isTrue();
            });
  }

  @Test
  void tags_areThoseOfTheTemplateAndItsRules() {
    Map<Long, Arrived> endpoint = arrived(Way.ENDPOINT);
    Map<Long, Arrived> server = arrived(Way.FLUENT_SERVER);
    LOGGED.forEach(
        (step, event) -> {
          String logger = event.getLoggerName();
          String tag =
              logger.startsWith("access-log")
                  ? "gallery.access-log"
                  : "gallery." + logger.replaceAll("[^A-Za-z0-9_.-]", "_");
          assertThat(endpoint.get(step).tag()).isEqualTo(tag);
          assertThat(server.get(step).tag()).isEqualTo(tag);
        });
    assertThat(endpoint.values().stream().map(Arrived::tag).distinct()).hasSizeGreaterThan(6);
  }

  @Test
  void values_areThoseThatWereLogged() {
    Map<Long, Arrived> endpoint = arrived(Way.ENDPOINT);
    LOGGED.forEach(
        (step, event) ->
            assertThat(endpoint.get(step).fields())
                .containsEntry("log.level", event.getLevel().toString())
                .containsEntry("log.logger", event.getLoggerName())
                .containsEntry("process.thread.name", event.getThreadName())
                .containsEntry("service.name", "gallery")
                .containsEntry("message", event.getFormattedMessage().replaceAll(LONE, "\ufffd")));

    Map<String, @Nullable Object> structured = fields("structured");
    assertThat(structured.get("painting"))
        .hasToString(
            "{title=Ch\u00e2teau \ud83c\udfa8, size={width=73.5}, years=[1889, 1890], owner=null,"
                + " token=****}");
    assertThat(structured.get("rooms")).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(structured.get("mixed")).hasToString("[1, two, 3.5, null, true, [[]]]");
    assertThat(structured.get("raw")).isEqualTo("AP9/");
    assertThat(structured).containsEntry("optional", "there").containsEntry("day", "MONDAY");
    assertThat(fields("numbers"))
        .containsEntry("byte", -128L)
        .containsEntry("int", -2147483648L)
        .containsEntry("long", 9007199254740992L)
        .containsEntry("double", -0.1)
        .containsEntry("decimal", 12.5)
        .containsEntry("nan", "NaN")
        .containsEntry("yes", true);
    assertThat(fields("with context"))
        .containsEntry("trace.id", "4bf92f3577b34da6a3ce929d0e0e4736")
        .containsEntry("visitor", "J\u00f6rg \u00c5")
        .containsEntry("password", "****");
    assertThat(fields("without context")).doesNotContainKeys("trace.id", "visitor");
    assertThat(fields("failed"))
        .containsEntry("error.type", "java.lang.IllegalStateException")
        .containsEntry("error.message", "frame broken")
        .extractingByKey("error.stack_trace")
        .asString()
        .contains(
            "Caused by: java.lang.RuntimeException: cause", "Suppressed: ", Story.class.getName());
    assertThat(fields("without message")).containsEntry("tags", List.of("ALARM", "NIGHT"));
  }

  /** A surrogate without the other one: no encoding has it. */
  private static final String LONE =
      "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]";

  private static String configuration(String endpoint, String server, Path file) {
    String same =
        "<service><name>gallery</name></service><metadata><level>minimal</level></metadata>"
            + "<metadata><names>ecs</names></metadata>";
    String forward =
        same + "<tag>gallery.{logger}</tag><chunk><maxAge>20ms</maxAge></chunk><endpoint>";
    return "<appender name='LIST' class='ch.qos.logback.core.read.ListAppender'/>"
        + "<appender name='ENDPOINT' class='dev.shiplog.logback.FluentdAppender'>"
        + (forward + endpoint)
        + "</endpoint></appender>"
        + "<appender name='SERVER' class='dev.shiplog.logback.FluentdAppender'>"
        + (forward + server)
        + "</endpoint></appender>"
        + "<appender name='STDOUT' class='dev.shiplog.logback.StdoutAppender'>"
        + same
        + "<format>json</format><via>system-out</via></appender>"
        + "<appender name='FILE' class='ch.qos.logback.core.FileAppender'><file>"
        + file
        + "</file><encoder class='dev.shiplog.logback.ShiplogEncoder'>"
        + same
        + "</encoder></appender><root level='TRACE'><appender-ref ref='LIST'/>"
        + "<appender-ref ref='ENDPOINT'/><appender-ref ref='SERVER'/>"
        + "<appender-ref ref='STDOUT'/><appender-ref ref='FILE'/></root>";
  }

  private static Map<String, @Nullable Object> fields(String message) {
    return arrived(Way.ENDPOINT).values().stream()
        .map(Arrived::fields)
        .filter(fields -> message.equals(fields.get("message")))
        .findFirst()
        .orElseThrow();
  }

  private static Map<Long, Arrived> arrived(Way way) {
    Map<Long, Arrived> arrived = ARRIVED.get(way);
    return arrived == null ? Map.of() : arrived;
  }

  private static String text(Arrived event, String field) {
    return String.valueOf(event.fields().get(field));
  }

  private static long step(ILoggingEvent event) {
    return event.getKeyValuePairs().stream()
        .filter(pair -> pair.key.equals(Story.STEP))
        .mapToLong(pair -> ((Number) pair.value).longValue())
        .findFirst()
        .orElseThrow();
  }
}
