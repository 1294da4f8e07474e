package dev.shiplog;

import dev.shiplog.config.Keys;
import dev.shiplog.config.Settings;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What {@code diagnose} prints when an appender, encoder or layout starts: each setting in effect
 * and each fact that was detected, with its source; a line for each, which says whose it is, so
 * that lines of several appenders may stand among others. Secrets are masked, and of unknown keys
 * there is but the name.
 *
 * <pre>
 * shiplog stdout CONSOLE: maxEventBytes = "8KB" (SHIPLOG_STDOUT_MAX_EVENT_BYTES)
 * shiplog stdout CONSOLE: detected container.id = "0123456789ab" (/proc/self/mountinfo)
 * </pre>
 */
final class Diagnosis {
  private final String owner;
  private final StringBuilder lines = new StringBuilder();

  private Diagnosis(Settings settings) {
    String name = settings.name().isEmpty() ? "" : ' ' + PrettyJson.shown(settings.name());
    owner = "shiplog " + settings.scope().word() + name + ": ";
  }

  /** Prints on {@code out} if the settings ask for it. */
  static void print(
      Settings settings, Supplier<Map<String, DetectedFact>> detected, PrintStream out) {
    if (settings.get(Keys.DIAGNOSE)) {
      Diagnosis diagnosis = new Diagnosis(settings);
      diagnosis.settings(settings);
      diagnosis.detected(detected.get());
      out.print(diagnosis.lines);
      out.flush();
    }
  }

  private void settings(Settings settings) {
    settings.problems().forEach(problem -> line("wrong: " + PrettyJson.shown(problem.toString())));
    settings.effective().forEach(one -> line(one.key(), one.value(), one.source()));
  }

  private void detected(Map<String, DetectedFact> facts) {
    if (facts.isEmpty()) {
      line("detected nothing");
    }
    facts.forEach(
        (name, fact) -> line("detected " + name, String.valueOf(fact.value()), fact.source()));
  }

  private void line(String name, String value, String source) {
    line(name + " = \"" + PrettyJson.shown(value) + "\" (" + PrettyJson.shown(source) + ')');
  }

  private void line(String text) {
    lines.append(owner).append(text).append(System.lineSeparator());
  }
}
