package dev.shiplog.schema;

/**
 * What is told of the trace that an event belongs to. It is found in the MDC under the names that
 * tracers use ({@code trace_id}, {@code traceId}, {@code trace.id} and so on) where that is a valid
 * id; else in OpenTelemetry's current span, if its API is on the class path and the event is
 * written by the thread that logged it. Absent where neither has one.
 */
public enum TraceForm {
  /** The trace's id: 32 hexadecimal digits. */
  ID,
  /**
   * {@code projects/P/traces/} and the id, or the id alone where {@code gcp.project} is unknown.
   */
  GOOGLE_NAME,
  /** The span's id: 16 hexadecimal digits. */
  SPAN_ID,
  /** Whether the trace is sampled, if the flags are known. */
  SAMPLED,
  /** W3C's trace flags as a number, if they are known. */
  FLAGS
}
