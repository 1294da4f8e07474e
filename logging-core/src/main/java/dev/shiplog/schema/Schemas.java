package dev.shiplog.schema;

import java.util.Optional;

/** The schemas that have names of their own. */
public final class Schemas {
  private Schemas() {}

  /**
   * The schema of that name ({@code ecs}, {@code logstash}, {@code gelf}, {@code gcp}, {@code
   * otlp}), or empty.
   */
  public static Optional<Schema> named(String name) {
    return switch (name) {
      case "ecs" -> Optional.of(new EcsSchema());
      case "logstash" -> Optional.of(new LogstashSchema());
      case "gelf" -> Optional.of(new GelfSchema());
      case "gcp" -> Optional.of(new GcpSchema());
      case "otlp" -> Optional.of(new OtlpSchema());
      default -> Optional.empty();
    };
  }
}
