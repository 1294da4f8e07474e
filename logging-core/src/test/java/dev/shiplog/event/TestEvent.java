package dev.shiplog.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event made by hand; fields may be set freely before it is encoded. */
public class TestEvent implements LogEvent {
  public long epochSecond = 1_795_419_545;
  public int nano = 123_456_789;
  public Severity severity = Severity.INFO;
  public String logger = "gallery.Curator";
  public @Nullable String thread = "main";
  public @Nullable String message = "opened";
  public @Nullable Throwable thrown;
  public @Nullable Thrown view;
  public @Nullable StackTraceElement caller;
  public final Map<String, Object> properties = new LinkedHashMap<>();
  public Map<@Nullable String, @Nullable Object> context = new LinkedHashMap<>();

  /** What {@link #contextIdentity()} is. */
  public @Nullable Object identity;

  public final List<Map.Entry<@Nullable String, @Nullable Object>> keyValues = new ArrayList<>();
  public final List<@Nullable String> markers = new ArrayList<>();

  public TestEvent message(@Nullable String message) {
    this.message = message;
    return this;
  }

  public TestEvent mdc(@Nullable String key, @Nullable Object value) {
    context.put(key, value);
    return this;
  }

  public TestEvent kv(@Nullable String key, @Nullable Object value) {
    keyValues.add(new java.util.AbstractMap.SimpleEntry<>(key, value));
    return this;
  }

  public TestEvent thrown(@Nullable Throwable thrown) {
    this.thrown = thrown;
    return this;
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
    return severity;
  }

  @Override
  public String logger() {
    return logger;
  }

  @Override
  public @Nullable String thread() {
    return thread;
  }

  @Override
  public @Nullable String message() {
    return message;
  }

  @Override
  public @Nullable Thrown thrown() {
    return view != null || thrown == null ? view : TestThrown.of(thrown);
  }

  @Override
  public @Nullable StackTraceElement caller() {
    return caller;
  }

  @Override
  public void properties(FieldVisitor visitor) {
    properties.forEach(visitor::field);
  }

  @Override
  public @Nullable Object contextIdentity() {
    return identity;
  }

  @Override
  public void context(FieldVisitor visitor) {
    context.forEach(visitor::field);
  }

  @Override
  public void keyValues(FieldVisitor visitor) {
    keyValues.forEach(kv -> visitor.field(kv.getKey(), kv.getValue()));
  }

  @Override
  public void markers(Consumer<String> visitor) {
    markers.forEach(visitor);
  }
}
