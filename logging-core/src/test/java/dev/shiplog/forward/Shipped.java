package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.transport.BuiltinTransport;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.Resolver;
import dev.shiplog.transport.TransportSettings;
import dev.shiplog.worker.ShiplogThread;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A forward sink with its thread and the built-in client, impatient enough for a test. */
final class Shipped implements Status, AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String NAME = "shiplog-under-test";

  final Meters meters = new Meters();
  final List<Long> spilled = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final ForwardSink sink;

  /** Before it is open, stdout takes nothing. */
  private final CountDownLatch stdout;

  Shipped(ForwardSettings settings) {
    this(settings, new CountDownLatch(0));
  }

  Shipped(ForwardSettings settings, CountDownLatch stdout) {
    this.stdout = stdout;
    sink = new ForwardSink(NAME, settings, this::spill, meters, this);
    sink.start(() -> {});
  }

  Shipped(ForwardSettings settings, Resolver resolver) {
    this.stdout = new CountDownLatch(0);
    List<BuiltinTransport> transports =
        BuiltinTransport.toEach(
            settings.endpoints(),
            settings.transport(),
            resolver,
            task -> new ShiplogThread(NAME + "-lookup", task),
            System::nanoTime,
            () -> 0);
    sink = new ForwardSink(NAME, settings, transports, this::spill, meters, this);
    sink.start(() -> {});
  }

  /**
   * Chunks after 20 ms, deadlines of seconds that no test waits for, short waits after failures.
   */
  static ForwardSettings to(int port) {
    return ForwardSettings.defaults(new Endpoint("127.0.0.1", port), "head")
        .with(new ForwardSettings.Chunks(1 << 20, Duration.ofMillis(20)))
        .with(new ForwardSettings.Retries(Duration.ofMillis(10), Duration.ofMillis(200)));
  }

  /**
   * The same with these deadlines in milliseconds, and with more chunks under way than the kernel
   * takes off our hands for a peer that does not read.
   */
  static ForwardSettings to(int port, int connect, int write, int ack) {
    TransportSettings defaults = TransportSettings.defaults();
    return to(port)
        .with(
            new TransportSettings(
                true,
                16,
                Duration.ofMillis(connect),
                Duration.ofMillis(write),
                Duration.ofMillis(ack),
                defaults.maxAge(),
                defaults.maxIdle()));
  }

  Outcome log(String tag, long number, int textLength) {
    byte[] bytes = Entries.entry(number, textLength);
    return sink.accept(new Entry().set(bytes, 0, bytes.length, tag, 2));
  }

  void log(long number) {
    assertThat(log("app", number, 100)).isEqualTo(Outcome.ACCEPTED);
  }

  /** Logs an event and lets it go as a chunk of its own, without waiting for the result. */
  void logChunk(long number) {
    log(number);
    sink.drain(Duration.ZERO);
  }

  /** Waits until all events have found their end. */
  void awaitEnd() {
    await("all events to find their end", snapshot -> snapshot.pending() == 0);
    assertThat(meters.snapshot()).matches(Meters.Snapshot::balanced, "balanced");
  }

  void await(String what, Predicate<Meters.Snapshot> condition) {
    await(what, () -> condition.test(meters.snapshot()));
  }

  void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline)
          .as("waited for %s, but %s, told %s", what, meters.snapshot(), told)
          .isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  void awaitTold(String part) {
    await("a status with " + part, () -> told.stream().anyMatch(one -> one.contains(part)));
  }

  static List<Long> numbers(List<ReceivedEvent> events) {
    return events.stream().map(Shipped::number).toList();
  }

  static long number(ReceivedEvent event) {
    return (Long) Objects.requireNonNull(event.field("n"));
  }

  /** Shiplog's threads that are alive now. */
  static List<Thread> threads() {
    Thread[] all = new Thread[Thread.activeCount() + 50];
    int count = Thread.enumerate(all);
    return Arrays.stream(all, 0, count).filter(one -> one.getName().startsWith(NAME)).toList();
  }

  private void spill(String tag, byte[] entry, int offset, int length, int level) {
    try {
      stdout.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    spilled.addAll(Entries.numbers(Arrays.copyOfRange(entry, offset, offset + length)));
  }

  @Override
  public void info(String message) {
    told.add("info " + message);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    told.add("warn " + message + (cause == null ? "" : " " + cause));
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    told.add("error " + message);
  }

  @Override
  public void close() {
    sink.close(Duration.ZERO);
    assertThat(meters.snapshot()).matches(Meters.Snapshot::balanced, "balanced");
    assertThat(told).noneMatch(one -> one.contains("starts afresh"));
  }
}
