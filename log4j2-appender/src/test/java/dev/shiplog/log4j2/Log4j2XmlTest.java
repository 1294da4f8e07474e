package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.testkit.ForwardEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class Log4j2XmlTest {
  private static final String CLOSED = "nothing is sent until this is put right";

  @Test
  void stdoutAppender_needsNoSettings() {
    try (Configured configured = Configured.withAppenders("<ShiplogStdout name=\"NAME\"/>")) {
      assertThat(configured.told()).isEmpty();
      assertThat(configured.appender()).isInstanceOf(ShiplogStdout.class);
      assertThat(configured.appender().isStarted()).isTrue();
    }
  }

  @Test
  void wrongSettings_areAllToldAtOnceAndTheAppenderRuns() {
    try (Configured configured =
        Configured.withAppender(
            ShiplogStdout.class,
            "nested='ja' via='pipe' maxEventBytes='1TB' formt='json'",
            "<Capture systemOot='true'/><Sevice name='gallery'/><Limits><Dept value='3'/></Limits>"
                + "<PatternLayout/>")) {
      String ignored = "it is ignored";
      assertThat(configured.problems())
          .contains(
              "nested: ja, must be true or false (log4j2); false is used",
              "stdout.via: pipe, must be auto, fd or system-out (log4j2); auto is used",
              "maxEventBytes: 1TB, must be a size such as 16KB or 1MB, 1KB to 64MB"
                  + " (log4j2); 16KB is used",
              "capture.systemOot: is no key, stdout.capture.systemOut is the nearest"
                  + " (log4j2); it is ignored",
              "formt: is no key, stdout.format is the nearest (log4j2); it is ignored")
          .anyMatch(told -> told.startsWith("sevice") && told.endsWith(ignored))
          .anyMatch(told -> told.startsWith("limits.dept: is no key, limits.depth"))
          .anyMatch(told -> told.startsWith("patternLayout") && told.endsWith(ignored))
          .hasSize(8);
      assertThat(configured.appender().isStarted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Tls enabled='TRUE'/>",
        "<Tls/>",
        "<Tls>true</Tls>",
        "<tls>true</tls>",
        "<Tls caa='ca.pem'/>",
        "<Tsl ca='ca.pem'/>",
        "<Tls ca=''/>",
        "<Tls><Caa value='ca.pem'/></Tls>",
        "<Auth sharedKey=''/>",
        "<Auth sharedKey='${NO_SUCH_VARIABLE}'/>",
        "<Auth sharedKey='${env:NO_SUCH_VARIABLE:-}'/>",
        "<Auth sharedkee='hunter2'/>",
        "<Mask paterns='hunter2'/>",
        "<Maks pattern='hunter2'/>",
        "<Mask><Pattern value='['/></Mask>",
        "<Mask><Key value=''/></Mask>",
        "<Mask><Pattern value='['/><Pattern>b</Pattern></Mask>",
        "<Mask><Pattern>a</Pattern><Pattern value='['/></Mask>",
        "<Mask><Patern value='hunter2'/></Mask>",
        "<Property name='mask.pattern'/>",
        "<Property name='mask.patern' value='hunter2'/>",
        "<Property name='tls.ca' value=''/>",
      })
  void wrongSecuritySetting_sendsNothing(String element) {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      try (Configured configured =
          Configured.withAppender(
              ShiplogFluentd.class,
              "endpoint='" + endpoint.address() + "' drainTimeout='100ms' drainRemainder='drop'",
              element + "<Chunk maxAge='1ms'/>")) {
        configured.logger("a").info("a secret of the user's");

        assertThat(configured.problems()).anyMatch(problem -> problem.endsWith(CLOSED));
        assertThat(configured.told().toString()).doesNotContain("hunter2");
      }
      Shiplog.drain(Duration.ofMillis(100));
      assertThat(endpoint.events()).isEmpty();
      assertThat(endpoint.connections()).isZero();
    }
  }

  @Test
  void layoutsThatLookAlike_haveEachTheirOwnSettings(@TempDir Path folder) throws IOException {
    String file =
        "<File name='%s' fileName='%s'><ShiplogLayout>%s</ShiplogLayout></File>"
            + "<Select><SystemPropertyArbiter propertyName='no' propertyValue='such'>"
            + "<Console name='C'><ShiplogLayout><schema>gelf</schema></ShiplogLayout></Console>"
            + "</SystemPropertyArbiter></Select>";
    Path plain = folder.resolve("plain.log");
    Path other = folder.resolve("other.log");
    String xml =
        Configured.xml(
                file.formatted("NAME", plain, "")
                    + file.formatted("OTHER", other, "<schema>logstash</schema><Mdc prefix='m'/>"))
            .replace("<AppenderRef", "<AppenderRef ref='OTHER'/><AppenderRef");
    try (Configured configured = Configured.with(Form.XML, xml)) {
      assertThat(configured.told()).isEmpty();
      configured.logger("a").info("hello");
    }
    assertThat(Files.readString(plain)).contains("\"log.logger\"");
    assertThat(Files.readString(other)).contains("\"logger_name\"");
  }

  @Test
  void secret_isToldByNobodyAtAnyLevel() {
    String file =
        Configured.xml(
            Configured.appender(
                ShiplogFluentd.class,
                "endpoint='127.0.0.1:1' drainTimeout='0s' drainRemainder='drop' unknown='hunter2'",
                "<Auth sharedKey='hunter2' username='u' password='${sys:no:-hunter2}'/>"
                    + "<Tls keyPassword='hunter2'/><Auht sharedKey='hunter2'/>"));
    try (Configured configured = Configured.with(Form.XML, file, Level.TRACE)) {
      assertThat(configured.told()).hasSizeGreaterThan(20);
      assertThat(configured.told().toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void systemProperty_redirectsTheAppenderOfAFinishedImage() {
    String key = "shiplog.fluentd.endpoint";
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      System.setProperty(key, endpoint.address());
      try (Configured configured =
          Configured.withAppender(
              ShiplogFluentd.class, "endpoint='127.0.0.1:1'", "<Chunk maxAge='1ms'/>")) {
        configured.logger("a").info("here");
        assertThat(endpoint.await(1)).hasSize(1);
      } finally {
        System.clearProperty(key);
      }
    }
  }
}
