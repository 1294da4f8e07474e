package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.spool.SpoolDisk;
import dev.shiplog.spool.SpoolFolder;
import dev.shiplog.spool.SpoolSettings;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.TransportSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A forward sink without a thread: the test is the clock, the endpoint and the worker. */
final class Stepped implements Status {
  /** One event that was spilled. */
  record Spilled(String tag, long number, int level) {}

  /** Of one file of a spool. */
  static final int SEGMENT_BYTES = 64 << 10;

  final Meters meters = new Meters();

  /** That of the first endpoint. */
  final FakeTransport transport;

  final List<FakeTransport> transports = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  final ChunkBuffer buffer;
  final Shipper shipper;
  final DiskWorker disk;
  private @Nullable JournalKeeper keeper;
  private final SpoolDisk files;
  final List<Spilled> spilled = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Long> waits = new ArrayList<>();

  /** The share of the cap that a back-off waits. */
  double random = 1;

  long now = Long.MAX_VALUE - 5; // so that every comparison meets the overflow

  /** The time of day, in nanoseconds since 1970: that of the entries and a little later. */
  long wall = 1_700_000_100_000_000_000L;

  final AtomicInteger wakeUps = new AtomicInteger();
  final AtomicInteger diskWakeUps = new AtomicInteger();
  boolean spillFails;

  /** What a caller meets while a chunk is opened for its event. */
  @Nullable Error memoryError;

  Stepped(ForwardSettings settings) {
    this(settings, SpoolDisk.REAL);
  }

  Stepped(ForwardSettings settings, SpoolDisk files) {
    this.files = files;
    buffer =
        new ChunkBuffer(
            settings,
            this::spill,
            meters,
            this::now,
            wakeUps::incrementAndGet,
            diskWakeUps::incrementAndGet);
    disk = diskWorker(settings);
    buffer.showIn(meters, disk::bytes);
    boolean ack = settings.transport().ack();
    for (Endpoint endpoint : settings.endpoints()) {
      FakeTransport one = new FakeTransport(settings.transport().inFlight());
      BackOff backOff =
          new BackOff(settings.retry().initial(), settings.retry().max(), () -> random);
      transports.add(one);
      routes.add(new Route(endpoint.toString(), one, backOff, ack, this, () -> now));
    }
    transport = transports.get(0);
    Balancer balancer = new Balancer(routes, settings.balance());
    shipper = new Shipper(buffer, balancer, new ChunkIds(), settings, meters, this, () -> now);
  }

  /** Lets the shipper hear what the endpoints have said, and do nothing else. */
  void hear() {
    routes.forEach(route -> route.step(now, shipper));
  }

  private DiskWorker diskWorker(ForwardSettings settings) {
    Disk.Spooling spool = settings.buffer().disk().spool();
    Disk.Letters letters = settings.buffer().disk().letters();
    if (spool != null) {
      SpoolSettings spoolSettings =
          new SpoolSettings(spool.maxBytes(), SEGMENT_BYTES, () -> now, files);
      keeper =
          new JournalKeeper(
              buffer,
              SpoolFolder.in(spool.dir(), spool.service(), spool.appender(), spoolSettings),
              spool,
              settings.chunkLimit(spool.maxBytes()),
              this,
              () -> now,
              () -> wall);
    }
    return new DiskWorker(
        buffer.backlog(),
        keeper,
        letters == null ? null : new DeadLetters(letters, this, () -> now, () -> wall),
        this,
        () -> now);
  }

  static ForwardSettings settings() {
    return ForwardSettings.defaults(new Endpoint("test", 24224), "head");
  }

  /** Settings with a spool of so many files of {@link #SEGMENT_BYTES} below {@code dir}. */
  static ForwardSettings spooled(Path dir, int segments) {
    return spooled(settings(), dir, segments);
  }

  /** The same settings with a spool of so many files below {@code dir}. */
  static ForwardSettings spooled(ForwardSettings settings, Path dir, int segments) {
    Disk.Spooling spool =
        new Disk.Spooling(
            dir,
            "service",
            "appender",
            (long) segments * SEGMENT_BYTES,
            Duration.ofDays(7),
            Disk.Sync.NONE,
            Duration.ZERO);
    return with(settings, new Disk(spool, null));
  }

  /** The same settings with this on disk. */
  static ForwardSettings with(ForwardSettings settings, Disk disk) {
    ForwardSettings.Buffer buffer = settings.buffer();
    return settings.with(new ForwardSettings.Buffer(buffer.maxBytes(), buffer.overflow(), disk));
  }

  /** Settings with one chunk of about one page under way at a time. */
  static ForwardSettings small(int pages, Overflow overflow) {
    TransportSettings one = settings().transport();
    return settings()
        .with(new ForwardSettings.Buffer((long) pages * Slab.PAGE, overflow))
        .with(new ForwardSettings.Chunks(Slab.PAGE, Duration.ofSeconds(1)))
        .with(
            new TransportSettings(
                true,
                1,
                one.connectTimeout(),
                one.writeTimeout(),
                one.ackTimeout(),
                one.maxAge(),
                one.maxIdle()));
  }

  private long now() {
    Error error = memoryError;
    memoryError = null;
    if (error != null) {
      throw error;
    }
    return now;
  }

  private void spill(String tag, byte[] entry, int offset, int length, int level) {
    if (spillFails) {
      throw new IllegalStateException("the test wants it");
    }
    byte[] copy = Arrays.copyOfRange(entry, offset, offset + length);
    spilled.add(new Spilled(tag, Entries.numbers(copy).get(0), level));
  }

  Outcome log(String tag, long number, int textLength, int level) {
    byte[] bytes = Entries.entry(number, textLength);
    // in the middle of a larger array, as an encoder's buffer is
    byte[] padded = new byte[bytes.length + 20];
    Arrays.fill(padded, (byte) 0xc1);
    System.arraycopy(bytes, 0, padded, 7, bytes.length);
    return buffer.accept(new Entry().set(padded, 7, bytes.length, tag, level));
  }

  Outcome log(long number) {
    return log("app", number, 100, 2);
  }

  /** Events that fill a page but for the last few bytes: the next one needs another chunk. */
  void logPage(long number) {
    log("app", number, 4000, 2);
  }

  void advance(Duration time) {
    now += time.toNanos();
  }

  /** Works until there is nothing left to do at this moment. */
  void work() {
    for (int i = 0; disk.doWork() + shipper.doWork() > 0; i++) {
      assertThat(i).as("steps without an end").isLessThan(10_000);
    }
    assertBalanced();
  }

  /** The disk's worker works until there is nothing left to do at this moment. */
  void workOnDisk() {
    for (int i = 0; disk.doWork() > 0; i++) {
      assertThat(i).as("steps without an end").isLessThan(10_000);
    }
    assertBalanced();
  }

  /** The process is gone; its lock is free and its memory lost. */
  void crash() {
    if (keeper != null) {
      keeper.close();
    }
  }

  void assertBalanced() {
    assertThat(meters.snapshot()).matches(Meters.Snapshot::balanced, "balanced");
  }

  long pending() {
    return meters.snapshot().pending();
  }

  @Override
  public void info(String message) {
    told.add("info " + message);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    told.add("warn " + message);
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    told.add("error " + message);
  }
}
