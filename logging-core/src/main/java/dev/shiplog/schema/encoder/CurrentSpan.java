package dev.shiplog.schema.encoder;

import org.jspecify.annotations.Nullable;

/** Knows the span that is current on the calling thread. Safe for any thread. */
interface CurrentSpan {
  /** Tells {@code to} its ids and flags; nothing where no span is current. */
  void tell(TraceContext to);

  /** OpenTelemetry's; null where its API is not there. */
  static @Nullable CurrentSpan find() {
    try {
      return new OpenTelemetrySpan();
    } catch (LinkageError absent) {
      return null;
    }
  }
}
