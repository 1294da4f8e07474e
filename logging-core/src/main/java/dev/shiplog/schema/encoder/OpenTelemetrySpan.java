package dev.shiplog.schema.encoder;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Objects;

/**
 * The span of OpenTelemetry's current context. The only class that names its API, which an
 * application may have or not.
 */
final class OpenTelemetrySpan implements CurrentSpan {
  /**
   * Looks whether the API is there, and loads no more of it than that.
   *
   * @throws LinkageError if it is not
   */
  OpenTelemetrySpan() {
    Objects.requireNonNull(Span.class);
  }

  @Override
  public void tell(TraceContext to) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      to.current(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asByte());
    }
  }
}
