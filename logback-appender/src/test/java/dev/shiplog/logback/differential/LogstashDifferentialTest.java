package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.differential.UserFields.Field;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import net.logstash.logback.encoder.LogstashEncoder;
import org.junit.jupiter.api.Test;

/** {@code logstash} against the LogstashEncoder of logstash-logback-encoder. */
class LogstashDifferentialTest {
  private static final long SEED = 20_260_315;
  private static final Set<String> RESERVED =
      Set.of("message", "@timestamp", "level", "tags", "stack_trace");

  private static final List<Difference> DIFFERENCES =
      List.of(
          new Difference(
              "user fields",
              "a key that is the schema's or comes twice is renamed, never written twice",
              UserFields.rule(RESERVED::contains, Field::shared)),
          new Difference(
              "user fields",
              "what is named like a secret is masked by default",
              UserFields.rule(RESERVED::contains, field -> !field.shared() && field.masked())),
          new Difference(
              "user fields",
              "a lone surrogate is U+FFFD, there an escaped half",
              UserFields.rule(
                  RESERVED::contains,
                  field -> !field.shared() && TypedJson.isIllFormed(field.value()))),
          new Difference(
              "message",
              "a lone surrogate is U+FFFD, there an escaped half",
              Rules.wellFormed("message", ILoggingEvent::getFormattedMessage)),
          new Difference(
              "thread_name",
              "a lone surrogate is U+FFFD, there an escaped half",
              Rules.wellFormed("thread_name", ILoggingEvent::getThreadName)),
          new Difference("tags", "sorted, and each name once", Rules.tags("tags")),
          new Difference(
              "caller_line_number",
              "an unknown line is absent, there it is negative",
              Rules.absentIfNull(
                  "caller_line_number",
                  event -> event.getCallerData()[0].getLineNumber() < 0 ? null : "known")),
          new Difference(
              "service.name",
              "which application it is, the reference does not know",
              Rules.set("service.name", "gallery")),
          new Difference(
              "stack_trace",
              "a throwable without a message has none, also where it encloses itself",
              Rules.replaced("stack_trace", "(\\[CIRCULAR REFERENCE: [\\w.$]+): null]\n", "$1]\n")),
          new Difference(
              "@timestamp",
              "in UTC with nine decimals, there in the zone of the machine",
              Rules.time("@timestamp", text -> OffsetDateTime.parse(text).toInstant())));

  @Test
  void logstash_isWhatLogstashEncoderWritesButForWhatIsListed() {
    EventGenerator generator = new EventGenerator(SEED);
    LogstashEncoder reference = new LogstashEncoder();
    reference.setIncludeCallerData(true);
    reference.setContext(generator.context());
    reference.start();
    ShiplogEncoder ours = new ShiplogEncoder();
    ours.setContext(generator.context());
    ours.put("schema", "logstash");
    ours.put("service.name", "gallery");
    ours.put("metadata.level", "none");
    ours.put("maxEventBytes", "256KB");
    ours.setCallerData("true");
    ours.start();
    new Comparison(reference, ours, DIFFERENCES, UserFields.rule(RESERVED::contains, f -> true))
        .run(SEED, generator);
  }
}
