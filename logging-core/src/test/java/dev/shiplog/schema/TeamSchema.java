package dev.shiplog.schema;

// The docs show what stands between the two marks.
// docs/schemas.md: begin
import dev.shiplog.event.Severity;

/** The fields that our dashboards know. */
public final class TeamSchema implements Schema {
  @Override
  public void describe(Fields fields) {
    fields
        .timestamp("time")
        .severity("level", severity -> severity.name().toLowerCase(java.util.Locale.ROOT))
        .severity("alert", severity -> severity == Severity.ERROR ? true : null)
        .message("msg")
        .constant("format", 2)
        .object("app", app -> app.fact("name", "service.name").fact("version", "service.version"))
        .text("shop", event -> event.logger().startsWith("gallery.shop.") ? "yes" : null)
        .logger("logger")
        .configured()
        .context()
        .keyValues()
        .markers("tags")
        .thrownType("error")
        .stackTrace("trace")
        .metadata("otel");
  }
}
// docs/schemas.md: end
