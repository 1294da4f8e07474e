package dev.shiplog.schema;

import dev.shiplog.event.Severity;
import java.util.List;

/** The Graylog Extended Log Format 1.1. */
final class GelfSchema implements Schema {
  @Override
  public void describe(Fields fields) {
    fields
        .flat(GelfSchema::fieldName)
        .constant("version", "1.1")
        .fact("host", List.of("host.name", "service.instance.id"), "unknown")
        .message("short_message", MessageForm.FIRST_LINE)
        .message("full_message", MessageForm.WITH_TRACE_IF_LONGER)
        .timestamp("timestamp", TimeForm.SECONDS)
        .severity("level", GelfSchema::level)
        .severity("_level_name", Severity::name)
        .logger("_logger")
        .thread("_thread")
        .fact("_process_pid", "process.pid")
        .fact("_service_name", "service.name")
        .fact("_service_version", "service.version")
        .fact("_service_environment", "deployment.environment.name")
        .fact("_service_instance", "service.instance.id")
        .configured()
        .context()
        .keyValues()
        .markers("_tags")
        .caller("_caller_class", "_caller_method", "_caller_file", "_caller_line")
        .thrownType("_exception_type")
        .thrownMessage("_exception_message")
        .stackHash("_exception_hash")
        .sequence("_event.sequence")
        .metadata("otel");
  }

  /** The severity as syslog counts it. */
  private static int level(Severity severity) {
    return switch (severity) {
      case TRACE, DEBUG -> 7;
      case INFO -> 6;
      case WARN -> 4;
      case ERROR -> 3;
    };
  }

  /** What GELF allows in a name, with an underscore before it; {@code _id} it has for itself. */
  private static String fieldName(String name) {
    StringBuilder field = new StringBuilder(name.length() + 1);
    if (!name.startsWith("_")) {
      field.append('_');
    }
    name.codePoints().forEach(c -> field.appendCodePoint(isAllowed(c) ? c : '_'));
    return field.toString().equals("_id") ? "_id_" : field.toString();
  }

  private static boolean isAllowed(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '-';
  }
}
