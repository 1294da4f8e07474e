package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.List;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.core.Logger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which trace the records of an application tell of. */
@Timeout(60)
class TraceTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String OTHER = "0af7651916cd43dd8448eb211c80319c";

  private static void withinSpan(Runnable task) {
    SpanContext context =
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
    Context.current().with(Span.wrap(context)).wrap(task).run();
  }

  @ParameterizedTest
  @CsvSource({"Root,NAME,true", "Root,ASYNC,false", "AsyncRoot,NAME,false"})
  void record_tellsTheCurrentSpanWhereItsOwnThreadWritesIt(
      String root, String appender, boolean own) {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured =
            Configured.with(
                Form.XML,
                """
                <Configuration><Appenders>
                  <ShiplogFluentd name='NAME' endpoint='%1$s'><Chunk maxAge='5ms'/></ShiplogFluentd>
                  <Async name='ASYNC'><AppenderRef ref='NAME'/></Async>
                </Appenders>
                <Loggers><%2$s level='TRACE'><AppenderRef ref='%3$s'/></%2$s></Loggers>
                </Configuration>
                """
                    .formatted(endpoint.address(), root, appender))) {
      Logger logger = configured.logger("gallery");
      withinSpan(() -> logger.info("opened"));
      try (CloseableThreadContext.Instance entry = CloseableThreadContext.put("traceId", OTHER)) {
        assertThat(entry).isNotNull();
        withinSpan(() -> logger.info("visited"));
      }

      List<ReceivedEvent> events = endpoint.await(2);
      assertThat(configured.told()).isEmpty();
      assertThat(events.get(0).field("trace.id")).isEqualTo(own ? TRACE : null);
      assertThat(events.get(0).field("span.id")).isEqualTo(own ? SPAN : null);
      assertThat(events.get(1).field("trace.id")).isEqualTo(OTHER);
      assertThat(events.get(1).field("span.id")).isNull();
      assertThat(events.get(1).field("traceId")).isNull();
    }
  }
}
