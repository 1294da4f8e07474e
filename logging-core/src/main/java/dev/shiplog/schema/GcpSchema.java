package dev.shiplog.schema;

import dev.shiplog.event.Severity;
import org.jspecify.annotations.Nullable;

/** What Google Cloud Logging reads from a line of JSON. */
final class GcpSchema implements Schema {
  private static final String FIELD = "logging.googleapis.com/";

  @Override
  public void describe(Fields fields) {
    fields
        .severity("severity", GcpSchema::severity)
        .timestamp("time")
        // with the trace in it, Error Reporting finds and groups the event
        .message("message", MessageForm.WITH_TRACE)
        .object(
            FIELD + "labels",
            labels ->
                labels
                    .fact("service.instance.id", "service.instance.id")
                    .fact("deployment.environment.name", "deployment.environment.name"))
        .trace(FIELD + "trace", TraceForm.GOOGLE_NAME)
        .trace(FIELD + "spanId", TraceForm.SPAN_ID)
        .trace(FIELD + "trace_sampled", TraceForm.SAMPLED)
        .object(
            FIELD + "sourceLocation",
            location -> location.caller(null, null, "file", "line").function("function"))
        .object(
            "serviceContext",
            service -> service.fact("service", "service.name").fact("version", "service.version"))
        .severity("@type", GcpSchema::errorEvent)
        .logger("logger")
        .thread("thread")
        .fact("process.pid", "process.pid")
        .configured()
        .context()
        .keyValues()
        .markers("tags")
        .stackHash("stack_hash")
        .sequence("event.sequence")
        .metadata("otel");
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case TRACE, DEBUG -> "DEBUG";
      case INFO -> "INFO";
      case WARN -> "WARNING";
      case ERROR -> "ERROR";
    };
  }

  /** Says to Error Reporting that this is one, with or without a trace. */
  private static @Nullable String errorEvent(Severity severity) {
    return severity == Severity.ERROR
        ? "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent"
        : null;
  }
}
