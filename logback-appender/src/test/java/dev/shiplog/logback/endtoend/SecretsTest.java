package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.util.StatusPrinter2;
import dev.shiplog.Shiplog;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Handshake;
import dev.shiplog.testkit.TestAuthority;
import dev.shiplog.testkit.faults.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which security fails, with secrets that are marked: nothing that is told, printed or
 * counted has the mark in it, and nothing that was logged leaves.
 */
@Timeout(60)
class SecretsTest {
  private static final String MARK = "marked";
  private static final String KEY = "<sharedKey>marked-key</sharedKey>";
  private static final String USER =
      KEY + "<username>app</username><password>marked-password</password>";

  @TempDir static Path folder;

  @BeforeAll
  static void writeFiles() throws IOException {
    TestAuthority authority = TestAuthority.create();
    Files.writeString(folder.resolve("ca.pem"), authority.pem());
    Files.writeString(folder.resolve("cert.pem"), authority.issue("us").certificatePem());
    Files.writeString(folder.resolve("other.pem"), authority.issue("us").keyPem());
    Files.writeString(
        folder.resolve("broken.pem"),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nbWFya2Vk\n-----END ENCRYPTED PRIVATE KEY-----\n");
    Files.writeString(folder.resolve("secret"), "marked-key-of-a-file\n");
    Files.writeString(folder.resolve("no.pem"), "marked, and no PEM at all");
  }

  private static String tls(String more) {
    return "<tls><ca>" + folder.resolve("ca.pem") + "</ca>" + more + "</tls>";
  }

  private static String keyPair(String key) {
    return "<cert>" + folder + "/cert.pem</cert><key>" + folder + "/" + key + "</key>";
  }

  static Stream<Arguments> failures() {
    Behaviour honest = Behaviour.acknowledging();
    String auth = "<auth>%s</auth>";
    String keyPassword = "<keyPassword>marked-password</keyPassword>";
    return Stream.of(
        Arguments.of(Handshake.likeFluentd("other").then(honest), auth.formatted(KEY)),
        Arguments.of(Handshake.likeFluentBit("other").then(honest), auth.formatted(KEY)),
        Arguments.of(
            Handshake.likeFluentd("marked-key").user("app", "other").then(honest),
            auth.formatted(USER)),
        Arguments.of(Handshake.likeFluentd("marked-key").lying().then(honest), auth.formatted(KEY)),
        Arguments.of(
            Handshake.likeFluentd("marked-key").echoing().then(honest), auth.formatted(USER)),
        Arguments.of(
            Handshake.likeFluentd("other").then(honest),
            auth.formatted("<sharedKeyFile>" + folder + "/secret</sharedKeyFile>")),
        Arguments.of(honest, "<connectTimeout>200ms</connectTimeout>" + auth.formatted(USER)),
        Arguments.of(Faults.closeAtOnce(), auth.formatted(USER)),
        Arguments.of(Faults.garbage(), tls("") + auth.formatted(USER)),
        Arguments.of(honest, tls("<key>/no/such</key>")),
        Arguments.of(honest, tls(keyPair("broken.pem") + keyPassword)),
        Arguments.of(honest, tls(keyPair("broken.pem"))),
        Arguments.of(honest, tls(keyPair("other.pem") + keyPassword)),
        Arguments.of(honest, tls(keyPair("no.pem") + keyPassword)),
        Arguments.of(
            honest, tls(keyPair("other.pem") + "<keyPasswordFile>/no/such</keyPasswordFile>")),
        Arguments.of(honest, "<tls><ca>" + folder + "/no.pem</ca></tls>"),
        Arguments.of(
            honest, auth.formatted(KEY + "<sharedKeyFile>" + folder + "/secret</sharedKeyFile>")),
        Arguments.of(honest, auth.formatted(KEY + KEY)),
        Arguments.of(honest, auth.formatted(KEY + "<password>marked-password</password>")),
        Arguments.of(honest, auth.formatted("<password>marked-password</password>")),
        Arguments.of(honest, auth.formatted("<sharedKey>${NO_SUCH_VARIABLE}</sharedKey>")),
        Arguments.of(honest, auth.formatted("<sharedKy>marked</sharedKy>")),
        Arguments.of(honest, auth.formatted("<sharedKey></sharedKey>")),
        Arguments.of(honest, "<endpoint>10.0.0.1:1</endpoint>" + auth.formatted(KEY)));
  }

  @ParameterizedTest(name = "{index} {1}")
  @MethodSource("failures")
  void failure_isToldWithoutTheSecretsAndNothingLeaves(Behaviour behaviour, String elements) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(behaviour).start()) {
      try (Configured application =
          Configured.withAppender(
              FluentdAppender.class,
              elements
                  + "<endpoint>"
                  + endpoint.address()
                  + "</endpoint><chunk><maxAge>1ms</maxAge></chunk>"
                  + "<drainTimeout>0s</drainTimeout><drainRemainder>drop</drainRemainder>")) {
        application.logger("a").info("not for everybody");
        Await.until(
            "a problem to be told", () -> !application.problems(FluentdAppender.class).isEmpty());
        StatusPrinter2 printer = new StatusPrinter2();
        printer.setPrintStream(new PrintStream(printed, true, StandardCharsets.UTF_8));
        printer.print(application.context);
        assertThat(Shiplog.meters().toString()).doesNotContain(MARK);
      }
      String told = printed.toString(StandardCharsets.UTF_8);
      assertThat(told).contains("FluentdAppender[A] - ").doesNotContain(MARK);
      assertThat(endpoint.events()).isEmpty();
    }
  }
}
