package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.testkit.ForwardEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two appenders with one name and the same settings, in one process. */
@Timeout(60)
class TwoAppendersTest {
  @Test
  void appendersThatRunSideBySide_shareOnePipelineUntilTheLastStops() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured second = forwarding(endpoint, "TWIN")) {
      try (Configured first = forwarding(endpoint, "TWIN")) {
        first.logger("first").info("1");
        second.logger("second").info("2");
        endpoint.await(2);
        assertThat(endpoint.connections()).isEqualTo(1);
        assertThat(Shiplog.meters().keySet()).contains("TWIN").doesNotContain("TWIN-2");
        assertThat(Account.of("TWIN").accepted()).isEqualTo(2);
      }

      second.logger("second").info("3");
      assertThat(endpoint.await(3).get(2).field("message")).isEqualTo("3");
    }
  }

  @Test
  void appenderThatStops_takesNothingFromOneThatRuns() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured first = forwarding(endpoint, "SURVIVOR")) {
      forwarding(endpoint, "SURVIVOR").close();
      try (Configured third = forwarding(endpoint, "SURVIVOR")) {
        third.logger("third").info("3");
        first.logger("first").info("1");
        endpoint.await(2);
      }

      first.logger("first").info("still there");
      assertThat(endpoint.await(3).get(2).field("message")).isEqualTo("still there");
    }
  }

  /** The name is one test's alone: what the one before started may still drain. */
  private static Configured forwarding(ForwardEndpoint endpoint, String name) {
    return Configured.with(
        "<appender name='%s' class='%s'>".formatted(name, FluentdAppender.class.getName())
            + "<endpoint>%s</endpoint>".formatted(endpoint.address())
            + "<chunk><maxAge>5ms</maxAge></chunk></appender>"
            + "<root><appender-ref ref='%s'/></root>".formatted(name));
  }
}
