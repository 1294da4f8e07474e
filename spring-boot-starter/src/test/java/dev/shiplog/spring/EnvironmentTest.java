package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.FluentdKeys;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spring's environment says, read as for an appender of a context that Boot configured. */
final class EnvironmentTest {
  private final Map<String, Object> file = new TreeMap<>();
  private final Map<String, Object> arguments = new TreeMap<>();
  private final Map<String, Object> variables = new TreeMap<>();
  private final Map<String, Object> manifest = new TreeMap<>();
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  @TempDir Path folder;

  @AfterEach
  void giveBackTheLoader() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private Settings read(Scope scope) {
    return read(scope, new FileValues("logback.xml"));
  }

  private Settings read(Scope scope, FileValues logbackXml) {
    SpringContext context =
        SpringContext.of(
            SpringContext.named("commandLineArgs", arguments),
            SpringContext.variables(variables),
            SpringContext.file(file),
            SpringContext.named("applicationInfo", manifest));
    return context.settings(scope, "APPENDER", logbackXml);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void switch_isNoUnknownKey(String value) {
    file.put("shiplog.stdout.enabled", value);
    file.put("shiplog.fluentd.enabled", value);
    variables.put("SHIPLOG_STDOUT_ENABLED", value);
    variables.put("SHIPLOG_FLUENTD_ENABLED", value);
    variables.put("SHIPLOG_ENABLED", value);
    variables.put("SHIPLOG_HEALTH_DOWN_AFTER", "1m");
    variables.put("SHIPLOG_ACCESSLOG_ENABLED", value);
    assertThat(read(Scope.STDOUT).problems()).isEmpty();
    assertThat(read(Scope.FLUENTD).problems()).isEmpty();
  }

  @Test
  void slipInAVariable_isToldAndClosesWhereSecurityIsMeant() {
    variables.put("SHIPLOG_FLUENTD_TLS_CAA", "/etc/tls/ca.pem");
    Settings settings = read(Scope.FLUENTD);
    assertThat(settings.closed()).isTrue();
    assertThat(settings.problems())
        .singleElement()
        .asString()
        .contains("TLS_CAA", "SHIPLOG_FLUENTD_TLS_CA is the nearest", "(SHIPLOG_FLUENTD_TLS_CAA)");
  }

  @Test
  void slipInAVariable_isToldOnlyToTheAppendersThatItConcerns() {
    variables.put("SHIPLOG_FLUENTD_TAGG", "gallery");
    assertThat(read(Scope.FLUENTD).problems()).hasSize(1);
    assertThat(read(Scope.STDOUT).problems()).isEmpty();
  }

  @Test
  void variable_hasSpringsNameOrOurs() {
    variables.put("SHIPLOG_FLUENTD_CHUNK_MAXAGE", "2s");
    variables.put("SHIPLOG_FLUENTD_CHUNK_MAX_BYTES", "2MB");
    variables.put("SHIPLOG_FLUENTD_TAGRULE_0", "a=b");
    variables.put("SHIPLOG_FLUENTD_ENDPOINT_0", "one:1");
    variables.put("SHIPLOG_FLUENTD_ENDPOINT_1", "two:2");
    Settings settings = read(Scope.FLUENTD);
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.isSet(FluentdKeys.CHUNK_MAX_AGE)).isTrue();
    assertThat(settings.isSet(FluentdKeys.CHUNK_MAX_BYTES)).isTrue();
    assertThat(settings.isSet(FluentdKeys.TAG_RULE)).isTrue();
    assertThat(settings.all(FluentdKeys.ENDPOINT)).hasSize(2);
  }

