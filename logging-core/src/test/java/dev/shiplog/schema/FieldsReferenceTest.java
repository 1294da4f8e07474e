package dev.shiplog.schema;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The page of all fields is what the schemas declare. */
class FieldsReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/fields.md");
  private static final Map<String, String> SCHEMAS =
      new TreeMap<>(
          Map.of(
              "ecs", "The Elastic Common Schema, and the default.",
              "logstash", "What LogstashEncoder writes.",
              "gelf",
                  "The Graylog Extended Log Format 1.1. Values are texts and numbers: a boolean is its"
                      + " word, an object or array its JSON text. All other names get `_` before them,"
                      + " and `_` for what GELF does not allow in them; `id` is `_id_`. JSON alone.",
              "gcp", "What Google Cloud Logging and Error Reporting read.",
              "otlp",
                  "An ExportLogsServiceRequest of one log record a line, in OTLP's JSON mapping."
                      + " `[].` stands for attributes: pairs of a key and a typed value. JSON alone."));

  @Test
  void page_isWhatTheSchemasDeclare() {
    StringBuilder page =
        new StringBuilder(
            """
            # Fields

            Every field of every schema, in the order in which they are written. A field whose value is absent is
            left out. *From* names the fact, the setting or the part of the event. This page is generated from the
            schemas; a test compares them.

            A record that was too large has `event.truncated` (the size it would have had) and, where fields were
            left out, `event.truncated_fields` (how many): in `gelf` with `_` before it, in `otlp` an attribute.
            With `oversize=split` it is several records instead, whole ones with all fields, but of each long text a
            piece: `event.part` of `event.parts`, with the same `event.part_id`, named and placed as the two above.
            A text that is the same in all parts is whole in each; any other is its pieces, joined in the order of
            `event.part`. What is beyond 64 parts or 16 MB, or cannot be split, is cut and told as above.

            What cannot be read at all is told under `unrepresentable.mdc`, `.kv` or `.property`.

            The trace is the MDC's, or that of OpenTelemetry's current span; `logstash` and `gelf` have it among the
            MDC's fields. See [schemas.md](../schemas.md#traces).
            """);
    SCHEMAS.forEach(
        (name, says) ->
            page.append("\n## ")
                .append(name)
                .append("\n")
                .append(says)
                .append("\n\n")
                .append(FieldsPage.of(Schemas.named(name).orElseThrow())));
    Written.is(PAGE, page.toString());
  }
}
