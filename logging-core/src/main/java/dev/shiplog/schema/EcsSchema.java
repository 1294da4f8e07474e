package dev.shiplog.schema;

import dev.shiplog.event.Severity;

/** The Elastic Common Schema, version 8.17. */
final class EcsSchema implements Schema {
  @Override
  public void describe(Fields fields) {
    fields
        .timestamp("@timestamp")
        .severity("log.level", Severity::name)
        .message("message")
        .constant("ecs.version", "8.17.0")
        .fact("service.name", "service.name")
        .fact("service.version", "service.version")
        .fact("service.environment", "deployment.environment.name")
        .fact("service.node.name", "service.instance.id")
        .factUnlessConfigured("event.dataset", "service.name")
        .fact("process.pid", "process.pid")
        .thread("process.thread.name")
        .logger("log.logger")
        .configured()
        .context()
        .trace("trace.id", TraceForm.ID)
        .trace("span.id", TraceForm.SPAN_ID)
        .keyValues()
        .markers("tags")
        .caller(null, null, "log.origin.file.name", "log.origin.file.line")
        .caller(null, "log.origin.function", null, null)
        .thrownType("error.type")
        .thrownMessage("error.message")
        .stackTrace("error.stack_trace")
        .stackHash("error.stack_trace_hash")
        .sequence("event.sequence")
        .metadata("ecs");
  }
}
