package dev.shiplog.capture;

import dev.shiplog.event.FieldVisitor;
import dev.shiplog.event.LogEvent;
import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** A record of java.util.logging as everything behind sees it. For one thread. */
final class JulEvent implements LogEvent {
  private static final Message MESSAGE = new Message();

  private final LogRecord record;
  private final long epochSecond;
  private final int nano;
  private @Nullable String message;

  JulEvent(LogRecord record) {
    this.record = record;
    Instant time = record.getInstant();
    this.epochSecond = time.getEpochSecond();
    this.nano = time.getNano();
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
    int level = record.getLevel().intValue();
    if (level >= Level.SEVERE.intValue()) {
      return Severity.ERROR;
    }
    if (level >= Level.WARNING.intValue()) {
      return Severity.WARN;
    }
    if (level >= Level.INFO.intValue()) {
      return Severity.INFO;
    }
    return level >= Level.FINE.intValue() ? Severity.DEBUG : Severity.TRACE;
  }

  @Override
  public String logger() {
    String name = record.getLoggerName();
    return name == null ? "" : name;
  }

  /**
   * The calling thread's, unless another one has logged the record: of that one we know no name.
   */
  @Override
  @SuppressWarnings("deprecation") // getId: threadId() is not there on 17
  public String thread() {
    Thread caller = Thread.currentThread();
    long id = record.getLongThreadID();
    return id == caller.getId() ? caller.getName() : "thread " + id;
  }

  /** With its parameters, in the language of its bundle. */
  @Override
  public @Nullable String message() {
    if (message == null && record.getMessage() != null) {
      message = MESSAGE.formatMessage(record);
    }
    return message;
  }

  @Override
  public @Nullable Thrown thrown() {
    Throwable thrown = record.getThrown();
    return thrown == null ? null : Thrown.of(thrown);
  }

  @Override
  public @Nullable StackTraceElement caller() {
    String type = record.getSourceClassName();
    String method = record.getSourceMethodName();
    return type == null || method == null ? null : new StackTraceElement(type, method, null, -1);
  }

  @Override
  public void properties(FieldVisitor visitor) {}

  @Override
  public void context(FieldVisitor visitor) {}

  @Override
  public void keyValues(FieldVisitor visitor) {}

  @Override
  public void markers(Consumer<String> visitor) {}

  /** What formatters do to messages; stateless. */
  private static final class Message extends Formatter {
    @Override
    public String format(LogRecord record) {
      return formatMessage(record);
    }
  }
}
