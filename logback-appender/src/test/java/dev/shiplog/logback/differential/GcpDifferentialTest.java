package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.differential.UserFields.Field;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** {@code gcp} against Log4j's JsonTemplateLayout with its GcpLayout.json. */
class GcpDifferentialTest {
  private static final long SEED = 20_260_321;
  private static final String PREFIX = "logging.googleapis.com/";
  private static final Set<String> RESERVED = Set.of("message", "tags");
  private static final DateTimeFormatter NANOS =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

  private static Difference.Rule fields(Predicate<Field> which) {
    return UserFields.ruleBesideTrace(RESERVED::contains, which);
  }

  private static final List<Difference> DIFFERENCES =
      List.of(
          new Difference(
              "logging.googleapis.com/labels",
              "the MDC is told as fields; labels are what tells instances apart",
              GcpDifferentialTest::labels),
          new Difference(
              "user fields",
              "MDC, but for the trace, and key-values are fields of the record",
              fields(field -> true)),
          new Difference(
              "message",
              "the trace stands behind it, where Error Reporting looks for it",
              GcpDifferentialTest::message),
          new Difference("exception", "is part of the message", GelfRules.removed("exception")),
          new Difference("time", "RFC 3339, there two numbers", GcpDifferentialTest::time),
          new Difference(
              PREFIX + "trace",
              "with its project; what is no trace id is none",
              GcpDifferentialTest::trace),
          new Difference(
              PREFIX + "trace_sampled",
              "told when it is known, there always true",
              GelfRules.removed(PREFIX + "trace_sampled")),
          new Difference(
              PREFIX + "sourceLocation",
              "what is unknown is absent",
              GcpDifferentialTest::sourceLocation),
          new Difference(
              "serviceContext",
              "which application it is, for Error Reporting",
              (sample, expected) -> {
                expected.put("serviceContext.service", "gallery");
                expected.put("serviceContext.version", "1.2");
              }),
          new Difference("@type", "an error is reported as one", GcpDifferentialTest::errorEvent),
          new Difference(
              "thread",
              "a lone surrogate is U+FFFD, there a question mark",
              Rules.wellFormed("thread", ILoggingEvent::getThreadName)),
          new Difference(
              "process.pid",
              "which process it is, the reference does not know",
              Rules.set("process.pid", ProcessHandle.current().pid())),
          new Difference("tags", "all markers, sorted, there none", Rules.tags("tags")));

  private static void labels(Difference.Case sample, ObjectNode expected) {
    expected.properties().removeIf(field -> field.getKey().startsWith(PREFIX + "labels"));
    expected.put(PREFIX + "labels.service.instance.id", "gallery-1");
    expected.put(PREFIX + "labels.deployment.environment.name", "prod");
  }

  private static void message(Difference.Case sample, ObjectNode expected) {
    String message = sample.event().getFormattedMessage();
    String before = message == null ? "" : TypedJson.wellFormed(message);
    JsonNode trace = sample.own().get("exception");
    if (sample.event().getThrowableProxy() != null) {
      expected.put(
          "message", (message == null ? "" : before + "\n") + GelfRules.traceOf(trace.textValue()));
    } else if (message == null) {
      expected.remove("message");
    } else {
      expected.put("message", before);
    }
  }

  private static void time(Difference.Case sample, ObjectNode expected) {
    long seconds = expected.remove("timestampSeconds").longValue();
    long nanos = expected.remove("timestampNanos").longValue();
    if (Instant.ofEpochSecond(seconds, nanos).equals(sample.event().getInstant())) {
      expected.put("time", NANOS.format(sample.event().getInstant()));
    }
  }

  private static void trace(Difference.Case sample, ObjectNode expected) {
    String trace = sample.event().getMDCPropertyMap().get("trace_id");
    String span = sample.event().getMDCPropertyMap().get("span_id");
    expected.remove(List.of(PREFIX + "trace", PREFIX + "spanId"));
    if (trace != null && trace.matches("[0-9a-f]{32}")) {
      expected.put(PREFIX + "trace", "projects/museum/traces/" + trace);
    }
    if (span != null && span.matches("[0-9a-f]{16}")) {
      expected.put(PREFIX + "spanId", span);
    }
  }

  private static void sourceLocation(Difference.Case sample, ObjectNode expected) {
    StackTraceElement caller = sample.event().getCallerData()[0];
    String location = PREFIX + "sourceLocation.";
    if (caller.getFileName() == null) {
      expected.remove(location + "file");
    }
    if (caller.getLineNumber() < 0) {
      expected.remove(location + "line");
    }
  }

  private static void errorEvent(Difference.Case sample, ObjectNode expected) {
    if (sample.event().getLevel().levelStr.equals("ERROR")) {
      expected.put(
          "@type",
          "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent");
    }
  }

  @Test
  void gcp_isWhatLog4jsTemplateMakesButForWhatIsListed() {
    EventGenerator generator = new EventGenerator(SEED);
    ShiplogEncoder ours = new ShiplogEncoder();
    ours.setContext(generator.context());
    ours.put("schema", "gcp");
    ours.put("gcp.project", "museum");
    ours.put("service.name", "gallery");
    ours.put("service.version", "1.2");
    ours.put("service.environment", "prod");
    ours.put("service.instance", "gallery-1");
    ours.put("metadata.level", "none");
    ours.put("maxEventBytes", "256KB");
    ours.setCallerData("true");
    ours.start();
    new Comparison(new Log4jTemplate("GcpLayout.json"), ours, DIFFERENCES, fields(field -> true))
        .run(SEED, generator);
  }
}
