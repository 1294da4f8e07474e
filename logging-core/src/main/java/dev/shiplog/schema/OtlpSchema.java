package dev.shiplog.schema;

import dev.shiplog.event.Severity;

/** An ExportLogsServiceRequest of one log record, in OTLP's JSON mapping. */
final class OtlpSchema implements Schema {
  @Override
  public void describe(Fields fields) {
    fields.onlyElement(
        "resourceLogs",
        logs ->
            logs.object("resource", it -> it.attributes("attributes", OtlpSchema::resource))
                .onlyElement(
                    "scopeLogs",
                    scope ->
                        scope
                            .object("scope", it -> it.logger("name"))
                            .onlyElement("logRecords", OtlpSchema::logRecord)));
  }

  private static void resource(Fields attributes) {
    attributes
        .fact("service.name", "service.name")
        .fact("service.version", "service.version")
        .fact("service.namespace", "service.namespace")
        .fact("service.instance.id", "service.instance.id")
        .fact("deployment.environment.name", "deployment.environment.name")
        .fact("process.pid", "process.pid")
        .constant("telemetry.distro.name", "shiplog")
        .configured()
        .metadata("otel");
  }

  private static void logRecord(Fields fields) {
    fields
        .timestamp("timeUnixNano", TimeForm.NANOS)
        .timestamp("observedTimeUnixNano", TimeForm.NANOS)
        .severity("severityNumber", severity -> severity.ordinal() * 4 + 1)
        .severity("severityText", Severity::name)
        .object("body", body -> body.message("stringValue"))
        .trace("traceId", TraceForm.ID)
        .trace("spanId", TraceForm.SPAN_ID)
        .trace("flags", TraceForm.FLAGS)
        .attributes("attributes", OtlpSchema::attributes);
  }

  private static void attributes(Fields fields) {
    fields
        .thread("thread.name")
        .context()
        .keyValues()
        .markers("log.markers")
        .caller(null, null, "code.file.path", "code.line.number")
        .function("code.function.name")
        .thrownType("exception.type")
        .thrownMessage("exception.message")
        .stackTrace("exception.stacktrace")
        .stackHash("exception.stacktrace_hash")
        .sequence("event.sequence");
  }
}
