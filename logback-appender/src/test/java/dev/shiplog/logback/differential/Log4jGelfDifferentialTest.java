package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.differential.UserFields.Field;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** {@code gelf} against Log4j's JsonTemplateLayout with its GelfLayout.json. */
class Log4jGelfDifferentialTest {
  private static final long SEED = 20_260_319;

  private static Difference.Rule fields(Predicate<Field> which) {
    return UserFields.rule(GelfRules.RESERVED::contains, which, GelfRules::name, key -> "_" + key);
  }

  private static List<Difference> differences(String host) {
    return List.of(
        new Difference(
            "user fields",
            "a key that is the schema's or comes twice is renamed, never written twice",
            fields(Field::shared)),
        new Difference(
            "user fields",
            "absent values are left out, never the text null",
            fields(field -> !field.shared() && field.value() == null)),
        new Difference(
            "user fields",
            "names are what GELF allows, there they are as users write them",
            fields(
                field ->
                    !field.shared() && !GelfRules.name(field.key()).equals("_" + field.key()))),
        new Difference(
            "user fields",
            "what is named like a secret is masked by default",
            fields(field -> !field.shared() && field.masked())),
        new Difference(
            "user fields",
            "key-values are fields; Log4j's events have none",
            fields(field -> !field.shared() && field.source().equals("kv"))),
        new Difference(
            "user fields",
            "a lone surrogate is U+FFFD, there a question mark",
            fields(
                field ->
                    !field.shared() && TypedJson.isIllFormed(field.value()) && !field.masked())),
        new Difference("user fields", "a boolean is its word", GelfRules::words),
        new Difference(
            "host", "the machine's name as this container has it", Rules.set("host", host)),
        new Difference(
            "short_message", "the first line, there all of the message", GelfRules::shortMessage),
        new Difference(
            "full_message",
            "message and trace, there the trace alone",
            GelfRules.fullMessage("full_message")),
        new Difference(
            "_thread",
            "a lone surrogate is U+FFFD, there a question mark",
            Rules.wellFormed("_thread", ILoggingEvent::getThreadName)),
        new Difference(
            "_level_name",
            "the severity's name, as Spring Boot has it",
            (sample, expected) -> expected.put("_level_name", sample.event().getLevel().levelStr)),
        new Difference(
            "_process_pid",
            "which process it is, as Spring Boot has it",
            Rules.set("_process_pid", ProcessHandle.current().pid())),
        new Difference(
            "_service_name",
            "which application it is, the reference does not know",
            Rules.set("_service_name", "gallery")),
        new Difference(
            "_service_version",
            "which application it is, as Spring Boot has it",
            Rules.set("_service_version", "1.2")),
        new Difference(
            "_service_instance",
            "which application it is, the reference does not know",
            Rules.set("_service_instance", "gallery-1")),
        new Difference(
            "_exception_type",
            "what was thrown can be searched, there it is part of the trace",
            GelfRules::thrown),
        new Difference("_tags", "all markers, sorted, there none", Rules.tags("_tags")));
  }

  @Test
  void gelf_isWhatLog4jsTemplateMakesButForWhatIsListed() {
    EventGenerator generator = new EventGenerator(SEED);
    ShiplogEncoder ours = GelfRules.ours(generator);
    new Comparison(
            new Log4jTemplate("GelfLayout.json"),
            GelfRules.unflattened(ours),
            differences(GelfRules.host(ours, generator)),
            fields(field -> true))
        .run(SEED, generator);
  }
}
