package dev.shiplog.schema;

import dev.shiplog.event.Severity;

/** What the LogstashEncoder of logstash-logback-encoder writes. */
final class LogstashSchema implements Schema {
  @Override
  public void describe(Fields fields) {
    fields
        .timestamp("@timestamp")
        .constant("@version", "1")
        .message("message")
        .logger("logger_name")
        .thread("thread_name")
        .severity("level", Severity::name)
        .severity("level_value", LogstashSchema::levelValue)
        .stackTrace("stack_trace")
        .stackHash("stack_hash")
        .properties()
        .context()
        .keyValues()
        .configured()
        .markers("tags")
        .caller("caller_class_name", "caller_method_name", "caller_file_name", "caller_line_number")
        .sequence("event.sequence")
        .fact("service.name", "service.name")
        .fact("service.version", "service.version")
        .metadata("otel");
  }

  /** Logback's numbers, under Log4j 2 too: a store must not see two scales. */
  private static int levelValue(Severity severity) {
    return switch (severity) {
      case TRACE -> 5_000;
      case DEBUG -> 10_000;
      case INFO -> 20_000;
      case WARN -> 30_000;
      case ERROR -> 40_000;
    };
  }
}
