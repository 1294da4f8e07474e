package dev.shiplog.config;

import java.util.Set;
import java.util.regex.Pattern;

/** How a schema is named: one of ours, or a user's class. */
public final class SchemaName {
  private static final Set<String> OURS = Set.of("ecs", "logstash", "gcp", "gelf", "otlp");
  private static final Set<String> JSON_ONLY = Set.of("gelf", "otlp");
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "(?:\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\.)+\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

  static final Type<String> TYPE =
      new Type<>(
          "schema",
          "must be ecs, logstash, gcp, gelf, otlp or the full name of a class",
          text -> OURS.contains(text) || CLASS_NAME.matcher(text).matches() ? text : null);

  private SchemaName() {}

  /** Whether {@code name} is that of a user's class. */
  public static boolean isClassName(String name) {
    return !OURS.contains(name);
  }

  /** Whether the schema has no msgpack form, so that it cannot be forwarded. */
  static boolean isJsonOnly(String name) {
    return JSON_ONLY.contains(name);
  }
}
