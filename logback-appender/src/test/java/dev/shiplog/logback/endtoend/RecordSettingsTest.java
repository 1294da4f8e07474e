package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.StdoutAppender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each setting does to a record, from {@code logback.xml} to the line. */
class RecordSettingsTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final String NAMES = "<service><name>gallery</name></service>";

  /** The record of one event with five fields of its user's; the appender tells the problems. */
  private static Map<String, @Nullable Object> record(String elements, String... problems)
      throws JsonProcessingException {
    List<String> lines;
    try (CapturedStdout stdout = new CapturedStdout()) {
      try (Configured application =
          Configured.withAppender(
              StdoutAppender.class,
              "<format>json</format><via>system-out</via>" + NAMES + elements)) {
        application.context.getMDCAdapter().put("user", "vincent");
        application.context.getMDCAdapter().put("room", "7");
        application
            .logger("gallery.Till")
            .atInfo()
            .addKeyValue("price", 12.5)
            .addKeyValue("lot", Map.of("a", Map.of("b", Map.of("c", 3))))
            .addKeyValue("password", "of love")
            .log("sold");
        application.context.getMDCAdapter().clear();
        assertThat(application.problems(StdoutAppender.class)).containsExactly(problems);
      }
      lines = stdout.lines();
    }
    assertThat(lines).hasSize(1);
    return JACKSON.readValue(lines.get(0), new TypeReference<>() {});
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        setting(
            "none",
            "",
            record ->
                assertThat(record)
                    .containsEntry("user", "vincent")
                    .containsEntry("room", "7")
                    .containsEntry("price", 12.5)
                    .containsEntry("password", "****")
                    .containsEntry("lot", Map.of("a", Map.of("b", Map.of("c", 3))))
                    .doesNotContainKeys("event.sequence", "event.truncated_fields")),
        setting(
            "kv.include",
            "<kv><include>pr*</include></kv><kv><include>none</include></kv>",
            record ->
                assertThat(record).containsKeys("price", "user").doesNotContainKeys("lot", "none")),
        setting(
            "kv.exclude",
            "<kv><exclude>price</exclude></kv>",
            record -> assertThat(record).containsKeys("lot", "user").doesNotContainKey("price")),
        setting(
            "kv.prefix",
            "<kv><prefix>shop.</prefix></kv>",
            record ->
                assertThat(record)
                    .containsEntry("shop.price", 12.5)
                    .containsEntry("shop.password", "****")
                    .containsKey("user")
                    .doesNotContainKeys("price", "password")),
        setting(
            "mdc.include",
            "<mdc><include>user</include></mdc>",
            record -> assertThat(record).containsKeys("user", "price").doesNotContainKey("room")),
        setting(
            "mdc.exclude",
            "<mdc><exclude>u*</exclude></mdc>",
            record -> assertThat(record).containsKeys("room", "price").doesNotContainKey("user")),
        setting(
            "mdc.prefix",
            "<mdc><prefix>ctx_</prefix></mdc>",
            record ->
                assertThat(record)
                    .containsEntry("ctx_user", "vincent")
                    .containsKey("price")
                    .doesNotContainKey("user")),
        setting(
            "limits.fields",
            "<limits><fields>2</fields></limits>",
            record ->
                assertThat(record)
                    .containsKeys("user", "room")
                    .containsEntry("event.truncated_fields", 3)
                    .doesNotContainKeys("price", "lot", "password")),
        setting(
            "limits.depth",
            "<limits><depth>1</depth></limits>",
            record ->
                assertThat(record.get("lot"))
                    .isNotEqualTo(Map.of("a", Map.of("b", Map.of("c", 3))))),
        setting(
            "timestamp.field",
            "<timestamp><field>time</field></timestamp>",
            record -> assertThat(record).containsKey("time").doesNotContainKey("@timestamp")),
        setting("timestamp.precision", precision("ms"), record -> isFine(record, 3)),
        setting("timestamp.precision", precision("us"), record -> isFine(record, 6)),
        setting("timestamp.precision", precision("ns"), record -> isFine(record, 9)),
        setting(
            "mask.replacement",
            "<mask><replacement>[hidden]</replacement></mask>",
            record -> assertThat(record).containsEntry("password", "[hidden]")),
        setting(
            "mask.key",
            "<mask><key>user</key></mask>",
            record ->
                assertThat(record).containsEntry("user", "****").containsEntry("password", "****")),
        setting(
            "include",
            "<include>message</include><include>pri*</include>",
            record -> assertThat(record).containsOnlyKeys("message", "price")),
        setting(
            "exclude",
            "<exclude>process.*</exclude><exclude>user</exclude>",
            record ->
                assertThat(record)
                    .containsKeys("message", "room")
                    .doesNotContainKeys("process.pid", "process.thread.name", "user")),
        setting(
            "rename",
            "<rename>price=amount</rename><rename>log.level=severity</rename>",
            record ->
                assertThat(record)
                    .containsEntry("amount", 12.5)
                    .containsEntry("severity", "INFO")
                    .doesNotContainKeys("price", "log.level")),
        setting(
            "values",
            "<values>string</values>",
            record -> assertThat(record).containsEntry("price", "12.5")),
        setting(
            "nested",
            "<nested>true</nested>",
            record ->
                assertThat(record)
                    .containsEntry("log", Map.of("level", "INFO", "logger", "gallery.Till"))
                    .doesNotContainKey("log.level")),
        setting(
            "field",
            "<field>team=art</field><field>floor=2:long</field>",
            record -> assertThat(record).containsEntry("team", "art").containsEntry("floor", 2)),
        setting(
            "sequence",
            "<sequence>true</sequence>",
            record -> assertThat(record).containsEntry("event.sequence", 1)),
        setting(
            "metadata.level",
            "<metadata><level>none</level></metadata>",
            record ->
                assertThat(record)
                    .containsEntry("service.name", "gallery")
                    .doesNotContainKeys("host.name", "container.id")));
  }

  private static Arguments setting(
      String key, String elements, Consumer<Map<String, @Nullable Object>> check) {
    return Arguments.of(key, elements, check);
  }

  private static String precision(String value) {
    return "<timestamp><precision>" + value + "</precision></timestamp>";
  }

  private static void isFine(Map<String, @Nullable Object> record, int decimals) {
    assertThat(record.get("@timestamp"))
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{" + decimals + "}Z");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("settings")
  void setting_changesTheRecord(
      String key, String elements, Consumer<Map<String, @Nullable Object>> check)
      throws JsonProcessingException {
    check.accept(record(elements));
  }

  @ParameterizedTest
  @CsvSource({"gelf", "otlp"})
  void settingWithoutEffect_isToldAndLeavesTheRecordAsItIs(String schema)
      throws JsonProcessingException {
    String chosen = "<schema>" + schema + "</schema>";
    Map<String, @Nullable Object> plain = record(chosen);
    Map<String, @Nullable Object> record =
        record(
            chosen + "<nested>true</nested><timestamp><field>when</field></timestamp>",
            "nested: true, has no effect on schema "
                + schema
                + ", whose shape is its own (logback.xml); false is used",
            "timestamp.field: when, has no effect on schema "
                + schema
                + ", whose timestamp has its name (logback.xml); it is left unset");

    assertThat(shape(record)).isEqualTo(shape(plain));
    assertThat(record.toString()).doesNotContain("when");
  }

  /** Names without values, which differ from run to run. */
  private static Object shape(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> names = new LinkedHashMap<>();
      map.forEach((name, member) -> names.put(name, shape(member)));
      return names;
    }
    return value instanceof List<?> list ? list.stream().map(e -> shape(e)).toList() : "";
  }

  @Test
  void sequence_countsEveryEventOfTheAppender() throws JsonProcessingException {
    List<String> lines;
    try (CapturedStdout stdout = new CapturedStdout()) {
      try (Configured application =
          Configured.withAppender(
              StdoutAppender.class,
              "<format>json</format><via>system-out</via><sequence>true</sequence>")) {
        for (String logger : List.of("a", "b", "a")) {
          application.logger(logger).info("counted");
        }
      }
      lines = stdout.lines();
    }
    for (int i = 0; i < 3; i++) {
      assertThat(JACKSON.readTree(lines.get(i)).path("event.sequence").intValue()).isEqualTo(i + 1);
    }
    assertThat(lines).hasSize(3);
  }
}
