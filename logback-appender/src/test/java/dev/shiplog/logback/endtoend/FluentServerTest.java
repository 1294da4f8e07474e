package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.shiplog.Shiplog;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.testkit.TestAuthority;
import dev.shiplog.testkit.TestIdentity;
import dev.shiplog.testkit.foreign.FluentServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that FluentServer can ask of a client, in every combination. */
@Timeout(180)
class FluentServerTest {
  private static final int EVENTS = 25;

  @TempDir static Path folder;
  private static TestAuthority authority;
  private static TestIdentity server;

  /** How the connection is secured. */
  enum Tls {
    NONE,
    SERVER,
    MUTUAL
  }

  /** What is proven in the handshake. */
  enum Auth {
    NONE,
    SHARED_KEY,
    USER
  }

  /** One combination; each component is one dimension. */
  record Combination(boolean ack, boolean gzip, Tls tls, Auth auth) {
    static Stream<Combination> all() {
      List<Combination> all = new ArrayList<>();
      for (boolean ack : new boolean[] {true, false}) {
        for (boolean gzip : new boolean[] {false, true}) {
          for (Tls tls : Tls.values()) {
            for (Auth auth : Auth.values()) {
              all.add(new Combination(ack, gzip, tls, auth));
            }
          }
        }
      }
      return all.stream();
    }

    /** FluentServer's options. */
    Map<String, Object> options() {
      Map<String, Object> options = new TreeMap<>();
      if (tls != Tls.NONE) {
        Map<String, Object> tlsOptions = new TreeMap<>();
        tlsOptions.put("cert", server.certificatePem());
        tlsOptions.put("key", server.keyPem());
        tlsOptions.put("ca", authority.pem());
        tlsOptions.put("requestCert", tls == Tls.MUTUAL);
        options.put("tlsOptions", tlsOptions);
      }
      if (auth != Auth.NONE) {
        options.put(
            "security",
            Map.of(
                "serverHostname",
                "server",
                "sharedKey",
                "k\u00e9y",
                "authorize",
                auth == Auth.USER,
                "userDict",
                Map.of("app", "w\u00f6rd")));
      }
      return options;
    }

    /** Our elements. */
    String elements() {
      return "<ack>"
          + ack
          + "</ack>"
          + (gzip ? "<compression>gzip</compression>" : "")
          + switch (tls) {
            case NONE -> "";
            case SERVER -> "<tls><ca>" + folder + "/ca.pem</ca></tls>";
            case MUTUAL ->
                "<tls><ca>%1$s/ca.pem</ca><cert>%1$s/cert.pem</cert><key>%1$s/key.pem</key></tls>"
                    .formatted(folder);
          }
          + switch (auth) {
            case NONE -> "";
            case SHARED_KEY ->
                "<auth><selfHostname>us</selfHostname><sharedKey>k\u00e9y</sharedKey></auth>";
            case USER ->
                "<auth><selfHostname>us</selfHostname><sharedKey>k\u00e9y</sharedKey>"
                    + "<username>app</username><password>w\u00f6rd</password></auth>";
          };
    }
  }

  @BeforeAll
  static void makeIdentities() throws IOException {
    authority = TestAuthority.create();
    server = authority.issue("127.0.0.1");
    TestIdentity own = authority.issue("us");
    Files.writeString(folder.resolve("ca.pem"), authority.pem());
    Files.writeString(folder.resolve("cert.pem"), own.certificatePem());
    Files.writeString(folder.resolve("key.pem"), own.keyPem());
  }

  @ParameterizedTest
  @MethodSource("dev.shiplog.logback.endtoend.FluentServerTest$Combination#all")
  void events_arriveAsTheyWereLogged(Combination combination) throws Exception {
    JsonMapper json = new JsonMapper();
    try (FluentServerProcess process =
            FluentServerProcess.start(json.writeValueAsString(combination.options()));
        Configured application =
            Configured.withAppender(
                FluentdAppender.class,
                combination.elements()
                    + "<tag>app</tag><chunk><maxAge>10ms</maxAge></chunk><endpoint>"
                    + process.address()
                    + "</endpoint>")) {
      for (int n = 0; n < EVENTS; n++) {
        application.logger("a").atInfo().addKeyValue("n", n).log("event {} \u20ac", n);
      }
      List<String> lines = process.await(EVENTS);
      Shiplog.drain(Duration.ofSeconds(10));

      for (int n = 0; n < EVENTS; n++) {
        Map<?, ?> event = json.readValue(lines.get(n), Map.class);
        assertThat(event.get("tag")).isEqualTo("app");
        assertThat((Map<?, ?>) event.get("record"))
            .extracting("n", "message")
            .containsExactly(n, "event " + n + " \u20ac");
      }
      assertThat(lines).hasSize(EVENTS);
      assertThat(application.problems()).isEmpty();
    }
  }
}
