package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.differential.UserFields.Field;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** {@code ecs}, nested, against Spring Boot's structured logging. */
class SpringEcsDifferentialTest {
  private static final long SEED = 20_260_316;
  private static final Set<String> RESERVED =
      Set.of("message", "@timestamp", "log.level", "tags", "error.message");

  private static final List<Difference> DIFFERENCES =
      List.of(
          new Difference(
              "trace.id",
              "ECS has names for a trace and its span; there they are the MDC's",
              Rules.ecsTrace()),
          new Difference(
              "user fields",
              "a key that is the schema's or comes twice is renamed, never written twice",
              UserFields.ruleBesideTrace(RESERVED::contains, Field::shared)),
          new Difference(
              "user fields",
              "what is named like a secret is masked by default",
              UserFields.ruleBesideTrace(
                  RESERVED::contains, field -> !field.shared() && field.masked())),
          new Difference(
              "user fields",
              "absent values are left out, never null",
              UserFields.ruleBesideTrace(
                  RESERVED::contains, field -> !field.shared() && field.value() == null)),
          new Difference(
              "user fields",
              "a number that JSON has not is a text, there the record is not JSON",
              UserFields.ruleBesideTrace(
                  RESERVED::contains,
                  field -> !field.shared() && TypedJson.isNotFinite(field.value()))),
          new Difference(
              "user fields",
              "a lone surrogate is U+FFFD, there a question mark",
              UserFields.ruleBesideTrace(
                  RESERVED::contains,
                  field -> !field.shared() && TypedJson.isIllFormed(field.value()))),
          new Difference(
              "message",
              "a lone surrogate is U+FFFD, there a question mark",
              Rules.wellFormed("message", ILoggingEvent::getFormattedMessage)),
          new Difference(
              "process.thread.name",
              "a lone surrogate is U+FFFD, there a question mark",
              Rules.wellFormed("process.thread.name", ILoggingEvent::getThreadName)),
          new Difference(
              "message",
              "a null message is absent, there it is null",
              Rules.absentIfNull("message", ILoggingEvent::getFormattedMessage)),
          new Difference(
              "error.message",
              "an absent message is left out, there it is null",
              Rules.absentIfNull(
                  "error.message",
                  event ->
                      event.getThrowableProxy() == null
                          ? null
                          : event.getThrowableProxy().getMessage())),
          new Difference(
              "ecs.version",
              "the version this follows, there 8.11",
              Rules.set("ecs.version", "8.17.0")),
          new Difference(
              "event.dataset",
              "ECS has it and Elastic's own encoder writes it, Boot leaves it out",
              Rules.set("event.dataset", "gallery")),
          new Difference(
              "error.stack_trace",
              "a throwable without a message has none, also where it encloses itself",
              Rules.replaced(
                  "error.stack_trace", "(\\[CIRCULAR REFERENCE: [\\w.$]+): null]\n", "$1]\n")),
          new Difference(
              "@timestamp",
              "nine decimals, there as many as it takes",
              Rules.time("@timestamp", Instant::parse)));

  @Test
  void nestedEcs_isWhatSpringBootWritesButForWhatIsListed() {
    EventGenerator generator = new EventGenerator(SEED);
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "logging.structured.ecs.service.name", "gallery",
                    "logging.structured.ecs.service.version", "1.2",
                    "logging.structured.ecs.service.environment", "prod",
                    "logging.structured.ecs.service.node-name", "gallery-1",
                    "spring.application.pid", ProcessHandle.current().pid())));
    generator.context().putObject(Environment.class.getName(), environment);
    StructuredLogEncoder reference = new StructuredLogEncoder();
    reference.setFormat("ecs");
    reference.setContext(generator.context());
    reference.start();
    ShiplogEncoder ours = new ShiplogEncoder();
    ours.setContext(generator.context());
    ours.put("nested", "true");
    ours.put("service.name", "gallery");
    ours.put("service.version", "1.2");
    ours.put("service.environment", "prod");
    ours.put("service.instance", "gallery-1");
    ours.put("metadata.level", "none");
    ours.put("maxEventBytes", "256KB");
    ours.start();
    new Comparison(
            reference, ours, DIFFERENCES, UserFields.ruleBesideTrace(RESERVED::contains, f -> true))
        .run(SEED, generator);
  }
}
