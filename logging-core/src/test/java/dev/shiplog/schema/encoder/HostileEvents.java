package dev.shiplog.schema.encoder;

import dev.shiplog.event.Severity;
import dev.shiplog.event.TestEvent;
import java.util.Random;

/** Events that nobody should log, made from a seed: the same one from the same. */
final class HostileEvents {
  private HostileEvents() {}

  /**
   * An event.
   *
   * @param logging what a value does that logs when it is looked at
   */
  static TestEvent event(long seed, Runnable logging) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    HostileValues values = new HostileValues(random, logging);
    TestEvent event = new TestEvent();
    event.epochSecond = values.oneIn(10) ? random.nextLong() : random.nextInt();
    event.nano = random.nextInt(1_000_000_000);
    event.severity = Severity.values()[random.nextInt(5)];
    event.logger = values.text();
    event.thread = values.oneIn(4) ? null : values.text();
    event.message = values.oneIn(8) ? null : values.text();
    if (values.oneIn(20_000)) {
      event.message = "10 MB\n".repeat(10_000_000 / 6);
    }
    event.caller = new StackTraceElement(values.text(), values.text(), null, random.nextInt());
    addFields(event, values, random);
    for (int i = random.nextInt(4); i > 0; i--) {
      event.markers.add(values.key());
    }
    addThrown(event, values, random);
    return event;
  }

  private static void addFields(TestEvent event, HostileValues values, Random random) {
    int fields = values.oneIn(1_000) ? 1_000 : random.nextInt(5);
    for (int i = 0; i < fields; i++) {
      event.kv(values.key(), fields == 1_000 ? i : values.value(0));
      if (values.oneIn(3)) {
        event.context.put(values.key(), values.value(0));
      }
    }
    event.properties.put("property", values.value(0));
    if (values.oneIn(50)) {
      event.context = new HostileValues.BrokenMap(random.nextInt(3));
    }
  }

  private static void addThrown(TestEvent event, HostileValues values, Random random) {
    switch (random.nextInt(200)) {
      case 0 -> event.view = new HostileThrown(random);
      case 1 -> event.thrown = new SelfCaused(values.text());
      case 2 -> {
        Exception circular = new Exception(values.text());
        circular.addSuppressed(new Exception(circular));
        event.thrown = new RuntimeException(values.text(), circular);
      }
      case 3 -> event.thrown = new Mute();
      default -> event.thrown = null;
    }
  }

  /** A throwable that says it caused itself. */
  private static final class SelfCaused extends RuntimeException {
    private static final long serialVersionUID = 1;

    SelfCaused(String message) {
      super(message);
    }

    @Override
    public synchronized Throwable getCause() {
      return this;
    }
  }

  /** A throwable that fails when asked. */
  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("mute");
    }
  }
}
