package dev.shiplog;

import dev.shiplog.capture.Capture;
import dev.shiplog.capture.Source;
import dev.shiplog.capture.Target;
import dev.shiplog.config.Key;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Settings;
import dev.shiplog.config.StdoutKeys;
import dev.shiplog.event.LogEvent;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.status.Status;
import java.util.EnumSet;
import java.util.Set;

/** Puts what a JVM says besides its logging into a pipeline, as events like any other. */
record CapturedOutput(Pipeline pipeline) implements Target {
  /** What the settings want captured; nobody holds it yet. */
  static Capture of(Settings settings, Pipeline pipeline, Status status) {
    return ThisProcess.current()
        .captures()
        .claim(
            settings.name(),
            sources(settings),
            new CapturedOutput(pipeline),
            Math.toIntExact(settings.get(Keys.MAX_EVENT_BYTES)),
            status);
  }

  /**
   * None where the pipeline takes no events, for safety: what is printed must not be lost there.
   */
  private static Set<Source> sources(Settings settings) {
    Set<Source> wanted = EnumSet.noneOf(Source.class);
    if (!settings.closed()) {
      for (Source source : Source.values()) {
        if (settings.get(key(source))) {
          wanted.add(source);
        }
      }
    }
    return wanted;
  }

  private static Key<Boolean> key(Source source) {
    return switch (source) {
      case SYSTEM_OUT -> StdoutKeys.CAPTURE_SYSTEM_OUT;
      case SYSTEM_ERR -> StdoutKeys.CAPTURE_SYSTEM_ERR;
      case UNCAUGHT -> StdoutKeys.CAPTURE_UNCAUGHT;
      case JUL -> StdoutKeys.CAPTURE_JUL;
    };
  }

  @Override
  public void log(LogEvent event) {
    pipeline.log(event);
  }

  @Override
  public void relay(LogEvent event) {
    pipeline.relay(event);
  }
}
