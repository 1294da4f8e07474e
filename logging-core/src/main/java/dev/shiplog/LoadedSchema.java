package dev.shiplog;

import dev.shiplog.schema.Schema;
import dev.shiplog.schema.Schemas;
import dev.shiplog.status.Status;
import org.jspecify.annotations.Nullable;

/** Finds the schema that a setting names: one of ours, or a class of the user's. */
final class LoadedSchema {
  private LoadedSchema() {}

  /** The schema, or ecs where the class cannot be used, which is said. */
  static Schema of(String name, @Nullable ClassLoader loader, Status status) {
    return Schemas.named(name).orElseGet(() -> instance(name, loader, status));
  }

  private static Schema instance(String name, @Nullable ClassLoader loader, Status status) {
    try {
      return load(name, loader).asSubclass(Schema.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      status.error(
          "schema: "
              + name
              + ", must be a public class that implements dev.shiplog.schema.Schema and has a public"
              + " constructor without parameters; using ecs",
          e);
      return Schemas.named("ecs").orElseThrow();
    }
  }

  /** From the appender's loader, then the context's. */
  private static Class<?> load(String name, @Nullable ClassLoader loader)
      throws ClassNotFoundException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (loader == null) {
      return Class.forName(name, true, context);
    }
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      if (context == null || context == loader) {
        throw e;
      }
      return Class.forName(name, true, context);
    }
  }
}
