package dev.shiplog.schema;

import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The table of a schema's fields, made from what the schema declares. */
final class FieldsPage implements Fields {
  private final StringBuilder rows = new StringBuilder();
  private String path = "";
  private boolean flat;

  static String of(Schema schema) {
    FieldsPage page = new FieldsPage();
    schema.describe(page);
    return "| field | type | when | from |\n|---|---|---|---|\n" + page.rows;
  }

  private Fields row(@Nullable String name, String type, String when, String from) {
    if (name != null) {
      String cell = name.startsWith("*") ? name : "`" + path + name + "`";
      rows.append("| ").append(cell).append(" | ").append(type).append(" | ");
      rows.append(when).append(" | ").append(from).append(" |\n");
    }
    return this;
  }

  @Override
  public Fields timestamp(String name, TimeForm form) {
    String type =
        switch (form) {
          case ISO -> "text, ISO-8601 in UTC";
          case SECONDS -> "number, seconds with decimals";
          case NANOS -> "text, nanoseconds";
        };
    return row(name, type, "always", "the event's time");
  }

  @Override
  public Fields constant(String name, Object value) {
    return row(name, type(value), "always", "`" + value + "`");
  }

  @Override
  public Fields severity(String name, Function<Severity, @Nullable Object> value) {
    List<String> values = new ArrayList<>();
    String type = "";
    for (Severity severity : Severity.values()) {
      Object constant = value.apply(severity);
      if (constant != null) {
        type = type(constant);
        values.add(severity + " `" + constant + "`");
      }
    }
    boolean all = values.size() == Severity.values().length;
    String shown = String.join(", ", values);
    return row(name, type, all ? "always" : "by severity", "the severity: " + shown);
  }

  private static String type(Object value) {
    return value instanceof Number ? "number" : "text";
  }

  @Override
  public Fields message(String name, MessageForm form) {
    return switch (form) {
      case WHOLE -> row(name, "text", "if not null", "the message");
      case FIRST_LINE -> row(name, "text", "always", "the message's first line; `-` if blank");
      case WITH_TRACE ->
          row(name, "text", "if not null", "the message, and the stack trace behind it");
      case WITH_TRACE_IF_LONGER ->
          row(name, "text", "if longer than a line", "the message, and the stack trace behind it");
    };
  }

  @Override
  public Fields logger(String name) {
    return row(name, "text", "always", "the logger's name");
  }

  @Override
  public Fields thread(String name) {
    return row(name, "text", "if known", "the thread's name");
  }

  @Override
  public Fields text(String name, Function<LogEvent, @Nullable String> value) {
    return row(name, "text", "if not null", "the event");
  }

  @Override
  public Fields fact(String name, String fact) {
    return row(name, fact.equals("process.pid") ? "number" : "text", "if known", "`" + fact + "`");
  }

  @Override
  public Fields factUnlessConfigured(String name, String fact) {
    return row(name, "text", "if known", "a static field of that name, else `" + fact + "`");
  }

  @Override
  public Fields fact(String name, List<String> facts, Object otherwise) {
    return row(
        name, "text", "always", "`" + String.join("`, else `", facts) + "`, else " + otherwise);
  }

  @Override
  public Fields configured() {
    return row("*static fields*", "any", "if configured", "`field`");
  }

  @Override
  public Fields properties() {
    return row("*the framework's properties*", "text", "if there are", "Logback's context");
  }

  @Override
  public Fields context() {
    return row("*MDC*", "text", "if there is", "each entry a field, as `mdc.*` says");
  }

  @Override
  public Fields keyValues() {
    String type = flat ? "text or number" : "any";
    return row("*key-values*", type, "if there are", "each pair a field, as `kv.*` says");
  }

  @Override
  public Fields markers(String name) {
    String type = flat ? "text, a JSON array" : "array of texts";
    return row(name, type, "if there are", "markers and what they refer to, sorted");
  }

  @Override
  public Fields caller(
      @Nullable String className,
      @Nullable String methodName,
      @Nullable String fileName,
      @Nullable String lineNumber) {
    String when = "`callerData`";
    row(className, "text", when, "the class that logged");
    row(methodName, "text", when, "the method that logged");
    row(fileName, "text", when, "the file of the logging call");
    return row(lineNumber, "number", when, "the line of the logging call");
  }

  @Override
  public Fields function(String name) {
    return row(name, "text", "`callerData`", "class and method that logged");
  }

  @Override
  public Fields trace(String name, TraceForm form) {
    String when = "if known";
    return switch (form) {
      case ID -> row(name, "text", when, "the trace's id, 32 hex digits");
      case GOOGLE_NAME -> row(name, "text", when, "`projects/P/traces/` and the trace's id");
      case SPAN_ID -> row(name, "text", when, "the span's id, 16 hex digits");
      case SAMPLED -> row(name, "boolean", when, "the trace's flags");
      case FLAGS -> row(name, "number", when, "the trace's flags");
    };
  }

  @Override
  public Fields thrownType(String name) {
    return row(name, "text", "if thrown", "the throwable's class");
  }

  @Override
  public Fields thrownMessage(String name) {
    return row(name, "text", "if thrown", "the throwable's message");
  }

  @Override
  public Fields stackTrace(String name) {
    return row(name, "text or array of texts", "if thrown", "the trace, as `stackTrace.*` says");
  }

  @Override
  public Fields stackHash(String name) {
    return row(name, "text", "`stackTrace.hash`", "a hash of the trace, 16 hex digits");
  }

  @Override
  public Fields sequence(String name) {
    return row(name, "number", "`sequence`", "the event's number");
  }

  @Override
  public Fields metadata(String names) {
    return row(
        "*container*",
        "any",
        "if known",
        "what is known of it, by `" + names + "` names unless set");
  }

  @Override
  public Fields object(String name, Consumer<Fields> members) {
    return within(name + ".", members);
  }

  @Override
  public Fields onlyElement(String name, Consumer<Fields> members) {
    return within(name + "[0].", members);
  }

  @Override
  public Fields attributes(String name, Consumer<Fields> members) {
    return within(name + "[].", members);
  }

  private Fields within(String name, Consumer<Fields> members) {
    String outer = path;
    path += name;
    members.accept(this);
    path = outer;
    return this;
  }

  @Override
  public Fields flat(UnaryOperator<String> names) {
    flat = true;
    return this;
  }
}
