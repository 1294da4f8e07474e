package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.testkit.ForwardEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code transport=fluency} without the module that has it. */
@Timeout(60)
class MissingTransportTest {
  @Test
  void builtinTransport_takesItsPlaceAndTheArtifactIsNamed() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured application =
            Configured.withAppender(
                FluentdAppender.class,
                "<endpoint>%s</endpoint><transport>fluency</transport>"
                        .formatted(endpoint.address())
                    + "<chunk><maxAge>5ms</maxAge></chunk>")) {
      application.logger("here").info("arrives all the same");

      assertThat(endpoint.await(1).get(0).field("message")).isEqualTo("arrives all the same");
      assertThat(application.problems(FluentdAppender.class))
          .singleElement()
          .asString()
          .contains("fluentd.transport: fluency, needs dev.shiplog:shiplog-fluency")
          .contains("builtin is used");
    }
  }
}