  @Test
  void variableOfKubernetes_isNotOurs() {
    variables.put("SHIPLOG_FLUENTD_TLS_PORT", "tcp://10.0.0.1:24224");
    variables.put("SHIPLOG_FLUENTD_TLS_SERVICE_HOST", "10.0.0.1");
    variables.put("SHIPLOG_FLUENTD_TLS_PORT_24224_TCP_ADDR", "10.0.0.1");
    variables.put("SHIPLOG_FLUENTD_SERVICE_PORT", "24224");
    Settings settings = read(Scope.FLUENTD);
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.closed()).isFalse();
  }

  @Test
  void emptyVariable_leavesWhatTheFileSays() {
    variables.put("SHIPLOG_FLUENTD_TAG", "");
    file.put("shiplog.fluentd.tag", "gallery");
    Settings settings = read(Scope.FLUENTD);
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.isSet(FluentdKeys.TAG)).isTrue();
  }

  @Test
  void generalVariable_beatsTheSpecificKeyOfAFile() {
    file.put("shiplog.appender.appender.schema", "gcp");
    file.put("shiplog.stdout.schema", "ecs");
    assertThat(read(Scope.STDOUT).get(Keys.SCHEMA)).isEqualTo("gcp");
    variables.put("SHIPLOG_SCHEMA", "logstash");
    assertThat(read(Scope.STDOUT).get(Keys.SCHEMA)).isEqualTo("logstash");
    arguments.put("shiplog.schema", "gelf");
    assertThat(read(Scope.STDOUT).get(Keys.SCHEMA)).isEqualTo("gelf");
    assertThat(read(Scope.STDOUT).problems()).isEmpty();
  }

  @Test
  void specificKey_beatsTheGeneralOneWithinOneSource() {
    for (Map<String, Object> source : List.of(file, arguments)) {
      source.put("shiplog.schema", "logstash");
      assertThat(read(Scope.STDOUT).get(Keys.SCHEMA)).isEqualTo("logstash");
      source.put("shiplog.stdout.schema", "gcp");
      assertThat(read(Scope.STDOUT).get(Keys.SCHEMA)).isEqualTo("gcp");
      source.put("shiplog.appender.appender.schema", "ecs");
      assertThat(read(Scope.STDOUT).get(Keys.SCHEMA)).isEqualTo("ecs");
    }
    variables.put("SHIPLOG_MAX_EVENT_BYTES", "2KB");
    assertThat(read(Scope.STDOUT).get(Keys.MAX_EVENT_BYTES)).isEqualTo(2 << 10);
    variables.put("SHIPLOG_STDOUT_MAX_EVENT_BYTES", "3KB");
    assertThat(read(Scope.STDOUT).get(Keys.MAX_EVENT_BYTES)).isEqualTo(3 << 10);
    variables.put("SHIPLOG_APPENDER_APPENDER_MAX_EVENT_BYTES", "4KB");
    assertThat(read(Scope.STDOUT).get(Keys.MAX_EVENT_BYTES)).isEqualTo(4 << 10);
  }

  @Test
  void generalVariable_beatsWhatStandsUnderAPrefix() {
    file.put("shiplog.audit.schema", "gcp");
    variables.put("SHIPLOG_SCHEMA", "logstash");
    assertThat(
            read(Scope.FLUENTD, new FileValues("logback.xml").set("prefix", "shiplog.audit"))
                .get(Keys.SCHEMA))
        .isEqualTo("logstash");
  }

  @Test
  void listInAVariable_beatsTheTextInAFile() {
    variables.put("SHIPLOG_FLUENTD_ENDPOINT_0", "operators:1");
    file.put("shiplog.fluentd.endpoint", "builders:1");
    assertThat(read(Scope.FLUENTD).all(FluentdKeys.ENDPOINT))
        .singleElement()
        .hasToString("operators:1");
  }

  @Test
  void indexOfWhatIsNoList_isTold() {
    file.put("shiplog.fluentd.tag[0]", "gallery");
    assertThat(read(Scope.FLUENTD).problems()).singleElement().asString().contains("tag[0]");
  }

  @Test
  void keyOfOneKind_isNoKeyOfAll() {
    file.put("shiplog.tag", "gallery");
    Settings settings = read(Scope.FLUENTD);
    assertThat(settings.isSet(FluentdKeys.TAG)).isFalse();
    assertThat(settings.problems()).singleElement().asString().contains("fluentd.tag is the near");
  }

  @ParameterizedTest
  @CsvSource({
    "shiplog.sdtout.format, shiplog.stdout.format",
    "shiplog.fluent.max-tags, shiplog.fluentd.maxTags",
    "shiplog.endpoint, shiplog.fluentd.endpoint",
    "shiplog.fluent.enabled, shiplog.fluentd.enabled",
    "shiplog.enabeld, shiplog.enabled",
    "shiplog.acces-log.enabled, shiplog.access-log.enabled",
    "shiplog.access-log.excude, shiplog.access-log.exclude",
    "'shiplog.access-log.excude[0]', shiplog.access-log.exclude",
    "shiplog.helth.buffer-share, shiplog.health.buffer-share",
    "shiplog.health.buffershares, shiplog.health.buffer-share",
    "SHIPLOG_SDTOUT_FORMAT, SHIPLOG_STDOUT_FORMAT",
    "SHIPLOG_FLUENT_ENDPOINT, SHIPLOG_FLUENTD_ENDPOINT",
  })
  void nameInTheWrongPlace_isToldOnceWithTheRightOne(String written, String nearest) {
    (written.startsWith("SHIPLOG_") ? variables : file).put(written, "hunter2");
    for (Scope scope : Scope.values()) {
      assertThat(read(scope).problems())
          .singleElement()
          .asString()
          .contains("is no key, " + nearest + " is the nearest (")
          .doesNotContain("hunter2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shiplog.audit.endpoint",
        "shiplog.audit.enabled",
        "shiplog.metrics.step",
        "shiplog.access-log.exclude[0]",
        "shiplog.access-log.trusted-proxies",
        "shiplog.health.buffershare",
        "shiplog.enabled"
      })
  void nameThatMayBeOfAnother_isNotTold(String written) {
    file.put(written, "hunter2");
    assertThat(read(Scope.STDOUT).problems()).isEmpty();
    assertThat(read(Scope.FLUENTD).problems()).isEmpty();
  }

  @Test
  void prefix_isANamespaceOfItsOwn() {
    file.put("shiplog.audit.tag", "audit");
    file.put("shiplog.fluentd.tag", "gallery");
    variables.put("SHIPLOG_AUDIT_CHUNK_MAX_BYTES", "2MB");
    Settings audit =
        read(Scope.FLUENTD, new FileValues("logback.xml").set("prefix", "shiplog.audit"));
    assertThat(audit.problems()).isEmpty();
    assertThat(audit.find(FluentdKeys.TAG))
        .hasValueSatisfying(tag -> assertThat(tag).isEqualTo("audit"));
    assertThat(audit.get(FluentdKeys.CHUNK_MAX_BYTES)).isEqualTo(2 << 20);

    Settings other = read(Scope.FLUENTD);
    assertThat(other.problems()).isEmpty();
    assertThat(other.find(FluentdKeys.TAG))
        .hasValueSatisfying(tag -> assertThat(tag).isEqualTo("gallery"));
  }

  @Test
  void slipUnderThePrefix_isTold() {
    file.put("shiplog.audit.tagg", "audit");
    Settings audit =
        read(Scope.FLUENTD, new FileValues("logback.xml").set("prefix", "shiplog.audit"));
    assertThat(audit.problems()).singleElement().asString().contains("fluentd.tag is the nearest");
  }

  @Test
  void versionOfTheManifest_leavesThatOfBuildInfo() throws IOException {
    manifest.put("spring.application.version", "0.9-manifest");
    assertThat(read(Scope.STDOUT).find(Keys.SERVICE_VERSION)).contains("0.9-manifest");
    Path info = folder.resolve("META-INF/build-info.properties");
    Files.createDirectories(info.getParent());
    Files.writeString(info, "build.version=1.0\n");
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
    assertThat(read(Scope.STDOUT).isSet(Keys.SERVICE_VERSION)).isFalse();
    file.put("spring.application.version", "2.0");
    assertThat(read(Scope.STDOUT).find(Keys.SERVICE_VERSION)).contains("2.0");
  }

  @Test
  void serviceName_isThatOfTheFirstWhoSays() {
    file.put("spring.application.name", "applications");
    assertThat(read(Scope.FLUENTD).find(Keys.SERVICE_NAME)).contains("applications");
    variables.put("OTEL_SERVICE_NAME", "operators");
    assertThat(read(Scope.FLUENTD).isSet(Keys.SERVICE_NAME)).isFalse(); // core reads it
    file.put("logging.structured.ecs.service.name", "boots");
    assertThat(read(Scope.FLUENTD).find(Keys.SERVICE_NAME)).contains("boots");
    file.put("shiplog.service.name", "ours");
    assertThat(read(Scope.FLUENTD).find(Keys.SERVICE_NAME)).contains("ours");
  }
}
