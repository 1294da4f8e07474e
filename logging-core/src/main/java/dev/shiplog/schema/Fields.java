package dev.shiplog.schema;

import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Schema} declares its fields with. Each call adds to the end of the record; a field
 * whose value is absent is left out of that record, never written as null.
 *
 * <p>All names declared here are reserved: a user's key of the same name is renamed. Names within
 * an {@link #object} stand in a place of their own and are not.
 */
public interface Fields {
  /** The event's time, ISO-8601 in UTC ({@code timestamp.field}, {@code timestamp.precision}). */
  default Fields timestamp(String name) {
    return timestamp(name, TimeForm.ISO);
  }

  /** The event's time ({@code timestamp.field}, {@code timestamp.precision}). */
  Fields timestamp(String name, TimeForm form);

  /** A value that is the same in every record. */
  Fields constant(String name, Object value);

  /** A value for each severity, encoded once; where it is null the field is left out. */
  Fields severity(String name, Function<Severity, @Nullable Object> value);

  /** The formatted message. */
  default Fields message(String name) {
    return message(name, MessageForm.WHOLE);
  }

  /** The formatted message, a part of it, or what belongs to it. */
  Fields message(String name, MessageForm form);

  /** The logger's name. */
  Fields logger(String name);

  /** The thread's name. */
  Fields thread(String name);

  /** A text taken from each event, left out where it is null. */
  Fields text(String name, Function<LogEvent, @Nullable String> value);

  /**
   * A fact of the process or its service, if it is known.
   *
   * @param name the field's name
   * @param fact the fact's OpenTelemetry name, such as {@code service.name} or {@code process.pid}
   */
  Fields fact(String name, String fact);

  /** The same, unless a static field of that name takes its place. */
  Fields factUnlessConfigured(String name, String fact);

  /** The first of {@code facts} that is known, else {@code otherwise}. */
  Fields fact(String name, List<String> facts, Object otherwise);

  /**
   * The static fields of the configuration ({@code field}); one whose name the schema has already
   * gets {@code field.} before it.
   */
  Fields configured();

  /** The framework's own properties, such as Logback's context properties. */
  Fields properties();

  /**
   * The MDC, each entry a field of its own. Where it tells of no trace, OpenTelemetry's current
   * span is {@code trace_id} and {@code span_id} among them, unless the schema has a {@link #trace}
   * of its own.
   */
  Fields context();

  /** The event's key-values, each a field of its own. */
  Fields keyValues();

  /** The names of the event's markers and all they refer to, sorted, as an array. */
  Fields markers(String name);

  /** Where the event was logged, if {@code callerData} is on; a null name leaves that part out. */
  Fields caller(
      @Nullable String className,
      @Nullable String methodName,
      @Nullable String fileName,
      @Nullable String lineNumber);

  /** {@code class.method} where the event was logged, if {@code callerData} is on. */
  Fields function(String name);

  /**
   * What the MDC, or else OpenTelemetry's current span, tells of the trace that the event belongs
   * to, if anything. The entry of the MDC that it is taken from is then none of {@link #context()}.
   */
  Fields trace(String name, TraceForm form);

  /** The class name of the throwable. */
  Fields thrownType(String name);

  /** The message of the throwable. */
  Fields thrownMessage(String name);

  /** The stack trace as {@code stackTrace.*} says. */
  Fields stackTrace(String name);

  /**
   * A hash of the stack trace that is the same for equal traces, 16 hexadecimal digits, if {@code
   * stackTrace.hash} is on.
   */
  Fields stackHash(String name);

  /** The event's number in its pipeline, if {@code sequence} is on. */
  Fields sequence(String name);

  /**
   * What is known of the container.
   *
   * @param names the style of names unless {@code metadata.names} says otherwise: {@code otel},
   *     {@code ecs}, {@code docker} or {@code kubernetes}
   */
  Fields metadata(String names);

  /** An object of fields; left out where it would be empty. */
  Fields object(String name, Consumer<Fields> members);

  /** An array of one object: the frame that a format puts round its records. */
  Fields onlyElement(String name, Consumer<Fields> members);

  /**
   * Attributes as OTLP's JSON mapping has them: an array of keys with typed values. In MessagePack
   * they are an object.
   */
  Fields attributes(String name, Consumer<Fields> members);

  /**
   * From here on every value is a text or a number, a boolean its word, an object or array its JSON
   * text, and every name that is not declared here (users', static ones, the container's) is what
   * {@code names} makes of it. Such a schema has no objects of its own. In MessagePack values keep
   * their type.
   */
  Fields flat(UnaryOperator<String> names);
}
