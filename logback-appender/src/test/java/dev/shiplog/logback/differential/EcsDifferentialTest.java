package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.logback.EcsEncoder;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.differential.UserFields.Field;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code ecs}, dotted, against Elastic's own encoder for Logback. */
class EcsDifferentialTest {
  private static final long SEED = 20_260_314;
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
              "absent values are left out, never the text null",
              UserFields.ruleBesideTrace(
                  RESERVED::contains, field -> !field.shared() && field.value() == null)),
          new Difference(
              "user fields",
              "what is named like a secret is masked by default",
              UserFields.ruleBesideTrace(
                  RESERVED::contains, field -> !field.shared() && field.masked())),
          new Difference(
              "user fields",
              "key-values are fields, of their own type; there they are left out",
              UserFields.ruleBesideTrace(
                  RESERVED::contains,
                  field -> !field.shared() && !field.masked() && field.source().equals("kv"))),
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
              "@timestamp",
              "nanoseconds, there milliseconds",
              Rules.time("@timestamp", Instant::parse)),
          new Difference(
              "ecs.version",
              "the version this follows, there 1.2.0",
              Rules.set("ecs.version", "8.17.0")),
          new Difference(
              "process.pid",
              "ECS has it, the reference leaves it out",
              Rules.set("process.pid", ProcessHandle.current().pid())),
          new Difference(
              "log.origin.file.name",
              "an unknown file is absent, there it is the text null",
              Rules.absentIfNull(
                  "log.origin.file.name", event -> event.getCallerData()[0].getFileName())),
          new Difference("tags", "all markers, sorted, there the first one's", Rules.tags("tags")),
          new Difference(
              "message",
              "a null message is absent, there it is the text null",
              Rules.absentIfNull("message", ILoggingEvent::getFormattedMessage)),
          new Difference(
              "error.stack_trace",
              "Logback's words for frames in common, the JDK's there",
              Rules.replaced(
                  "error.stack_trace",
                  "\t\\.\\.\\. (\\d+) more\n",
                  "\t... $1 common frames omitted\n")));

  @Test
  void ecs_isWhatElasticsEncoderWritesButForWhatIsListed() {
    EventGenerator generator = new EventGenerator(SEED);
    EcsEncoder reference = new EcsEncoder();
    reference.setServiceName("gallery");
    reference.setServiceNodeName("gallery-1");
    reference.setIncludeMarkers(true);
    reference.setIncludeOrigin(true);
    reference.setContext(generator.context());
    reference.start();
    ShiplogEncoder ours = new ShiplogEncoder();
    ours.setContext(generator.context());
    ours.put("service.name", "gallery");
    ours.put("service.instance", "gallery-1");
    ours.put("metadata.level", "none");
    ours.put("maxEventBytes", "256KB");
    ours.setCallerData("true");
    ours.start();
    new Comparison(
            reference, ours, DIFFERENCES, UserFields.ruleBesideTrace(RESERVED::contains, f -> true))
        .run(SEED, generator);
  }
}
