package dev.shiplog.forward;

import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.transport.BuiltinTransport;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.worker.ShiplogThread;
import dev.shiplog.worker.WorkerThread;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends entries to a forward endpoint. {@code accept} copies one msgpack entry {@code [time, map]}
 * into the open chunk of its tag and returns; one daemon thread does the rest.
 *
 * <p>At least once, with acknowledgements: an accepted event is delivered, pending or counted as
 * dropped, at every moment. Order holds per thread and tag while nothing has to be sent again.
 */
public final class ForwardSink implements Sink {
  /** The part of a timeout that is kept for what follows when the endpoint took too long. */
  private static final int RESERVE = 5;

  private static final long MAX_RESERVE_NANOS = 1_000_000_000;
  private static final long END_NANOS = 250_000_000;

  private final ChunkBuffer buffer;
  private final Shipper shipper;
  private final WorkerThread thread;

  /** Null when nothing is kept on disk. */
  private final @Nullable WorkerThread diskThread;

  private final boolean spills;

  /** Once the process ends: lets each event be seen to its end by who logs it. */
  private volatile @Nullable Escort escort;

  /**
   * A sink with the built-in client; {@link #start} makes it send.
   *
   * @param name of the thread
   * @param spill where events go that the endpoint will not get
   * @param meters this sink's alone
   */
  public ForwardSink(
      String name, ForwardSettings settings, Spill spill, Meters meters, Status status) {
    this(
        name,
        settings,
        BuiltinTransport.toEach(
            settings.endpoints(),
            settings.transport(),
            InetAddress::getAllByName,
            task -> new ShiplogThread(name + "-lookup", task),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextDouble()),
        spill,
        meters,
        status);
  }

  /** A sink with one transport of the caller's for all endpoints, which this sink closes. */
  public ForwardSink(
      String name,
      ForwardSettings settings,
      ForwardTransport transport,
      Spill spill,
      Meters meters,
      Status status) {
    this(name, settings, List.of(transport), spill, meters, status);
  }

  /**
   * A sink with transports of the caller's, which this sink closes.
   *
   * @param transports one for each endpoint, or one for all
   */
  public ForwardSink(
      String name,
      ForwardSettings settings,
      List<? extends ForwardTransport> transports,
      Spill spill,
      Meters meters,
      Status status) {
    LongSupplier clock = System::nanoTime;
    this.spills = settings.drain().remainder() == Remainder.STDOUT;
    this.buffer =
        new ChunkBuffer(settings, spill, meters, clock, this::wakeUp, this::wakeDiskWorker);
    DiskWorker disk = diskWorker(settings, buffer, status, clock);
    this.diskThread = disk == null ? null : new WorkerThread(name + "-disk", disk, disk::recover);
    buffer.showIn(meters, disk == null ? () -> 0 : disk::bytes);
    this.shipper =
        new Shipper(
            buffer,
            new Balancer(routes(settings, transports, status, clock), settings.balance()),
            new ChunkIds(),
            settings,
            meters,
            status,
            clock);
    this.thread = new WorkerThread(name, shipper, shipper::recover);
  }

