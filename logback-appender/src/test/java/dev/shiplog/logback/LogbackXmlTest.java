package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.FileAppender;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.shiplog.Shiplog;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogbackXmlTest {
  private static final String CLOSED = "nothing is sent until this is put right";

  @Test
  void stdoutAppender_needsNoSettings() {
    try (Configured configured =
        Configured.with(
            "<appender name=\"STDOUT\" class=\"dev.shiplog.logback.StdoutAppender\"/>"
                + "<root><appender-ref ref='STDOUT'/></root>")) {
      assertThat(configured.problems()).isEmpty();
      assertThat(configured.appender("STDOUT").isStarted()).isTrue();
    }
  }

  @Test
  void fluentdAppender_takesWhatTheDesignShowsAndSaysWhatIsMissingSoFar() {
    try (Configured configured =
        Configured.with(
            """
            <property name="FLUENTD_SHARED_KEY" value="hunter2"/>
            <appender name="FLUENTD" class="dev.shiplog.logback.FluentdAppender">
              <endpoint>127.0.0.1:1</endpoint>
              <tag>gallery.{logger}</tag>
              <schema>ecs</schema>
              <service><name>gallery</name><environment>prod</environment></service>
              <tls><ca>/etc/tls/ca.pem</ca></tls>
              <auth><sharedKey>${FLUENTD_SHARED_KEY}</sharedKey></auth>
              <spool><dir>target/var/spool/shiplog</dir><maxBytes>256MB</maxBytes></spool>
              <drainTimeout>0s</drainTimeout><drainRemainder>drop</drainRemainder>
            </appender>
            <root><appender-ref ref="FLUENTD"/></root>
            """)) {
      assertThat(configured.problems())
          .containsExactlyInAnyOrder(
              "fluentd.tls.ca: /etc/tls/ca.pem, does not exist (logback.xml); " + CLOSED);
      assertThat(configured.appender("FLUENTD").isStarted()).isTrue();
      assertThat(configured.problems(FluentdAppender.class)).hasSize(1);
    }
  }

  @Test
  void fluentdAppender_sendsWhatIsLogged() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured =
            Configured.withAppender(
                FluentdAppender.class,
                "<endpoint>"
                    + endpoint.address()
                    + "</endpoint><tag>gallery.{logger}</tag>"
                    + "<service><name>gallery</name></service>"
                    + "<chunk><maxAge>10ms</maxAge></chunk><field>team=art</field>"
                    + "<exclude>process.pid</exclude><rename>log.logger=logger</rename>")) {
      assertThat(configured.problems()).isEmpty();

      configured.logger("com.acme.Shop").atInfo().addKeyValue("amount", 3).log("sold {}", "it");

      ReceivedEvent event = endpoint.await(1).get(0);
      assertThat(event.tag()).isEqualTo("gallery.com.acme.Shop");
      assertThat(event.fields())
          .containsEntry("message", "sold it")
          .containsEntry("service.name", "gallery")
          .containsEntry("team", "art")
          .containsEntry("logger", "com.acme.Shop")
          .doesNotContainKey("process.pid")
          .doesNotContainKey("log.logger");
    }
  }

  @Test
  void encoder_writesLinesInsideFileAppender(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("app.log");
    try (Configured configured =
        Configured.withAppender(
            FileAppender.class,
            "<file>"
                + file
                + "</file><encoder class='dev.shiplog.logback.ShiplogEncoder'>"
                + "<schema>logstash</schema><nested>true</nested></encoder>")) {
      assertThat(configured.problems()).isEmpty();
      configured.logger("a").info("one");
      configured.logger("a").error("two", new IllegalStateException("broken"));
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    JsonObject second = JsonParser.parseString(lines.get(1)).getAsJsonObject();
    assertThat(second.get("message").getAsString()).isEqualTo("two");
    assertThat(second.get("stack_trace").getAsString())
        .startsWith("java.lang.IllegalStateException: broken");
  }

  @Test
  void encoder_hidesWhatPatternsAndPresetsFind(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("app.log");
    try (Configured configured =
        Configured.withAppender(
            FileAppender.class,
            "<file>"
                + file
                + "</file><encoder class='dev.shiplog.logback.ShiplogEncoder'><mask>"
                + "<pattern>pin-[0-9]{4,6}</pattern><preset>card</preset><preset>email</preset>"
                + "<replacement>$0</replacement></mask></encoder>")) {
      assertThat(configured.problems()).isEmpty();
      configured
          .logger("a")
          .atInfo()
          .addKeyValue("card", 4111111111111111L)
          .setCause(new IllegalStateException("pin-1234", new IOException("a@example.com")))
          .log("{} paid with {}", "vincent@example.com", "4111 1111 1111 1111");
    }

    String line = Files.readString(file);
    assertThat(line).doesNotContain("pin-1234", "@example", "1111");
    JsonObject record = JsonParser.parseString(line).getAsJsonObject();
    assertThat(record.get("message").getAsString()).isEqualTo("$0 paid with $0");
    assertThat(record.get("card").getAsString()).isEqualTo("$0");
    assertThat(record.get("error.message").getAsString()).isEqualTo("$0");
    assertThat(record.get("error.stack_trace").getAsString())
        .contains("IllegalStateException: $0\n", "Caused by: java.io.IOException: $0\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<mask><pattern>[0-9{16}</pattern></mask>", "<mask><kee>iban</kee></mask>"})
  void encoder_writesNothingWhenAMaskIsWrong(String mask, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("app.log");
    try (Configured configured =
        Configured.withAppender(
            FileAppender.class,
            "<file>"
                + file
                + "</file><encoder class='dev.shiplog.logback.ShiplogEncoder'>"
                + mask
                + "</encoder>")) {
      assertThat(configured.problems()).anyMatch(told -> told.contains("nothing is sent until"));
      configured.logger("a").info("4111111111111111");
    }

    assertThat(file).isEmptyFile();
  }

  @Test
  void wrongSettings_areAllToldAtOnceAndTheAppenderRuns() {
    try (Configured configured =
        Configured.withAppender(
            StdoutAppender.class,
            "<nested>ja</nested><via>pipe</via><maxEventBytes>1TB</maxEventBytes>"
                + "<capture><systemOot>true</systemOot></capture><formt>json</formt>")) {
      assertThat(configured.problems(StdoutAppender.class))
          .containsExactlyInAnyOrder(
              "nested: ja, must be true or false (logback.xml); false is used",
              "stdout.via: pipe, must be auto, fd or system-out (logback.xml); auto is used",
              "maxEventBytes: 1TB, must be a size such as 16KB or 1MB, 1KB to 64MB"
                  + " (logback.xml); 16KB is used",
              "capture.systemOot: is no key, stdout.capture.systemOut is the nearest"
                  + " (logback.xml); it is ignored",
              "formt: is no key, stdout.format is the nearest (logback.xml); it is ignored");
      assertThat(configured.appender("A").isStarted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<tls><enabled>TRUE</enabled></tls>",
        "<tls enabled='true'/>",
        "<tls><caa>ca.pem</caa></tls>",
        "<tsl><ca>ca.pem</ca></tsl>",
        "<tls><ca></ca></tls>",
        "<tls><ca>/no/such/file</ca></tls>",
        "<tls><ca>/etc/passwd</ca></tls>",
        "<tls><ca>/</ca></tls>",
        "<tls><cert>/no/such/file</cert></tls>",
        "<tls><cert>/no/such/file</cert><key>/no/such/file</key></tls>",
        "<tls><enabled>false</enabled><ca>/no/such/file</ca></tls>",
        "<auth><sharedKeyFile>/no/such/file</sharedKeyFile></auth>",
        "<auth><sharedKey></sharedKey><username>a</username><password>hunter2</password></auth>",
        "<auth><sharedKey></sharedKey><allowPlaintext>true</allowPlaintext></auth>",
        "<auth><sharedKey>hunter2</sharedKey><username>a</username><password></password></auth>",
        "<auth><sharedKey>hunter2</sharedKey></auth><endpoint>example.org:1</endpoint>",
        "<auth><sharedKey></sharedKey></auth>",
        "<auth><sharedKey>${NO_SUCH_VARIABLE}</sharedKey></auth>",
        "<auth><sharedKey>${NO_SUCH_VARIABLE:-}</sharedKey></auth>",
        "<auth><sharedkey>hunter2</sharedkey></auth>",
        "<mask><paterns>hunter2</paterns></mask>",
      })
  void wrongSecuritySetting_sendsNothing(String element) {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      try (Configured configured =
          Configured.withAppender(
              FluentdAppender.class,
              element
                  + "<endpoint>"
                  + endpoint.address()
                  + "</endpoint><chunk><maxAge>1ms</maxAge></chunk>"
                  + "<drainTimeout>100ms</drainTimeout><drainRemainder>drop</drainRemainder>")) {
        configured.logger("a").info("a secret of the user's");

        assertThat(configured.problems(FluentdAppender.class))
            .anyMatch(problem -> problem.endsWith(CLOSED));
        assertThat(configured.problems().toString()).doesNotContain("hunter2");
      }
      Shiplog.drain(Duration.ofMillis(100));
      assertThat(endpoint.events()).isEmpty();
      assertThat(endpoint.connections()).isZero();
    }
  }

  @Test
  void systemProperty_redirectsTheAppenderOfAFinishedImage() {
    String key = "shiplog.appender.A.endpoint";
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      System.setProperty(key, endpoint.address());
      try (Configured configured =
          Configured.withAppender(
              FluentdAppender.class,
              "<endpoint>127.0.0.1:1</endpoint><chunk><maxAge>1ms</maxAge></chunk>")) {
        configured.logger("a").info("here");
        assertThat(endpoint.await(1)).hasSize(1);
      } finally {
        System.clearProperty(key);
      }
    }
  }
}
