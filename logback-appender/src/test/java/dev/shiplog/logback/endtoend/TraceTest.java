package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import dev.shiplog.logback.Configured;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Which trace the records of an application tell of. */
class TraceTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String OTHER = "0af7651916cd43dd8448eb211c80319c";

  private static final String APPENDER =
      "<appender name='OUT' class='dev.shiplog.logback.StdoutAppender'>"
          + "<format>json</format><via>system-out</via></appender>";

  private static void withinSpan(Runnable task) {
    SpanContext context =
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
    Context.current().with(Span.wrap(context)).wrap(task).run();
  }

  @Test
  void record_tellsTheCurrentSpanUnlessTheMdcTellsOfATrace() throws Exception {
    List<Map<String, @Nullable Object>> records;
    try (CapturedStdout stdout = new CapturedStdout()) {
      try (Configured application =
          Configured.with(APPENDER + "<root><appender-ref ref='OUT'/></root>")) {
        Logger logger = application.logger("gallery");
        withinSpan(() -> logger.info("opened"));
        application.context.getMDCAdapter().put("traceId", OTHER);
        withinSpan(() -> logger.info("visited"));
        application.context.getMDCAdapter().clear();
        logger.info("closed");
      }
      records = CapturedStdout.records(stdout.lines());
    }

    assertThat(records).hasSize(3);
    assertThat(records.get(0)).containsEntry("trace.id", TRACE).containsEntry("span.id", SPAN);
    assertThat(records.get(1)).containsEntry("trace.id", OTHER);
    assertThat(records.get(1)).doesNotContainKeys("span.id", "traceId");
    assertThat(records.get(2)).doesNotContainKeys("trace.id", "span.id");
  }

  @Test
  void record_tellsTheMdcsTraceAloneWhenAnotherThreadWritesIt() throws Exception {
    List<Map<String, @Nullable Object>> records;
    try (CapturedStdout stdout = new CapturedStdout()) {
      try (Configured application =
          Configured.with(
              APPENDER
                  + "<appender name='ASYNC' class='"
                  + AsyncAppender.class.getName()
                  + "'><appender-ref ref='OUT'/></appender>"
                  + "<root><appender-ref ref='ASYNC'/></root>")) {
        Logger logger = application.logger("gallery");
        withinSpan(() -> logger.info("opened"));
        application.context.getMDCAdapter().put("trace_id", OTHER);
        withinSpan(() -> logger.info("visited"));
        application.context.getMDCAdapter().clear();
      }
      records = CapturedStdout.records(stdout.lines());
    }

    assertThat(records).hasSize(2);
    assertThat(records.get(0)).doesNotContainKeys("trace.id", "span.id");
    assertThat(records.get(1)).containsEntry("trace.id", OTHER);
  }
}
