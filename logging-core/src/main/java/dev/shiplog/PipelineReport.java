package dev.shiplog;

import dev.shiplog.config.FluentdKeys;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.status.Meters;
import java.util.List;

/**
 * What an operator may see of a pipeline. Secrets are masked.
 *
 * @param kind {@code stdout} or {@code fluentd}
 * @param settings every key that has a value
 * @param problems what is wrong with the settings, in sentences
 * @param meters its counters at this moment
 * @param bufferLimit how many bytes of memory may hold pending events, 0 if there is no bound
 * @param spoolLimit how many bytes on disk may, 0 without a spool
 */
public record PipelineReport(
    String name,
    String kind,
    List<EffectiveSetting> settings,
    List<String> problems,
    Meters.Snapshot meters,
    long bufferLimit,
    long spoolLimit) {

  /**
   * A setting in effect.
   *
   * @param source where it was written, or {@code default}
   */
  public record EffectiveSetting(String key, String value, String source) {}

  static PipelineReport of(String name, Running running) {
    Settings settings = running.settings();
    boolean forward = settings.scope() == Scope.FLUENTD;
    boolean spool = forward && settings.isSet(FluentdKeys.SPOOL_DIR);
    return new PipelineReport(
        name,
        settings.scope().word(),
        settings.effective().stream()
            .map(one -> new EffectiveSetting(one.key(), one.value(), one.source()))
            .toList(),
        settings.problems().stream().map(Object::toString).toList(),
        running.meters().snapshot(),
        forward ? settings.get(FluentdKeys.BUFFER_MAX_BYTES) : 0,
        spool ? settings.get(FluentdKeys.SPOOL_MAX_BYTES) : 0);
  }
}
