package dev.shiplog.pipeline;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import dev.shiplog.sink.EventCount;
import dev.shiplog.status.Losses;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The event that tells the stream what is missing from it, at WARN: counts by reason and severity
 * as key-values such as {@code dropped.overflow.info}.
 */
final class LossEvent implements LogEvent {
  private static final Severity[] SEVERITIES = Severity.values();

  private final Losses.Report report;
  private final long epochSecond;
  private final int nano;

  LossEvent(Losses.Report report) {
    this.report = report;
    Instant now = Instant.now();
    epochSecond = now.getEpochSecond();
    nano = now.getNano();
  }

  @Override
  public long epochSecond() {
    return epochSecond;
  }

  @Override
  public int nanoOfSecond() {
    return nano;
  }

  @Override
  public Severity severity() {
    return Severity.WARN;
  }

  @Override
  public String logger() {
    return "dev.shiplog";
  }

  @Override
  public String thread() {
    return Thread.currentThread().getName();
  }

  @Override
  public String message() {
    return EventCount.were(report.total()) + " dropped";
  }

  @Override
  public @Nullable Thrown thrown() {
    return null;
  }

  @Override
  public @Nullable StackTraceElement caller() {
    return null;
  }

  @Override
  public void properties(FieldVisitor visitor) {}

  @Override
  public void context(FieldVisitor visitor) {}

  @Override
  public void keyValues(FieldVisitor visitor) {
    visitor.field("dropped.total", report.total());
    for (Losses.Loss loss : report.losses()) {
      String name = loss.reason().name() + '.' + SEVERITIES[loss.level()].name();
      visitor.field("dropped." + name.toLowerCase(Locale.ROOT), loss.events());
    }
  }

  @Override
  public void markers(Consumer<String> visitor) {}
}
