package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import dev.shiplog.metadata.Machine;
import dev.shiplog.metadata.Metadata;
import dev.shiplog.pipeline.Encoding;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.record.Foreign;
import dev.shiplog.schema.Written;
import dev.shiplog.schema.encoder.MaskedNames;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.stdout.PrettyFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From settings to the names of a record, in both encodings. */
class RecordsTest {
  private static final Metadata NOWHERE = detected("");
  private static final String POD =
      "container.id=abc,container.name=shop,container.runtime=containerd,k8s.pod.name=shop-0,"
          + "k8s.node.name=node-1,host.name=shop-0,k8s.pod.label.app=shop,cloud.region=eu-1";

  /** Names that container metadata has in one style or another. */
  private static final List<String> METADATA =
      List.of(
          "host.name",
          "cloud.region",
          "orchestrator.type",
          "orchestrator.resource.label",
          "k8s.pod.name",
          "k8s.pod.label.color",
          "container.labels.color",
          "docker.container_id",
          "kubernetes.host",
          "container_id",
          "container_name",
          "heroku.app.id",
          "aws.ecs.task.arn",
          "faas.name");

  private final List<String> told = new ArrayList<>();

  private static Metadata detected(String attributes) {
    return Metadata.detect(
        new Machine(Path.of("no", "such"), Map.of("OTEL_RESOURCE_ATTRIBUTES", attributes)));
  }

