package dev.shiplog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
  private static final String FILE = "logback.xml";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          maxTags             | 70000       | must be 1 to 65536
          maxTags             | many        | must be 1 to 65536
          ack                 | TRUE        | must be true or false
          nested              | yes         | must be true or false
          chunk.maxBytes      | 1TB         | must be a size such as 16KB or 1MB, 1KB to 64MB
          chunk.maxBytes      | 9999999999GB| must be a size such as 16KB or 1MB, 1KB to 64MB
          chunk.maxAge        | 5 seconds   | must be a duration such as 500ms, 5s, 1m or PT5S, 1ms to 10m
          chunk.maxAge        | PT          | must be a duration such as 500ms, 5s, 1m or PT5S, 1ms to 10m
          chunk.maxAge        | 0s          | must be a duration such as 500ms, 5s, 1m or PT5S, 1ms to 10m
          balance             | FAILOVER    | must be failover or round-robin
          duplicates          | suffix      | must be prefix
          schema              | esc         | must be ecs, logstash, gcp, gelf, otlp or the full name of a class
          endpoint            | fluentd     | must be host:port, [v6]:port or unix:///path, with a port of 1 to 65535
          endpoint            | fluentd:0   | must be host:port, [v6]:port or unix:///path, with a port of 1 to 65535
          endpoint            | fluentd:70000 | must be host:port, [v6]:port or unix:///path, with a port of 1 to 65535
          endpoint            | ::1:24224   | must be host:port, [v6]:port or unix:///path, with a port of 1 to 65535
          endpoint            | unix://path | must be host:port, [v6]:port or unix:///path, with a port of 1 to 65535
          field               | team        | must be name=value or name=value:type with string, long, double or boolean as the type
          field               | n=x:long    | must be name=value or name=value:type with string, long, double or boolean as the type
          rename              | a=          | must be from=to
          include             | a*b         | must be a field name, with * at its end alone
          overflow            | drop-below:WARN | must be drop-oldest, drop-newest, block:DURATION such as block:2s, or stdout
          overflow            | block       | must be drop-oldest, drop-newest, block:DURATION such as block:2s, or stdout
          tag                 | {host}      | must be text without blanks, with {service}, {logger}, {level}, {marker}, {mdc:key} or {field:name} in it
          tagRule             | acme        | must be logger=template or marker:name=template, the template like that of tag
          rate.perLogger      | 0/s         | must be events/unit such as 100/s, with s, m or h
          spool.sync          | interval:0s | must be none, chunk or interval:DURATION
          stackTrace.format   | json        | must be string, array or none
          """)
  void malformedValue_isReportedWithKeyValueRuleAndSource(String name, String text, String rule) {
    Settings settings = forward(new FileValues(FILE).set(name, text));
    Key<?> key = key(name);

    assertThat(settings.problems()).hasSize(1);
    Problem problem = settings.problems().get(0);
    assertThat(problem.toString())
        .startsWith(key.qualifiedName() + ": " + text + ", " + rule + " (" + FILE + "); ");
    assertThat(settings.isSet(key)).isFalse();
    String fallback = key.fallback(Scope.FLUENTD);
    assertThat(problem.consequence())
        .isEqualTo(fallback == null ? "it is left unset" : fallback + " is used");
  }

  @Test
  void problems_comeAllAtOnce() {
    Settings settings =
        Settings.reader(Scope.FLUENTD)
            .file(new FileValues(FILE).set("ack", "ja").set("maxTags", "-1").set("tga", "x"))
            .environment(Map.of("SHIPLOG_FLUENTD_CHUNK_MAX_AGE", "soon"))
            .properties(Map.of("shiplog.fluentd.overflow", "explode"))
            .read();

    assertThat(settings.problems()).map(Problem::toString).hasSize(5);
    assertThat(settings.problems())
        .map(Problem::source)
        .contains(FILE, "SHIPLOG_FLUENTD_CHUNK_MAX_AGE", "-Dshiplog.fluentd.overflow");
    assertThat(settings.closed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "endpont,fluentd.endpoint",
    "chunk.maxbytes,fluentd.chunk.maxBytes",
    "chunk.max-bytes,fluentd.chunk.maxBytes",
    "shema,schema",
    "stacktrace.maxFrames,stackTrace.maxFrames",
  })
  void unknownKey_isReportedWithTheNearest(String written, String nearest) {
    Settings settings = forward(new FileValues(FILE).set(written, "hunter2"));

    assertThat(settings.problems())
        .map(Problem::toString)
        .containsExactly(
            written + ": is no key, " + nearest + " is the nearest (" + FILE + "); it is ignored");
  }

  @Test
  void unknownVariable_isReportedWithTheNearestAndNotItsValue() {
    Settings settings =
        Settings.reader(Scope.FLUENTD)
            .environment(
                Map.of(
                    "SHIPLOG_FLUENTD_ENDPIONT", "hunter2",
                    "SHIPLOG_FLUENTD_WHATEVER_ELSE", "hunter2",
                    "SHIPLOG_SHEMA", "hunter2"))
            .read();

    assertThat(settings.problems())
        .map(Problem::toString)
        .containsExactlyInAnyOrder(
            "ENDPIONT: is no key, SHIPLOG_FLUENTD_ENDPOINT is the nearest"
                + " (SHIPLOG_FLUENTD_ENDPIONT); it is ignored",
            "WHATEVER_ELSE: is no key (SHIPLOG_FLUENTD_WHATEVER_ELSE); it is ignored",
            "SHEMA: is no key, SHIPLOG_SCHEMA is the nearest (SHIPLOG_SHEMA); it is ignored");
  }

  @ParameterizedTest
  @CsvSource({
    "shiplog.sdtout.format, shiplog.stdout.format",
    "shiplog.fluent.endpoint, shiplog.fluentd.endpoint",
    "shiplog.Fluentd.endpoint, shiplog.fluentd.endpoint",
    "shiplog.fluent.chunk.maxbytes, shiplog.fluentd.chunk.maxBytes",
    "shiplog.apender.AUDIT.tag, shiplog.appender.AUDIT.tag",
    "shiplog.endpoint, shiplog.fluentd.endpoint",
    "shiplog.format, shiplog.stdout.format",
    "shiplog.spool.dri, shiplog.fluentd.spool.dir",
    "shiplog.fluentd.maxTgas, shiplog.fluentd.maxTags",
    "SHIPLOG_SDTOUT_FORMAT, SHIPLOG_STDOUT_FORMAT",
    "SHIPLOG_FLUENT_ENDPOINT, SHIPLOG_FLUENTD_ENDPOINT",
    "SHIPLOG_FLUENT_SPOOL_MAXBYTES, SHIPLOG_FLUENTD_SPOOL_MAX_BYTES",
    "SHIPLOG_ENDPOINT, SHIPLOG_FLUENTD_ENDPOINT",
    "SHIPLOG_MAX_EVENT_BYTE, SHIPLOG_MAX_EVENT_BYTES",
  })
  void nameInTheWrongPlace_isToldOnceWithTheRightOne(String written, String nearest) {
    Settings settings = read(Scope.FLUENTD, "AUDIT", written);

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().get(0).toString())
        .contains(": is no key, " + nearest + " is the nearest (")
        .endsWith("; it is ignored")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shiplog.audit.endpoint",
        "shiplog.audit.maxEventBytes",
        "shiplog.a.endpoint",
        "shiplog.forward.tag",
        "shiplog.fluent.colour",
        "shiplog.stdout.format",
        "SHIPLOG_AUDIT_ENDPOINT",
        "SHIPLOG_A_ENDPOINT",
        "SHIPLOG_FLUENT_BIT_IMAGE",
        "SHIPLOG_APPENDER_OTHER_TAG",
      })
  void nameThatMayBeOfAnother_isNotTold(String written) {
    assertThat(read(Scope.FLUENTD, "AUDIT", written).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shiplog.fluent.tls.ca", "shiplog.tls.ca", "SHIPLOG_FLUENT_AUTH_USERNAME"})
  void securitySettingInTheWrongPlace_closesTheAppenderThatItIsFor(String written) {
    assertThat(read(Scope.FLUENTD, "", written).closed()).isTrue();

    Settings stdout = read(Scope.STDOUT, "", written);
    assertThat(stdout.problems()).hasSize(1);
    assertThat(stdout.closed()).isFalse();
  }

  private static Settings read(Scope scope, String appender, String name) {
    SettingsReader reader = Settings.reader(scope).name(appender);
    Map<String, String> entry = Map.of(name, "hunter2");
    return (name.startsWith("SHIPLOG_") ? reader.environment(entry) : reader.properties(entry))
        .read();
  }

  @Test
  void kubernetesServiceVariables_areNotOurs() {
    Map<String, String> environment =
        Map.of(
            "SHIPLOG_FLUENTD_SERVICE_HOST", "10.0.0.1",
            "SHIPLOG_FLUENTD_SERVICE_PORT", "24224",
            "SHIPLOG_FLUENTD_SERVICE_PORT_FORWARD", "24224",
            "SHIPLOG_FLUENTD_PORT", "tcp://10.0.0.1:24224",
            "SHIPLOG_FLUENTD_PORT_24224_TCP", "tcp://10.0.0.1:24224",
            "SHIPLOG_FLUENTD_PORT_24224_TCP_PROTO", "tcp",
            "SHIPLOG_FLUENTD_PORT_24224_TCP_PORT", "24224",
            "SHIPLOG_FLUENTD_PORT_24224_TCP_ADDR", "10.0.0.1",
            "SHIPLOG_PORT", "tcp://10.0.0.2:80",
            "SHIPLOG_SERVICE_HOST", "10.0.0.2");

    Settings settings = Settings.reader(Scope.FLUENTD).environment(environment).read();

    assertThat(settings).isEqualTo(Settings.defaults(Scope.FLUENTD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tls.enabled",
        "tls.caa",
        "tsl.ca",
        "tls",
        "auth.sharedkey",
        "auth.user",
        "Tls.enabled",
        "mask.pattern",
        "mask.paterns",
        "mask.preset",
        "mask.replacement",
        "mask.key"
      })
  void wrongSecuritySetting_closes(String name) {
    String wrong =
        switch (name) {
          case "mask.key", "mask.replacement" -> "";
          case "mask.pattern" -> "(";
          default -> "TRUE";
        };

    assertThat(forward(new FileValues(FILE).set(name, wrong)).closed()).isTrue();
    assertThat(
            Settings.reader(Scope.FLUENTD)
                .properties(Map.of("shiplog.fluentd." + name, wrong))
                .read()
                .closed())
        .isTrue();
    assertThat(
            Settings.reader(Scope.FLUENTD)
                .environment(Map.of("SHIPLOG_FLUENTD_" + Key.variable(name), wrong))
                .read()
                .closed())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "mask.pattern, (, true",
    "mask.preset, cards, true",
    "mask.key, '', true",
    "mask.paterns, x, true",
    "maskpattern, x, true",
    "msak.pattern, x, true",
    "tls.enabled, yes, false",
    "tsl.ca, x, false",
    "auth.user, x, false",
    "ack, yes, false",
    "maxTagz, x, false",
  })
  void wrongSecuritySetting_leavesMasksUnsureUnlessItIsAboutConnections(
      String name, String text, boolean unsure) {
    assertThat(forward(new FileValues(FILE).set(name, text)).masksUnsurely()).isEqualTo(unsure);
  }

  @Test
  void oneWrongPatternAmongRightOnes_closes() {
    Settings settings =
        forward(new FileValues(FILE).set("mask.pattern", "a").set("mask.pattern", "[b"));

    assertThat(settings.problems())
        .map(Problem::toString)
        .containsExactly(
            "mask.pattern: [b, must be a regular expression of java.util.regex ("
                + FILE
                + "); nothing is sent until this is put right");
    assertThat(settings.closed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls.cert=c                              | fluentd.tls.cert: c, makes no sense without fluentd.tls.key
          tls.key=k                               | fluentd.tls.key: k, makes no sense without fluentd.tls.cert
          tls.keyPassword=hunter2                 | fluentd.tls.keyPassword: makes no sense without fluentd.tls.key
          tls.enabled=false tls.ca=c              | fluentd.tls.enabled: false, contradicts the other tls keys, which turn TLS on
          tls.keyPassword=hunter2 tls.keyPasswordFile=f tls.key=k tls.cert=c | fluentd.tls.keyPassword: stands beside fluentd.tls.keyPasswordFile, which says the same
          auth.sharedKey=hunter2 auth.sharedKeyFile=f | fluentd.auth.sharedKey: stands beside fluentd.auth.sharedKeyFile, which says the same
          auth.username=u                         | fluentd.auth.username: u, makes no sense without fluentd.auth.password or fluentd.auth.passwordFile
          auth.username=u auth.password=hunter2   | fluentd.auth.username: u, makes no sense without fluentd.auth.sharedKey or fluentd.auth.sharedKeyFile
          auth.sharedKey=hunter2 auth.username=u  | fluentd.auth.username: u, makes no sense without fluentd.auth.password or fluentd.auth.passwordFile
          auth.sharedKey=hunter2 auth.password=hunter2 | fluentd.auth.password: makes no sense without fluentd.auth.username
          auth.sharedKey=hunter2 auth.passwordFile=f | fluentd.auth.passwordFile: f, makes no sense without fluentd.auth.username
          auth.selfHostname=me                    | fluentd.auth.selfHostname: me, makes no sense without fluentd.auth.sharedKey or fluentd.auth.sharedKeyFile
          auth.allowPlaintext=true                | fluentd.auth.allowPlaintext: true, makes no sense without fluentd.auth.sharedKey or fluentd.auth.sharedKeyFile
          auth.sharedKey=hunter2 endpoint=fluentd:1 | fluentd.auth.sharedKey: would be used with fluentd:1 in the clear: set tls.ca or tls.enabled, or auth.allowPlaintext=true
          auth.sharedKeyFile=f endpoint=127.evil.com:1 | fluentd.auth.sharedKeyFile: f, would be used with 127.evil.com:1 in the clear: set tls.ca or tls.enabled, or auth.allowPlaintext=true
          """)
  void halfOfASecuritySetting_closes(String written, String told) {
    FileValues file = new FileValues(FILE);
    for (String one : written.split(" ", -1)) {
      file.set(one.split("=", 2)[0], one.split("=", 2)[1]);
    }
    Settings settings = forward(file);

    assertThat(settings.closed()).isTrue();
    assertThat(settings.problems())
        .map(Problem::toString)
        .contains(told + " (" + FILE + "); nothing is sent until this is put right");
    assertThat(settings.problems().toString() + settings.effective() + settings)
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls.enabled=true                        | cannot do tls.*
          tls.ca=c                                | cannot do tls.*
          tls.verifyHostname=true                 | cannot do tls.*
          tls.cert=c tls.key=k                    | cannot do tls.*
          auth.sharedKey=hunter2                  | cannot do auth.*
          auth.sharedKeyFile=f                    | cannot do auth.*
          tls.ca=c auth.sharedKey=hunter2         | cannot do tls.*, auth.*
          compression=gzip                        | cannot do compression
          endpoint=unix:///run/fluent.sock        | cannot do unix:// endpoints
          """)
  void fluency_givesWayToTheBuiltinTransportForWhatItCannotDo(String written, String told) {
    FileValues file = new FileValues(FILE).set("transport", "fluency");
    for (String one : written.split(" ", -1)) {
      file.set(one.split("=", 2)[0], one.split("=", 2)[1]);
    }
    Settings settings = forward(file);

    assertThat(settings.closed()).isFalse();
    assertThat(settings.get(FluentdKeys.TRANSPORT)).isEqualTo(Choice.Transport.BUILTIN);
    assertThat(settings.problems())
        .map(Problem::toString)
        .containsExactly(
            "fluentd.transport: fluency, " + told + " (" + FILE + "); builtin is used");
  }

  @Test
  void fluency_staysWhereNothingIsBeyondIt() {
    Settings settings =
        forward(
            new FileValues(FILE)
                .set("transport", "fluency")
                .set("tls.enabled", "false")
                .set("compression", "none")
                .set("spool.dir", "/spool"));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.get(FluentdKeys.TRANSPORT)).isEqualTo(Choice.Transport.FLUENCY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint=127.0.0.1:1",
        "endpoint=127.7.0.1:1",
        "endpoint=localhost:1",
        "endpoint=[::1]:1",
        "endpoint=[0:0:0:0:0:0:0:1]:1",
        "endpoint=fluentd:1 tls.enabled=true",
        "endpoint=fluentd:1 tls.ca=c",
        "endpoint=fluentd:1 tls.verifyHostname=false",
        "endpoint=fluentd:1 auth.allowPlaintext=true",
        "endpoint=fluentd:1 tls.enabled=false auth.allowPlaintext=true",
      })
  void sharedKey_isUsedOnThisMachineOrOverTlsOrWhereThatIsWanted(String written) {
    FileValues file = new FileValues(FILE).set("auth.sharedKey", "hunter2");
    for (String one : written.split(" ", -1)) {
      file.set(one.split("=", 2)[0], one.split("=", 2)[1]);
    }

    assertThat(forward(file).problems()).isEmpty();
    assertThat(forward(file).usesTls())
        .isEqualTo(written.contains("tls.") && !written.contains("tls.enabled=false"));
  }

  static Stream<Key<?>> secrets() {
    return FluentdKeys.ALL.stream().filter(Key::secret);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void secret_isNeverShown(Key<?> key) {
    for (String value : List.of("hunter2", "", "${hunter2}", "a\nhunter2")) {
      Settings settings =
          forward(new FileValues(FILE).set(key.name(), value).set(key.name(), "hunter2"));

      assertThat(settings.problems()).isNotEmpty();
      assertThat(settings.problems().toString() + settings.effective() + settings)
          .doesNotContain("hunter2");
    }
  }

  @Test
  void credentialsInAnEndpoint_areNotShown() {
    Settings settings =
        forward(new FileValues(FILE).set("endpoint", "tcp://me:hunter2@fluentd:24224"));

    assertThat(settings.problems().toString()).contains("****@fluentd").doesNotContain("hunter2");
  }

  @Test
  void shownValue_isOneShortLine() {
    Settings settings =
        forward(new FileValues(FILE).set("ack", "a\nb\u001b[31m\u2028" + "x".repeat(1000)));

    String text = settings.problems().get(0).toString();
    assertThat(text).hasSizeLessThan(250).doesNotContain("\n", "\u001b", "\u2028");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEY_IS_UNDEFINED", "${KEY}"})
  void undefinedVariable_isNoValue(String left) {
    Settings plain = forward(new FileValues(FILE).set("tag", left));
    Settings security = forward(new FileValues(FILE).set("auth.sharedKey", left));

    assertThat(plain.get(FluentdKeys.TAG)).isEqualTo("{service}");
    assertThat(plain.problems()).hasSize(1);
    assertThat(security.problems()).hasSize(1);
    assertThat(security.problems().get(0).rule()).isEqualTo("names a variable that is not defined");
    assertThat(security.closed()).isTrue();
  }

  @Test
  void keySetTwice_takesTheLastAndSaysSo() {
    Settings settings = forward(new FileValues(FILE).set("maxTags", "1").set("maxTags", "2"));

    assertThat(settings.get(FluentdKeys.MAX_TAGS)).isEqualTo(2);
    assertThat(settings.problems())
        .map(Problem::toString)
        .containsExactly("fluentd.maxTags: is set 2 times (logback.xml); the last counts");
  }

  @Test
  void listWithOneWrongValue_isOnItsDefaultAsTheProblemSays() {
    Settings settings =
        Settings.reader(Scope.FLUENTD)
            .file(new FileValues(FILE).set("exclude", "a").set("exclude", "*b").set("exclude", "c"))
            .properties(Map.of("shiplog.fluentd.endpoint", "a:1,b"))
            .read();

    assertThat(settings.problems())
        .map(Problem::consequence)
        .containsExactly("it is left unset", "127.0.0.1:24224 is used");
    assertThat(settings.all(Keys.EXCLUDE)).isEmpty();
    assertThat(settings.effective())
        .contains(new Settings.Effective("fluentd.endpoint", "127.0.0.1:24224", "default"));
  }

  @ParameterizedTest
  @CsvSource({
    "schema,gelf,,",
    "retry.initial,1m,retry.max,1s",
    "chunk.maxBytes,8MB,buffer.maxBytes,1MB",
    "maxEventBytes,2MB,chunk.maxBytes,1MB",
  })
  void contradiction_isReportedAndNeitherCounts(String one, String a, String other, String b) {
    FileValues file = new FileValues(FILE).set(one, a);
    if (other != null) {
      file.set(other, b);
    }
    Settings settings = forward(file);

    assertThat(settings.problems()).hasSize(other == null ? 1 : 2);
    assertThat(settings.isSet(key(one))).isFalse();
  }

  @Test
  void smallChunk_contradictsNoDefault() {
    FileValues file = new FileValues(FILE).set("chunk.maxBytes", "1KB").set("retry.max", "10ms");

    assertThat(forward(file).problems()).isEmpty();
  }

  @Test
  void endpoints_areTakenInTheOrderGiven() {
    Settings settings =
        forward(
            new FileValues(FILE)
                .set("endpoint", "a:1")
                .set("endpoint", "[::1]:2")
                .set("endpoint", "unix:///run/fluent.sock"));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.all(FluentdKeys.ENDPOINT))
        .containsExactly(
            new Endpoint.Tcp("a", 1),
            new Endpoint.Tcp("::1", 2),
            new Endpoint.Unix("/run/fluent.sock"));
  }

  @Test
  void overflowWithoutAsync_isReportedOnStdout() {
    Settings settings =
        Settings.reader(Scope.STDOUT)
            .file(new FileValues(FILE).set("overflow", "drop-below:WARN"))
            .read();

    assertThat(settings.problems()).hasSize(1);
  }

  private static Settings forward(FileValues file) {
    return Settings.reader(Scope.FLUENTD).file(file).read();
  }

  private static Key<?> key(String name) {
    return Keys.of(Scope.FLUENTD).stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
