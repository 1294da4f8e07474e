package dev.shiplog;

import dev.shiplog.config.Keys;
import dev.shiplog.config.Rename;
import dev.shiplog.config.Settings;
import dev.shiplog.config.StaticField;
import dev.shiplog.schema.encoder.NameRule;
import dev.shiplog.schema.encoder.StackTraceOptions;
import dev.shiplog.stdout.PrettyOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads from the settings which fields there are, under which names, and how traces look. */
final class RecordRules {
  private final Settings settings;

  RecordRules(Settings settings) {
    this.settings = settings;
  }

  /** For all names. */
  NameRule fields() {
    return new NameRule(settings.all(Keys.INCLUDE), settings.all(Keys.EXCLUDE), renames(), "");
  }

  /** For keys of the MDC, before that. */
  NameRule context() {
    return new NameRule(
        settings.all(Keys.MDC_INCLUDE),
        settings.all(Keys.MDC_EXCLUDE),
        Map.of(),
        settings.find(Keys.MDC_PREFIX).orElse(""));
  }

  /** For keys of key-values, before that. */
  NameRule keyValues() {
    return new NameRule(
        settings.all(Keys.KV_INCLUDE),
        settings.all(Keys.KV_EXCLUDE),
        Map.of(),
        settings.find(Keys.KV_PREFIX).orElse(""));
  }

  /** What of an event those see who read it themselves. */
  PrettyOptions forPeople() {
    NameRule all = fields();
    Map<String, Object> constants = new LinkedHashMap<>();
    staticFields()
        .forEach(
            (name, value) -> {
              String shown = all.apply(name);
              if (shown != null) {
                constants.put(shown, value);
              }
            });
    StackTraceOptions trace = stackTrace();
    return new PrettyOptions(
        Math.toIntExact(settings.get(Keys.MAX_EVENT_BYTES)),
        both(context(), all),
        both(keyValues(), all),
        constants,
        settings.get(Keys.CALLER_DATA),
        new PrettyOptions.Trace(
            trace.format() == StackTraceOptions.Format.NONE ? 0 : trace.maxBytes(),
            trace.rootCauseFirst(),
            trace.maxFrames(),
            method -> trace.exclude().stream().anyMatch(it -> it.matcher(method).find()),
            trace.shortenClassNames()));
  }

  private static UnaryOperator<@Nullable String> both(NameRule own, NameRule all) {
    return key -> {
      String let = key == null ? null : own.apply(key);
      return let == null ? null : all.apply(let);
    };
  }

  /** Fields that every record gets. */
  Map<String, Object> staticFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (StaticField field : settings.all(Keys.FIELD)) {
      fields.put(field.name(), field.value());
    }
    return fields;
  }

  /** Fields that are called otherwise. */
  Map<String, String> renames() {
    Map<String, String> renames = new HashMap<>();
    for (Rename rename : settings.all(Keys.RENAME)) {
      renames.put(rename.from(), rename.to());
    }
    return renames;
  }

  /** What traces look like. */
  StackTraceOptions stackTrace() {
    return new StackTraceOptions(
        StackTraceOptions.Format.valueOf(settings.get(Keys.STACK_TRACE_FORMAT).name()),
        settings.get(Keys.STACK_TRACE_ROOT_CAUSE_FIRST),
        settings.get(Keys.STACK_TRACE_MAX_FRAMES),
        Math.toIntExact(settings.get(Keys.STACK_TRACE_MAX_BYTES)),
        excludedFrames(),
        settings.get(Keys.STACK_TRACE_SHORTEN_CLASS_NAMES),
        settings.get(Keys.STACK_TRACE_HASH));
  }

  private List<Pattern> excludedFrames() {
    return Secrets.patterns(settings.all(Keys.STACK_TRACE_EXCLUDE));
  }
}
