package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.event.TestEvent;
import dev.shiplog.pipeline.Encoding;
import dev.shiplog.record.Foreign;
import dev.shiplog.status.Status;
import dev.shiplog.testkit.ForwardEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From {@code mask.*} to records: what is right hides secrets, what is wrong lets none out. */
@Timeout(60)
class MaskedRecordsTest {
  private static final String CARD = "4111 1111 1111 1111";

  private static TestEvent event() {
    return new TestEvent()
        .message("paid with " + CARD + " by vincent@example.com")
        .kv("number", 4111111111111111L)
        .kv("pin", "pin-1234");
  }

  private static FileValues file(String... keysAndValues) {
    FileValues file = new FileValues("test");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      file.set(keysAndValues[i], keysAndValues[i + 1]);
    }
    return file;
  }

  private static Settings settings(Scope scope, String... keysAndValues) {
    return Settings.reader(scope).name("MASKED").file(file(keysAndValues)).read();
  }

  private static byte[] forwarded(Settings settings) {
    Encoding encoding =
        Records.of(settings, new Told(), null)
            .messagePack(ThisProcess.current().metadata().current())
            .get();
    encoding.encode(event());
    return Arrays.copyOf(encoding.bytes(), encoding.length());
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void presetsAndPatterns_hideWhatTheyFind(Scope scope) {
    byte[] bytes =
        forwarded(
            settings(
                scope,
                "mask.preset",
                "card",
                "mask.preset",
                "email",
                "mask.pattern",
                "pin-\\d+",
                "mask.replacement",
                "$1"));

    assertThat(Foreign.entry(bytes, bytes.length))
        .containsEntry("message", "paid with $1 by $1")
        .containsEntry("number", "$1")
        .containsEntry("pin", "$1");
  }

  @Test
  void nothing_isHiddenInTextsUnlessThatIsWanted() {
    byte[] bytes = forwarded(settings(Scope.FLUENTD));

    assertThat(Foreign.entry(bytes, bytes.length))
        .containsEntry("message", event().message())
        .containsEntry("pin", "pin-1234");
  }

  @Test
  void encoder_hidesWithoutAPipeline() {
    byte[] bytes =
        Shiplog.encoder(settings(Scope.ENCODER, "mask.preset", "card"), new Told(), null)
            .encode(event());

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .contains("paid with **** by")
        .doesNotContain("4111");
  }

  @ParameterizedTest
  @CsvSource({
    "mask.pattern, pin-(",
    "mask.preset, cards",
    "mask.replacement, ''",
    "mask.paterns, pin-1234"
  })
  void wrongMask_letsNothingOut(String key, String value) {
    Settings wrong = settings(Scope.FLUENTD, key, value, "mask.pattern", "harmless");
    byte[] bytes = forwarded(wrong);

    assertThat(wrong.closed()).isTrue();
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .as("what overflows to stdout, is left when draining, or waits in a spool")
        .contains("****")
        .doesNotContain("paid", "4111", "pin-1234");
    assertThat(
            Shiplog.encoder(settings(Scope.ENCODER, key, value), new Told(), null).encode(event()))
        .isEmpty();
  }

  @Test
  void wrongConnection_leavesRecordsReadable() {
    byte[] bytes = forwarded(settings(Scope.FLUENTD, "tls.enabled", "yes"));

    assertThat(Foreign.entry(bytes, bytes.length)).containsEntry("message", event().message());
  }

  @Test
  void wrongMask_refusesOnStdoutAndSaysSo() {
    Told told = new Told();
    Running running = Shiplog.start(settings(Scope.STDOUT, "mask.pattern", "("), told, null);
    running.log(event());
    long refused = running.meters().snapshot().refused();
    running.stop();

    assertThat(refused).isEqualTo(1);
    assertThat(told.errors)
        .containsExactly(
            "mask.pattern: (, must be a regular expression of java.util.regex (test); nothing is"
                + " sent until this is put right");
  }

  @Test
  void wrongMask_opensNoConnection() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      Settings settings =
          settings(
              Scope.FLUENTD,
              "endpoint",
              endpoint.address(),
              "drainRemainder",
              "drop",
              "drainTimeout",
              "100ms",
              "mask.preset",
              "cards");
      Running running = Shiplog.start(settings, new Told(), null);
      running.log(event());
      running.stop();
      while (Shiplog.meters().keySet().stream().anyMatch(name -> name.startsWith("MASKED"))) {
        LockSupport.parkNanos(1_000_000);
      }

      assertThat(endpoint.connections()).isZero();
    }
  }

  /** What an owner was told. */
  private static final class Told implements Status {
    final List<String> errors = new ArrayList<>();

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message, @Nullable Throwable cause) {}

    @Override
    public void error(String message, @Nullable Throwable cause) {
      errors.add(message);
    }
  }
}
