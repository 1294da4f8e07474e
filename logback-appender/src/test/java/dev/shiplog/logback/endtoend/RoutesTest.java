package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.Meters;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.faults.ReservedPort;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** What a configuration file says of endpoints and of what goes there. */
@Timeout(60)
class RoutesTest {
  private static final String COMMON =
      "<service><name>gallery</name></service><chunk><maxAge>10ms</maxAge></chunk>"
          + "<drainTimeout>1s</drainTimeout><drainRemainder>drop</drainRemainder>";

  private static Configured forwarding(String elements) {
    return Configured.withAppender(FluentdAppender.class, COMMON + elements);
  }

  @Test
  void chunks_goCompressedToTheEndpointThatLives() throws Exception {
    try (ReservedPort dead = new ReservedPort();
        ForwardEndpoint alive = ForwardEndpoint.start();
        Configured application =
            forwarding(
                "<endpoint>%s</endpoint><endpoint>%s</endpoint><compression>gzip</compression>"
                    .formatted(dead.address(), alive.address()))) {
      assertThat(application.problems()).isEmpty();
      application.logger("app").info("{}", "compressible ".repeat(1_000));
      assertThat(alive.await(1).get(0).fields()).containsKey("message");
      assertThat(alive.frames().get(0).mode()).isEqualTo(Frame.Mode.COMPRESSED_PACKED_FORWARD);
      assertThat(alive.bytes()).isLessThan(5_000);
    }
  }

  @Test
  void marker_choosesTheTagWhereARuleSaysSo() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application =
            forwarding(
                ("<endpoint>%s</endpoint><tag>app.{logger}</tag>"
                        + "<tagRule>marker:AUDIT=audit.{service}</tagRule>"
                        + "<tagRule>shop.till=till.{marker}</tagRule>")
                    .formatted(endpoint.address()))) {
      assertThat(application.problems()).isEmpty();
      Marker audit = MarkerFactory.getMarker("AUDIT");
      Marker sale = MarkerFactory.getMarker("SALE");
      application.logger("shop.door").info("plain");
      application.logger("shop.till").info(sale, "by its logger");
      application.logger("shop.till").info(audit, "by its marker");
      application
          .logger("shop.door")
          .atInfo()
          .addMarker(sale)
          .addMarker(audit)
          .log("by one of two");

      endpoint.await(4);
      assertThat(endpoint.events())
          .extracting(event -> event.tag() + " " + event.field("message"))
          .containsExactlyInAnyOrder(
              "app.shop.door plain",
              "till.SALE by its logger",
              "audit.gallery by its marker",
              "audit.gallery by one of two");
    }
  }

  @Test
  void zstd_isReportedWhereItsLibraryIsMissingAndChunksGoUncompressed() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application =
            forwarding(
                "<endpoint>%s</endpoint><compression>zstd</compression>"
                    .formatted(endpoint.address()))) {
      assertThat(application.problems())
          .containsExactly(
              "fluentd.compression: zstd, needs com.github.luben:zstd-jni on the class path"
                  + " (logback.xml); none is used");
      application.logger("app").info("hello");
      endpoint.await(1);
      assertThat(endpoint.frames().get(0).mode()).isEqualTo(Frame.Mode.PACKED_FORWARD);
    }
  }

  @Test
  void eventLargerThanAChunk_arrivesCutAndIsCounted() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application =
            forwarding("<endpoint>%s</endpoint>".formatted(endpoint.address()))) {
      int before = 3 << 20;
      application.logger("app").info("{}", "x".repeat(before));
      ReceivedEvent event = endpoint.await(1).get(0);
      String message = (String) Objects.requireNonNull(event.field("message"));
      assertThat(message.getBytes(StandardCharsets.UTF_8).length).isBetween(200 << 10, 256 << 10);
      assertThat((Long) event.field("event.truncated")).isGreaterThan(before);
      Meters.Snapshot account = Account.settled("A");
      assertThat(account.truncated()).isEqualTo(1);
      assertThat(account.delivered()).isEqualTo(1);
    }
  }

  @Test
  void tag_hidesWhatRecordsHide() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application =
            forwarding(
                "<endpoint>%s</endpoint>".formatted(endpoint.address())
                    + "<tag>app.{mdc:password}.{mdc:pin}.{mdc:iban}.{mdc:room}</tag>"
                    + "<rename>pin=secret</rename><mask><key>iban</key></mask>")) {
      assertThat(application.problems()).isEmpty();
      application
          .context
          .getMDCAdapter()
          .setContextMap(Map.of("password", "hunter2", "pin", "1234", "iban", "DE02", "room", "7"));
      application.logger("app").info("hello");
      ReceivedEvent event = endpoint.await(1).get(0);
      assertThat(event.tag()).isEqualTo("app._._._.7");
      assertThat(event.fields())
          .containsEntry("password", "****")
          .containsEntry("secret", "****")
          .containsEntry("iban", "****");
    }
  }
}
