package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.differential.UserFields.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** {@code gelf} against Spring Boot's structured logging. */
class SpringGelfDifferentialTest {
  private static final long SEED = 20_260_320;

  private static Difference.Rule fields(Predicate<Field> which) {
    return UserFields.rule(
        GelfRules.RESERVED::contains,
        which,
        GelfRules::name,
        key -> key.startsWith("_") ? key : "_" + key);
  }

  private static List<Difference> differences(String host) {
    return List.of(
        new Difference(
            "user fields",
            "a key that is the schema's or comes twice is renamed, never written twice",
            fields(Field::shared)),
        new Difference(
            "user fields",
            "absent values are left out, never null",
            fields(field -> !field.shared() && field.value() == null)),
        new Difference(
            "user fields",
            "a name that GELF forbids is changed, there the field is lost",
            fields(
                field ->
                    !field.shared() && !GelfRules.name(field.key()).equals("_" + field.key()))),
        new Difference(
            "user fields",
            "what is named like a secret is masked by default",
            fields(field -> !field.shared() && field.masked())),
        new Difference(
            "user fields",
            "a number that JSON has not is a text, there the record is not JSON",
            fields(
                field ->
                    !field.shared() && TypedJson.isNotFinite(field.value()) && !field.masked())),
        new Difference(
            "user fields",
            "a lone surrogate is U+FFFD, there a question mark",
            fields(
                field ->
                    !field.shared() && TypedJson.isIllFormed(field.value()) && !field.masked())),
        new Difference("user fields", "a boolean is its word, as GELF wants it", GelfRules::words),
        new Difference("host", "the machine's name, there what was set", Rules.set("host", host)),
        new Difference(
            "short_message", "the first line, there all of the message", GelfRules::shortMessage),
        new Difference(
            "full_message",
            "also for a message of several lines",
            GelfRules.fullMessage("_error_stack_trace")),
        new Difference("timestamp", "nine decimals, there three", GelfRules::time),
        new Difference(
            "_thread", "the template's name", GelfRules.renamed("_process_thread_name", "_thread")),
        new Difference(
            "_thread",
            "a lone surrogate is U+FFFD, there a question mark",
            Rules.wellFormed("_thread", ILoggingEvent::getThreadName)),
        new Difference(
            "_logger", "the template's name", GelfRules.renamed("_log_logger", "_logger")),
        new Difference(
            "_error_stack_trace",
            "the trace is part of the full message and not told twice",
            GelfRules.removed("_error_stack_trace", "_error_type", "_error_message")),
        new Difference("_exception_type", "OpenTelemetry's names", GelfRules::thrown),
        new Difference(
            "_service_name",
            "which application it is, the reference does not know",
            Rules.set("_service_name", "gallery")),
        new Difference(
            "_service_instance",
            "which application it is, the reference does not know",
            Rules.set("_service_instance", "gallery-1")),
        new Difference("_tags", "all markers, sorted, there none", Rules.tags("_tags")));
  }

  @Test
  void gelf_isWhatSpringBootWritesButForWhatIsListed() {
    EventGenerator generator = new EventGenerator(SEED);
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "logging.structured.gelf.host", "gallery",
                    "logging.structured.gelf.service.version", "1.2",
                    "spring.application.pid", ProcessHandle.current().pid())));
    generator.context().putObject(Environment.class.getName(), environment);
    StructuredLogEncoder reference = new StructuredLogEncoder();
    reference.setFormat("gelf");
    reference.setContext(generator.context());
    reference.start();
    ShiplogEncoder ours = GelfRules.ours(generator);
    new Comparison(
            reference,
            GelfRules.unflattened(ours),
            differences(GelfRules.host(ours, generator)),
            fields(field -> true))
        .run(SEED, generator);
  }
}
