package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.config.SettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final Supplier<Map<String, DetectedFact>> NOTHING = Map::of;

  private static SettingsReader reader(Scope scope) {
    return Settings.reader(scope).name("A").file(new FileValues("logback.xml"));
  }

  private static List<String> printed(
      SettingsReader reader, Supplier<Map<String, DetectedFact>> detected) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    Diagnosis.print(reader.read(), detected, out);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void nothing_isPrintedOrDetectedUnlessAsked() {
    Supplier<Map<String, DetectedFact>> never =
        () -> {
          throw new AssertionError("asked");
        };

    assertThat(printed(reader(Scope.STDOUT), never)).isEmpty();
  }

  @Test
  void settings_arePrintedWithTheirSources() {
    FileValues file = new FileValues("logback.xml").set("schema", "logstash").set("nested", "true");
    SettingsReader reader =
        Settings.reader(Scope.STDOUT)
            .name("A")
            .file(file)
            .properties(Map.of("shiplog.diagnose", "true"))
            .environment(Map.of("SHIPLOG_STDOUT_NESTED", "false"));

    assertThat(printed(reader, NOTHING))
        .contains(
            "shiplog stdout A: schema = \"logstash\" (logback.xml)",
            "shiplog stdout A: nested = \"false\" (SHIPLOG_STDOUT_NESTED)",
            "shiplog stdout A: diagnose = \"true\" (-Dshiplog.diagnose)",
            "shiplog stdout A: stdout.via = \"auto\" (default)",
            "shiplog stdout A: detected nothing");
  }

  @Test
  void everyWayToAsk_isHeard() {
    assertThat(
            List.of(
                reader(Scope.FLUENTD).properties(Map.of("shiplog.diagnose", "true")),
                reader(Scope.FLUENTD).environment(Map.of("SHIPLOG_DIAGNOSE", "true")),
                reader(Scope.ENCODER).environment(Map.of("SHIPLOG_ENCODER_DIAGNOSE", "true")),
                reader(Scope.STDOUT).file(new FileValues("f").set("diagnose", "true"))))
        .allSatisfy(reader -> assertThat(printed(reader, NOTHING)).isNotEmpty());
  }

  @Test
  void secretsAndValuesOfUnknownKeys_areNotPrinted() {
    FileValues file =
        new FileValues("logback.xml")
            .set("diagnose", "true")
            .set("auth.sharedKey", "marked")
            .set("auth.sharedKy", "marked")
            .set("passwd", "marked")
            .set("tls.keyPassword", "marked")
            .set("endpoint", "user:marked@fluentd:24224");

    assertThat(printed(Settings.reader(Scope.FLUENTD).file(file), NOTHING))
        .contains("shiplog fluentd: fluentd.auth.sharedKey = \"****\" (logback.xml)")
        .anyMatch(line -> line.startsWith("shiplog fluentd: wrong: passwd: is no key"))
        .noneMatch(line -> line.contains("marked"));
  }

  @Test
  void detectedFacts_arePrintedOnALineEachWhateverTheyAre() {
    Map<String, DetectedFact> facts = new LinkedHashMap<>();
    facts.put("container.id", new DetectedFact("0123abc", "/proc/self/mountinfo"));
    facts.put("host.name", new DetectedFact("a\u001b[31m\nb\u202e\"", "HOSTNAME"));
    facts.put("process.command_args", new DetectedFact(List.of("x", "y"), "image"));
    SettingsReader reader = reader(Scope.ENCODER).environment(Map.of("SHIPLOG_DIAGNOSE", "true"));

    assertThat(printed(reader, () -> facts))
        .contains(
            "shiplog encoder A: detected container.id = \"0123abc\" (/proc/self/mountinfo)",
            "shiplog encoder A: detected host.name = \"a\\u001b[31m\\u000ab\\u202e\\\"\" (HOSTNAME)",
            "shiplog encoder A: detected process.command_args = \"[x, y]\" (image)")
        .allMatch(line -> line.startsWith("shiplog encoder A: "));
  }
}