  private static Settings settings(Scope scope, String... pairs) {
    FileValues file = new FileValues("test.xml").set("service.name", "gallery");
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      file.set(pair.substring(0, equals), pair.substring(equals + 1));
    }
    Settings settings = Settings.reader(scope).file(file).read();
    assertThat(settings.problems()).isEmpty();
    return settings;
  }

  private Records records(Scope scope, String... pairs) {
    Status status =
        new Status() {
          @Override
          public void info(String message) {}

          @Override
          public void warn(String message, @Nullable Throwable cause) {}

          @Override
          public void error(String message, @Nullable Throwable cause) {
            told.add(message);
          }
        };
    return Records.of(settings(scope, pairs), status, null);
  }

  /** The record that JSON and MessagePack agree upon. */
  private Map<String, @Nullable Object> record(
      Metadata metadata, TestEvent event, String... pairs) {
    Records records = records(Scope.ENCODER, pairs);
    Map<String, @Nullable Object> line = line(records.json(metadata).get(), event);
    Encoding entry = records.messagePack(metadata).get();
    entry.encode(event);
    assertThat(Foreign.same(line, Foreign.entry(entry.bytes(), entry.length()))).isTrue();
    return line;
  }

  private static Map<String, @Nullable Object> line(Encoding encoding, TestEvent event) {
    encoding.encode(event);
    return Foreign.line(encoding.bytes(), encoding.length());
  }

  @ParameterizedTest
  @CsvSource({
    "ecs, log.logger, gallery.Curator",
    "ecs, service.name, gallery",
    "ecs, error.type, java.lang.IllegalStateException",
    "logstash, logger_name, gallery.Curator",
    "logstash, level, INFO",
    "logstash, thread_name, main",
  })
  void renamedField_keepsItsNameWhenTheOtherIsTaken(String schema, String field, String value) {
    TestEvent event = new TestEvent().thrown(new IllegalStateException("dry"));
    String rename = field + "=message";

    Map<String, @Nullable Object> record =
        record(NOWHERE, event, "schema=" + schema, "rename=" + rename);

    assertThat(record).containsEntry("message", "opened").containsEntry(field, value);
    assertThat(told)
        .as("once, however often records are compiled")
        .containsExactly(
            "rename: "
                + rename
                + ", must not be the name of another field (test.xml); "
                + field
                + " keeps its name");
  }

  @Test
  void renamedMetadata_keepsItsNameWhenTheOtherIsTakenOnceItIsShaped() {
    Records records = records(Scope.ENCODER, "schema=gelf", "rename=container.id=logger");

    Map<String, @Nullable Object> record =
        line(records.json(detected("container.id=abc")).get(), new TestEvent());

    assertThat(record)
        .containsEntry("_logger", "gallery.Curator")
        .containsEntry("_container.id", "abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash"})
  void timestamp_keepsItsNameWhenTheOtherIsTaken(String schema) {
    Map<String, @Nullable Object> record =
        record(NOWHERE, new TestEvent(), "schema=" + schema, "timestamp.field=message");

    assertThat(record).containsEntry("message", "opened").containsKey("@timestamp");
    assertThat(told)
        .containsExactly(
            "timestamp.field: message, must not be the name of another field (test.xml);"
                + " @timestamp keeps its name");
  }

  @Test
  void timestamp_isCalledAsTheSettingsHaveIt() {
    TestEvent event = new TestEvent().mdc("@timestamp", "user's").mdc("time", "user's");

    assertThat(record(NOWHERE, event, "timestamp.field=time"))
        .containsEntry("time", "2026-11-23T07:39:05.123456789Z")
        .containsEntry("mdc.@timestamp", "user's")
        .containsEntry("mdc.time", "user's");
    assertThat(told).isEmpty();
  }

  static Stream<Arguments> renamings() {
    return Stream.of(
        // the first of two has the name
        Arguments.of(
            List.of("rename=log.logger=x", "rename=process.thread.name=x"),
            List.of("x", "log.logger")),
        // a name that its own field gives up is free
        Arguments.of(
            List.of("rename=message=msg", "rename=log.logger=message"), List.of("msg", "message")),
        Arguments.of(
            List.of("exclude=message", "rename=log.logger=message"),
            List.of("message", "process.thread.name")),
        Arguments.of(
            List.of("rename=message=log.logger", "rename=log.logger=message"),
            List.of("message", "log.logger")),
        // a chain of which the last link does not hold
        Arguments.of(
            List.of("rename=message=log.logger", "rename=log.logger=@timestamp"),
            List.of("message", "log.logger", "@timestamp")),
        // what records get beside their fields
        Arguments.of(List.of("rename=log.logger=event.truncated"), List.of("log.logger")),
        Arguments.of(List.of("rename=log.logger=unrepresentable.mdc"), List.of("log.logger")),
        // metadata, with each other and with the schema
        Arguments.of(List.of("rename=host.name=message"), List.of("message", "host.name")),
        Arguments.of(
            List.of("rename=host.name=container.id"), List.of("container.id", "host.name")),
        Arguments.of(List.of("rename=log.logger=host.name"), List.of("log.logger", "host.name")),
        // static fields
        Arguments.of(
            List.of("field=team=art", "rename=team=message"), List.of("message", "field.message")),
        Arguments.of(List.of("field=event.truncated=x"), List.of("field.event.truncated")),
        Arguments.of(
            List.of("field=a=1", "field=b=2", "rename=a=c", "rename=b=c"),
            List.of("c", "field.c")));
  }

  @ParameterizedTest
  @MethodSource("renamings")
  void noTwoFields_haveOneName(List<String> settings, List<String> names) {
    TestEvent event = new TestEvent().mdc("user", "vincent");
    List<String> all = new ArrayList<>(settings);
    all.add("maxEventBytes=1KB");
    event.kv("text", "t".repeat(2_000));

    assertThat(names(event, all)).containsAll(names).contains("event.truncated");
    all.add("nested=true");
    assertThat(names(event, all)).contains("event");
  }

  /** The names in both encodings, whose foreign parsers refuse one that comes twice. */
  private Set<String> names(TestEvent event, List<String> settings) {
    Records records = records(Scope.ENCODER, settings.toArray(new String[0]));
    Encoding entry = records.messagePack(detected(POD)).get();
    entry.encode(event);
    Set<String> names = Foreign.entry(entry.bytes(), entry.length()).keySet();
    assertThat(line(records.json(detected(POD)).get(), event).keySet()).isEqualTo(names);
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash", "gcp"})
  void userKey_hasOneNameWhateverIsKnownOfTheContainer(String schema) {
    TestEvent event = new TestEvent();
    METADATA.forEach(name -> event.mdc(name, "user's").kv(name, "user's"));

    for (String names : List.of("otel", "ecs", "docker", "kubernetes")) {
      List<String> first = null;
      for (String level : List.of("none", "minimal", "full")) {
        for (Metadata metadata : List.of(NOWHERE, detected(POD))) {
          List<String> users =
              record(
                      metadata,
                      event,
                      "schema=" + schema,
                      "metadata.names=" + names,
                      "metadata.level=" + level)
                  .entrySet()
                  .stream()
                  .filter(field -> "user's".equals(field.getValue()))
                  .map(Map.Entry::getKey)
                  .toList();
          first = first == null ? users : first;
          assertThat(users).as("%s %s", names, level).isEqualTo(first).hasSize(28);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ecs, host.name, mdc.host.name",
    "ecs, orchestrator.type, mdc.orchestrator.type",
    "ecs, container.labels.color, mdc.container.labels.color",
    "ecs, k8s.pod.label.color, k8s.pod.label.color",
    "otel, k8s.pod.label.color, mdc.k8s.pod.label.color",
    "otel, heroku.app.id, mdc.heroku.app.id",
    "docker, container_name, mdc.container_name",
    "docker, host.name, host.name",
    "kubernetes, docker.container_id, mdc.docker.container_id",
  })
  void nameOfMetadata_isReservedThoughNothingIsKnown(String names, String key, String name) {
    assertThat(record(NOWHERE, new TestEvent().mdc(key, "user's"), "metadata.names=" + names))
        .containsEntry(name, "user's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash", "gcp"})
  void stdoutAndForward_callUsersKeysTheSame(String schema) {
    TestEvent event = new TestEvent();
    METADATA.forEach(name -> event.mdc(name, "user's"));
    Encoding stdout = records(Scope.STDOUT, "schema=" + schema).json(detected(POD)).get();
    Encoding forward = records(Scope.FLUENTD, "schema=" + schema).messagePack(detected(POD)).get();
    stdout.encode(event);
    forward.encode(event);

    Map<String, @Nullable Object> line = Foreign.line(stdout.bytes(), stdout.length());
    Map<String, @Nullable Object> entry = Foreign.entry(forward.bytes(), forward.length());
    line.values().removeIf(value -> !"user's".equals(value));
    entry.values().removeIf(value -> !"user's".equals(value));
    assertThat(line).isEqualTo(entry).hasSize(METADATA.size());
  }

  private @Nullable Object stream(Scope scope, Severity severity, String name, String... settings) {
    TestEvent event = new TestEvent();
    event.severity = severity;
    return line(records(scope, settings).json(NOWHERE).get(), event).get(name);
  }

  @ParameterizedTest
  @CsvSource({
    "otel, log.iostream",
    "ecs, log.iostream",
    "kubernetes, stream",
    "docker, source",
  })
  void stream_isTheOneThatARecordLeavesBy(String names, String field) {
    String full = "metadata.level=full";
    String style = "metadata.names=" + names;
    String threshold = "stderrThreshold=WARN";
    String target = "target=stderr";

    for (Severity severity : Severity.values()) {
      String high = severity.ordinal() < Severity.WARN.ordinal() ? "stdout" : "stderr";
      assertThat(stream(Scope.STDOUT, severity, field, full, style)).isEqualTo("stdout");
      assertThat(stream(Scope.STDOUT, severity, field, full, style, threshold)).isEqualTo(high);
      assertThat(stream(Scope.STDOUT, severity, field, full, style, target)).isEqualTo("stderr");
      assertThat(stream(Scope.ENCODER, severity, field, full, style)).isNull();
    }
    boolean docker = names.equals("docker");
    assertThat(stream(Scope.STDOUT, Severity.INFO, field, style))
        .as("at level minimal")
        .isEqualTo(docker ? "stdout" : null);
    assertThat(stream(Scope.FLUENTD, Severity.ERROR, field, style))
        .isEqualTo(docker ? "stdout" : null);
    assertThat(stream(Scope.STDOUT, Severity.INFO, field, style, "metadata.level=none")).isNull();
  }

  @Test
  void stream_isOfTheContainerWhateverUsersCallTheirs() {
    TestEvent event = new TestEvent().mdc("source", "user's");

    assertThat(
            line(
                records(Scope.STDOUT, "metadata.names=docker", "rename=source=origin")
                    .json(NOWHERE)
                    .get(),
                event))
        .containsEntry("origin", "stdout")
        .containsEntry("mdc.origin", "user's");
  }

  @Test
  void objectsThatNestingCallsOtherwise_areCounted() {
    TestEvent event = new TestEvent().kv("user", "v").kv("user.id", 1).kv("a.b", 1).kv("a", 2);
    Meters meters = new Meters();
    Pipeline pipeline =
        new Pipeline(
            records(Scope.ENCODER, "nested=true").json(NOWHERE),
            it -> "",
            new ClosedSink(meters),
            meters);
    pipeline.log(event);
    pipeline.log(new TestEvent().kv("user.id", 1));

    assertThat(meters.snapshot().renamed()).isEqualTo(2);
  }

  @Test
  void people_seeWhatTheSettingsLetThrough() {
    TestEvent event = new TestEvent().message("é".repeat(2_000));
    event.mdc("request", "r").mdc("session", "s").kv("easel", 7).kv("room", 2);
    event.thrown(new IllegalStateException("dry"));
    PrettyEncoding encoding =
        new PrettyEncoding(
            new PrettyFormat(
                ZoneOffset.UTC,
                false,
                Map.of(),
                key -> false,
                "****",
                UnaryOperator.identity(),
                value -> null,
                records(
                        Scope.STDOUT,
                        "mdc.exclude=session",
                        "mdc.prefix=ctx.",
                        "kv.include=easel",
                        "rename=easel=stand",
                        "rename=team=crew",
                        "field=team=art",
                        "field=site=north",
                        "exclude=site",
                        "stackTrace.format=none",
                        "maxEventBytes=1KB")
                    .forPeople()));

    assertThat(encoding.encode(event)).as("whole").isFalse();
    assertThat(encoding.length()).isLessThanOrEqualTo(1_024);
    assertThat(encoding.encode(event.message("opened"))).as("whole").isTrue();
    assertThat(new String(encoding.bytes(), 0, encoding.length(), StandardCharsets.UTF_8))
        .endsWith(" : opened stand=7 ctx.request=r crew=art\n");
  }

  record Login(String user, String password) {}

  @Test
  void people_seeNoSecretOfAnObjectsMembers() {
    Login login = new Login("theo", "hunter2");
    TestEvent event =
        new TestEvent()
            .kv("one", login)
            .kv("list", List.of(login))
            .kv("array", new Object[] {login})
            .kv("maybe", Optional.of(login))
            .kv("map", Map.of("login", login))
            .kv("when", Duration.ofSeconds(5));
    Records records = records(Scope.STDOUT);
    PrettyFormat format =
        new PrettyFormat(
            ZoneOffset.UTC,
            false,
            Map.of(),
            new MaskedNames(records.secrets().names()),
            "****",
            UnaryOperator.identity(),
            records.objectsForPeople(),
            records.forPeople());

    assertThat(format.render(event).text())
        .doesNotContain("hunter2")
        .contains("one={\"user\":\"theo\",\"password\":\"****\"}", "when=PT5S");
  }

  @Test
  void dataset_isThatOfAStaticField() {
    TestEvent event = new TestEvent().kv("event.dataset", "user's");

    assertThat(record(NOWHERE, event, "field=event.dataset=gallery.audit"))
        .containsEntry("event.dataset", "gallery.audit")
        .containsEntry("kv.event.dataset", "user's");
    assertThat(record(NOWHERE, event)).containsEntry("event.dataset", "gallery");
  }

  @Test
  void callerData_isWhereEachSchemaHasIt() {
    TestEvent event = new TestEvent();
    event.caller = new StackTraceElement("gallery.Curator", "open", "Curator.java", 42);
    StringBuilder lines = new StringBuilder();
    for (String schema : List.of("ecs", "logstash", "gelf", "gcp", "otlp")) {
      Encoding encoding =
          records(
                  Scope.ENCODER,
                  "schema=" + schema,
                  "callerData=true",
                  "exclude=process.pid",
                  "exclude=_process_pid")
              .json(NOWHERE)
              .get();
      encoding.encode(event);
      lines.append(new String(encoding.bytes(), 0, encoding.length(), StandardCharsets.UTF_8));
    }
    Written.is(Path.of("src/test/resources/golden/caller.jsonl"), lines.toString());
  }
}
