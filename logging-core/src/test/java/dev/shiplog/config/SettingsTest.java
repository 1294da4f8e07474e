package dev.shiplog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
  private static final List<String> BUILT_IN = List.of("password", "token");

  private static final String FILE = "logback.xml";

  static Stream<Arguments> everyKey() {
    return Stream.of(Scope.values())
        .flatMap(scope -> Keys.of(scope).stream().map(key -> Arguments.of(scope, key)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyKey")
  void key_takesItsValueFromFile(Scope scope, Key<?> key) {
    Settings settings = complete(scope, key).read();
    check(key, settings, FILE);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyKey")
  void key_takesItsValueFromProperty(Scope scope, Key<?> key) {
    String name = "shiplog." + scope.word() + "." + key.name();
    Settings settings =
        companions(scope, key).properties(Map.of(name, KeySamples.valid(key))).read();
    check(key, settings, "-D" + name);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyKey")
  void key_takesItsValueFromEnvironment(Scope scope, Key<?> key) {
    String name = "SHIPLOG_" + scope.name() + "_" + Key.variable(key.name());
    Settings settings =
        companions(scope, key).environment(Map.of(name, KeySamples.valid(key))).read();
    check(key, settings, name);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyKey")
  void key_hasValidDefaultAndSentence(Scope scope, Key<?> key) {
    String fallback = key.fallback(scope);
    if (fallback != null) {
      assertThat(key.type().parser().parse(fallback)).as(fallback).isNotNull();
    }
    assertThat(key.sentence()).endsWith(".").matches("[A-Z].{8,}");
    assertThat(key.type().rule()).startsWith("must ");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyKey")
  void emptyValue_isReportedForEveryKeyWithoutItsValueTakingEffect(Scope scope, Key<?> key) {
    Settings settings =
        Settings.reader(scope).file(new FileValues(FILE).set(key.name(), "")).read();

    assertThat(settings.isSet(key)).isFalse();
    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.closed()).isEqualTo(key.security());
  }

  @Test
  void variables_areUnambiguousWithinEachScope() {
    for (Scope scope : Scope.values()) {
      List<Key<?>> keys = Keys.of(scope);
      assertThat(keys.stream().map(Key::name)).doesNotHaveDuplicates();
      assertThat(keys.stream().map(Key::variable)).doesNotHaveDuplicates();
    }
  }

  @Test
  void property_beatsEnvironmentAndEnvironmentBeatsFile() {
    FileValues file =
        new FileValues(FILE).set("maxTags", "1").set("tag", "file").set("ack", "false");
    Settings settings =
        Settings.reader(Scope.FLUENTD)
            .file(file)
            .environment(Map.of("SHIPLOG_FLUENTD_MAX_TAGS", "2", "SHIPLOG_FLUENTD_TAG", "env"))
            .properties(Map.of("shiplog.fluentd.maxTags", "3"))
            .read();

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.get(FluentdKeys.MAX_TAGS)).isEqualTo(3);
    assertThat(settings.source(FluentdKeys.MAX_TAGS)).isEqualTo("-Dshiplog.fluentd.maxTags");
    assertThat(settings.get(FluentdKeys.TAG)).isEqualTo("env");
    assertThat(settings.source(FluentdKeys.TAG)).isEqualTo("SHIPLOG_FLUENTD_TAG");
    assertThat(settings.get(FluentdKeys.ACK)).isFalse();
    assertThat(settings.source(FluentdKeys.ACK)).isEqualTo(FILE);
    assertThat(settings.source(FluentdKeys.BALANCE)).isEqualTo("default");
  }

  @Test
  void namespace_isTheMoreTellingTheMoreSpecificItIs() {
    Map<String, String> environment =
        Map.of(
            "SHIPLOG_SCHEMA", "logstash",
            "SHIPLOG_NESTED", "true",
            "SHIPLOG_SERVICE_NAME", "all",
            "SHIPLOG_FLUENTD_SERVICE_NAME", "forward",
            "SHIPLOG_FLUENTD_SCHEMA", "ecs",
            "SHIPLOG_APPENDER_AUDIT_LOG_SERVICE_NAME", "one");
    SettingsReader reader = Settings.reader(Scope.FLUENTD).environment(environment);

    Settings one = reader.name("audit-log").read();
    Settings another = reader.name("OTHER").read();

    assertThat(one.get(Keys.SERVICE_NAME)).isEqualTo("one");
    assertThat(another.get(Keys.SERVICE_NAME)).isEqualTo("forward");
    assertThat(one.get(Keys.SCHEMA)).isEqualTo("ecs");
    assertThat(one.get(Keys.NESTED)).isTrue();
    assertThat(one.problems()).isEmpty();
    assertThat(another.problems()).isEmpty();
  }

  @Test
  void commonNamespace_hasSharedKeysAlone() {
    Settings settings =
        Settings.reader(Scope.FLUENTD).properties(Map.of("shiplog.maxTags", "3")).read();

    assertThat(settings.get(FluentdKeys.MAX_TAGS)).isEqualTo(256);
    assertThat(settings.problems()).hasSize(1);
  }

  @Test
  void prefix_replacesTheNamespace() {
    FileValues file = new FileValues(FILE).set("prefix", "shiplog.audit");
    Map<String, String> properties =
        Map.of(
            "shiplog.audit.tag", "audit", "shiplog.fluentd.tag", "other", "shiplog.nested", "true");
    Map<String, String> environment = Map.of("SHIPLOG_AUDIT_MAX_TAGS", "7");

    Settings settings =
        Settings.reader(Scope.FLUENTD)
            .file(file)
            .properties(properties)
            .environment(environment)
            .read();
    Settings neighbour =
        Settings.reader(Scope.FLUENTD).properties(properties).environment(environment).read();

    assertThat(settings.get(FluentdKeys.TAG)).isEqualTo("audit");
    assertThat(settings.get(FluentdKeys.MAX_TAGS)).isEqualTo(7);
    assertThat(settings.get(Keys.NESTED)).isTrue();
    assertThat(settings.problems()).isEmpty();
    assertThat(neighbour.get(FluentdKeys.TAG)).isEqualTo("other");
    assertThat(neighbour.problems()).isEmpty();
  }

  @Test
  void repeatableKey_takesIndexesCommasAndRepetition() {
    assertThat(
            Settings.reader(Scope.ENCODER)
                .file(new FileValues(FILE).set("exclude", "b").set("exclude", "a,c"))
                .read()
                .all(Keys.EXCLUDE))
        .containsExactly("b", "a,c");
    assertThat(
            Settings.reader(Scope.ENCODER)
                .environment(Map.of("SHIPLOG_EXCLUDE", "b, a"))
                .read()
                .all(Keys.EXCLUDE))
        .containsExactly("b", "a");
    assertThat(
            Settings.reader(Scope.ENCODER)
                .environment(
                    Map.of(
                        "SHIPLOG_EXCLUDE_10",
                        "c",
                        "SHIPLOG_EXCLUDE_0",
                        "b",
                        "SHIPLOG_EXCLUDE_1",
                        "a"))
                .read()
                .all(Keys.EXCLUDE))
        .containsExactly("b", "a", "c");
    assertThat(
            Settings.reader(Scope.ENCODER)
                .properties(Map.of("shiplog.exclude[1]", "a", "shiplog.exclude.0", "b"))
                .read()
                .all(Keys.EXCLUDE))
        .containsExactly("b", "a");
  }

  @Test
  void pattern_keepsItsCommas() {
    assertThat(Keys.MASK_PATTERN.repeatable()).isTrue();
    assertThat(Keys.MASK_PATTERN.commas()).isFalse();
  }

  @Test
  void maskPresets_areAListThatIsEmptyUnlessSet() {
    assertThat(Settings.defaults(Scope.STDOUT).all(Keys.MASK_PRESET)).isEmpty();
    assertThat(
            Settings.reader(Scope.STDOUT)
                .environment(
                    Map.of(
                        "SHIPLOG_MASK_PRESET", "bearer, aws,card,email",
                        "SHIPLOG_MASK_PATTERN", "a{1,2}"))
                .read())
        .satisfies(
            settings -> {
              assertThat(settings.problems()).isEmpty();
              assertThat(settings.all(Keys.MASK_PRESET))
                  .containsExactly(Choice.MaskPreset.values());
              assertThat(settings.all(Keys.MASK_PATTERN)).containsExactly("a{1,2}");
            });
  }

  @Test
  void higherSource_replacesAWholeList() {
    Settings settings =
        Settings.reader(Scope.STDOUT)
            .file(new FileValues(FILE).set("exclude", "a").set("exclude", "b"))
            .properties(Map.of("shiplog.stdout.exclude", "c"))
            .read();

    assertThat(settings.all(Keys.EXCLUDE)).containsExactly("c");
  }

  @Test
  void emptyVariable_meansNotSetExceptForSecurity() {
    Settings settings =
        Settings.reader(Scope.FLUENTD)
            .file(new FileValues(FILE).set("tag", "file"))
            .environment(Map.of("SHIPLOG_FLUENTD_TAG", ""))
            .read();
    Settings closed =
        Settings.reader(Scope.FLUENTD)
            .environment(Map.of("SHIPLOG_FLUENTD_AUTH_SHARED_KEY", ""))
            .read();

    assertThat(settings.get(FluentdKeys.TAG)).isEqualTo("file");
    assertThat(settings.problems()).isEmpty();
    assertThat(closed.closed()).isTrue();
  }

  @Test
  void className_isTakenFromFilesAlone() {
    String className = "com.acme.AcmeSchema";
    Settings file =
        Settings.reader(Scope.STDOUT).file(new FileValues(FILE).set("schema", className)).read();
    Settings environment =
        Settings.reader(Scope.STDOUT).environment(Map.of("SHIPLOG_SCHEMA", className)).read();
    Settings property =
        Settings.reader(Scope.STDOUT).properties(Map.of("shiplog.schema", className)).read();

    assertThat(file.get(Keys.SCHEMA)).isEqualTo(className);
    assertThat(environment.get(Keys.SCHEMA)).isEqualTo("ecs");
    assertThat(property.get(Keys.SCHEMA)).isEqualTo("ecs");
    assertThat(environment.problems()).hasSize(1);
    assertThat(property.problems()).hasSize(1);
  }

  @Test
  void default_dependsOnScopeWhereTheTableSaysSo() {
    assertThat(Settings.defaults(Scope.STDOUT).get(Keys.MAX_EVENT_BYTES)).isEqualTo(16 * 1024);
    assertThat(Settings.defaults(Scope.ENCODER).get(Keys.MAX_EVENT_BYTES)).isEqualTo(16 * 1024);
    assertThat(Settings.defaults(Scope.FLUENTD).get(Keys.MAX_EVENT_BYTES)).isEqualTo(256 * 1024);
    assertThat(Settings.defaults(Scope.FLUENTD).get(Keys.METADATA_LEVEL))
        .isEqualTo(Choice.MetadataLevel.FULL);
    assertThat(Settings.defaults(Scope.FLUENTD).get(FluentdKeys.ACK_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void get_refusesKeyWithoutValue() {
    Settings settings = Settings.defaults(Scope.STDOUT);

    assertThat(settings.find(Keys.SERVICE_NAME)).isEmpty();
    assertThatThrownBy(() -> settings.get(Keys.SERVICE_NAME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("service.name");
  }

  @Test
  void settings_areEqualIfTheSameWasSet() {
    FileValues file = new FileValues(FILE).set("tag", "a").set("field", "a=1:long");
    SettingsReader reader = Settings.reader(Scope.FLUENTD).name("A").file(file);

    assertThat(reader.read()).isEqualTo(reader.read()).hasSameHashCodeAs(reader.read());
    assertThat(reader.read()).isNotEqualTo(reader.name("B").read());
    file.set("maxTags", "2");
    assertThat(reader.name("A").read()).isNotEqualTo(Settings.reader(Scope.FLUENTD).read());
  }

  @Test
  void settings_areNotEqualIfTheirBundlesHaveOtherMaterial() {
    assertThat(withBundle("old")).isEqualTo(withBundle("old"));
    assertThat(withBundle("old")).isNotEqualTo(withBundle("new"));
    assertThat(withBundle("old")).isNotEqualTo(Settings.defaults(Scope.FLUENTD));
  }

  private static Settings withBundle(String digest) {
    TlsBundle bundle = new TlsBundle(List.of(), List.of(), digest);
    return new Settings(Scope.FLUENTD, "", Map.of(), List.of(), bundle);
  }

  @Test
  void effective_listsEverySettingWithItsSourceAndNoSecret() {
    Settings settings =
        Settings.reader(Scope.FLUENTD)
            .file(new FileValues(FILE).set("tag", "a").set("auth.password", "hunter2"))
            .read();

    assertThat(settings.effective())
        .contains(
            new Settings.Effective("fluentd.tag", "a", FILE),
            new Settings.Effective("maxEventBytes", "256KB", "default"))
        .noneMatch(effective -> effective.toString().contains("hunter2"));
  }

  @Test
  void maskedNames_addToTheBuiltInOnesUnlessNoneIsAmongThem() {
    SettingsReader reader = Settings.reader(Scope.STDOUT);

    assertThat(MaskedNames.of(reader.read(), BUILT_IN)).isEqualTo(BUILT_IN);
    assertThat(
            MaskedNames.of(reader.environment(Map.of("SHIPLOG_MASK_KEY", "iban")).read(), BUILT_IN))
        .contains("password", "iban");
    assertThat(
            MaskedNames.of(
                reader.environment(Map.of("SHIPLOG_MASK_KEY", "none,iban")).read(), BUILT_IN))
        .containsExactly("iban");
  }

  /** The key in a file, with what it makes no sense without. */
  private static SettingsReader complete(Scope scope, Key<?> key) {
    FileValues file = new FileValues(FILE).set(key.name(), KeySamples.valid(key));
    return Settings.reader(scope).file(withCompanions(file, scope, key));
  }

  private static SettingsReader companions(Scope scope, Key<?> key) {
    return Settings.reader(scope).file(withCompanions(new FileValues(FILE), scope, key));
  }

  private static FileValues withCompanions(FileValues file, Scope scope, Key<?> key) {
    KeySamples.companions(key, scope).forEach(one -> file.set(one.name(), KeySamples.valid(one)));
    return file;
  }

  private static void check(Key<?> key, Settings settings, String source) {
    boolean taken = FILE.equals(source) || !key.equals(Keys.PREFIX);
    if (taken && KeySamples.supported(key) && !KeySamples.needsFramework(key)) {
      assertThat(settings.problems()).isEmpty();
      assertThat(settings.isSet(key)).isTrue();
      assertThat(settings.source(key)).isEqualTo(source);
      assertThat(settings.all(key)).hasSize(1);
    } else {
      assertThat(settings.isSet(key)).isFalse();
      assertThat(settings.problems()).hasSize(1);
      Problem problem = settings.problems().get(0);
      assertThat(problem.key()).isEqualTo(key.qualifiedName());
      assertThat(problem.source()).isEqualTo(source);
      assertThat(problem.rule())
          .startsWith(
              KeySamples.needsFramework(key)
                  ? "needs a framework that has bundles"
                  : taken
                      ? "is not supported yet by this version"
                      : "is taken from configuration files alone");
      assertThat(problem.closes()).isEqualTo(key.security());
      assertThat(settings.closed()).isEqualTo(key.security());
    }
  }
}