  private static List<Route> routes(
      ForwardSettings settings,
      List<? extends ForwardTransport> transports,
      Status status,
      LongSupplier clock) {
    List<String> names = settings.endpoints().stream().map(Endpoint::toString).toList();
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < transports.size(); i++) {
      String name = transports.size() == names.size() ? names.get(i) : String.join(", ", names);
      BackOff backOff =
          new BackOff(
              settings.retry().initial(),
              settings.retry().max(),
              () -> ThreadLocalRandom.current().nextDouble());
      boolean ack = settings.transport().ack();
      routes.add(new Route(name, transports.get(i), backOff, ack, status, clock));
    }
    return routes;
  }

  private static @Nullable DiskWorker diskWorker(
      ForwardSettings settings, ChunkBuffer buffer, Status status, LongSupplier clock) {
    Disk disk = settings.buffer().disk();
    Disk.Spooling spool = disk.spool();
    Disk.Letters letters = disk.letters();
    if (spool == null && letters == null) {
      return null;
    }
    LongSupplier wallClock = () -> System.currentTimeMillis() * 1_000_000;
    return new DiskWorker(
        buffer.backlog(),
        spool == null
            ? null
            : new JournalKeeper(
                buffer,
                spool.folder(),
                spool,
                settings.chunkLimit(spool.maxBytes()),
                status,
                clock,
                wallClock),
        letters == null ? null : new DeadLetters(letters, status, clock, wallClock),
        status,
        clock);
  }

  private void wakeUp() {
    thread.wakeUp();
  }

  private void wakeDiskWorker() {
    if (diskThread != null) {
      diskThread.wakeUp();
    }
  }

  /** Starts to send; {@code heartbeat} runs on the sink's thread, about once a second or more. */
  @Override
  public void start(Runnable heartbeat) {
    thread.start(heartbeat);
    if (diskThread != null) {
      diskThread.start(() -> {});
    }
  }

  @Override
  public Outcome accept(Entry entry) {
    Outcome outcome = buffer.accept(entry);
    Escort late = escort;
    if (late != null && outcome == Outcome.ACCEPTED && ShiplogThread.currentMayWait()) {
      // what a spool has is safe, and on its way
      if (!late.sees(patience -> isDrained(patience, false))) {
        giveUp(System.nanoTime(), System.nanoTime() + OVERTIME.toNanos());
      }
    }
    return outcome;
  }

  @Override
  public void drain(Duration timeout) {
    boolean unused = isDrained(timeout, true);
  }

  private boolean isDrained(Duration timeout, boolean spooledToo) {
    long mark = buffer.sealAll();
    shipper.hurry();
    wakeUp();
    return buffer.backlog().awaitSettled(mark, timeout.toNanos(), spooledToo);
  }

  /**
   * For the end of the JVM: drains within {@code timeout}. While the endpoint takes what there is,
   * each later event is sent at once and {@link #accept} waits for its acknowledgement, unless a
   * spool has it, so that what an application logs while it closes arrives too; {@code timeout}
   * once more in all. Once the endpoint does not take it, the rest goes the remainder's way, and so
   * does each later event. Waits for stdout to take the rest: a full buffer is many writes. {@link
   * #close} may follow.
   */
  @Override
  public void retire(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    long lastSending = deadline - reserve(timeout);
    boolean drained = isDrained(until(lastSending), true);
    if (drained) {
      escort = new Escort(timeout, System::nanoTime);
      // what came in before its caller could see that it is to wait
      drained = isDrained(until(lastSending), true);
    }
    if (!drained) {
      giveUp(lastSending, deadline + OVERTIME.toNanos());
    }
  }

  private void giveUp(long lastSending, long deadline) {
    escort = null;
    buffer.retire();
    finish(lastSending, deadline);
  }

  private static Duration until(long nanoTime) {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /**
   * Refuses events, sends what there is within {@code timeout} and the rest the remainder's way,
   * and ends the thread. Returns at most half a second after {@code timeout}, even if stdout or the
   * endpoint hangs: then it leaves a daemon thread behind that ends when it can.
   */
  @Override
  public void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    buffer.close();
    finish(deadline - reserve(timeout), deadline);
    thread.stop(Duration.ofNanos(END_NANOS));
    if (diskThread != null) {
      diskThread.stop(Duration.ofNanos(END_NANOS));
    }
  }

  private void finish(long lastSending, long deadline) {
    long mark = buffer.sealAll();
    shipper.finishBy(lastSending);
    wakeUp();
    Backlog backlog = buffer.backlog();
    if (!backlog.awaitSettled(mark, lastSending - System.nanoTime(), true)) {
      // what a spool keeps may stay where it is
      long rest = Math.max(END_NANOS, deadline - System.nanoTime());
      backlog.awaitSettled(mark, rest, false);
    }
  }

  private long reserve(Duration timeout) {
    return spills ? Math.min(timeout.toNanos() / RESERVE, MAX_RESERVE_NANOS) : 0;
  }
}
