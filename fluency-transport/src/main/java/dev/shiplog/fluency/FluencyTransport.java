package dev.shiplog.fluency;

import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.Fault;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.Result;
import dev.shiplog.transport.TransportListener;
import dev.shiplog.transport.TransportSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint by way of Fluency: one connection, one chunk at a time on it, since Fluency's sender
 * waits for each acknowledgement. A courier does the waiting; the deadlines are kept here, and a
 * courier that passes one is given up with its connection.
 *
 * <p>A courier that was given up may read the chunk's memory once more before it notices, but has
 * nothing left to write it to: an interrupt closes the channel first.
 */
final class FluencyTransport implements ForwardTransport {
  private static final int MIB = 1 << 20;

  /** A look-up that hangs cannot be ended: so many may, before no more are begun. */
  private static final int MAX_LOST_COURIERS = 4;

  /** For a courier to begin: the first one loads Fluency and Jackson. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Endpoint endpoint;
  private final TransportSettings settings;
  private final ThreadFactory threads;
  private final Sleeper sleeper;
  private final LongSupplier nanoClock;
  private final DoubleSupplier jitter;
  private final List<Courier> lost = new ArrayList<>();
  private @Nullable Courier courier;
  private @Nullable Delivery underWay;
  private long usedAt;
  private long maxIdle;
  private long connectedAt;
  private long maxAge;

  /**
   * A transport that connects when the first chunk comes.
   *
   * @param threads for couriers: disposable, daemons
   * @param jitter random numbers from 0 to 1
   */
  FluencyTransport(
      Endpoint endpoint,
      TransportSettings settings,
      ThreadFactory threads,
      Sleeper sleeper,
      LongSupplier nanoClock,
      DoubleSupplier jitter) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.threads = threads;
    this.sleeper = sleeper;
    this.nanoClock = nanoClock;
    this.jitter = jitter;
  }

  @Override
  public boolean hasRoom() {
    return underWay == null;
  }

  @Override
  public void submit(Outgoing chunk) {
    Delivery delivery = new Delivery(chunk, settings, nanoClock, sleeper::wakeUp);
    underWay = delivery;
    retireIfDue(nanoClock.getAsLong());
    lost.removeIf(each -> !each.isAlive());
    if (lost.size() >= MAX_LOST_COURIERS) {
      delivery.failed(new Trouble(Fault.UNRESOLVED, "earlier attempts still hang", false));
      return;
    }
    Courier current = courier;
    if (current == null) {
      current = Courier.start(endpoint, settings, threads);
      courier = current;
      startedAnew(nanoClock.getAsLong());
    }
    current.carry(delivery);
  }

  @Override
  public int step(TransportListener listener) {
    sleeper.isMe();
    long now = nanoClock.getAsLong();
    Delivery current = underWay;
    if (current == null) {
      return retireIfDue(now);
    }
    Delivery.Outcome outcome = current.outcome();
    if (outcome == null) {
      if (now - deadline(current.progress(), current.chunk()) < 0) {
        return 0;
      }
      endCourier();
      outcome = new Delivery.Outcome(late(current.progress().stage()), 0);
    }
    underWay = null;
    usedAt = now;
    settle(current, outcome, now, listener);
    return 1;
  }

  private void settle(
      Delivery delivery, Delivery.Outcome outcome, long now, TransportListener listener) {
    String address = delivery.connectedTo();
    if (address != null) {
      startedAnew(now);
      listener.connected(address);
    }
    Trouble trouble = outcome.trouble();
    if (trouble == null) {
      listener.settled(delivery.chunk(), new Result.Acked(outcome.nanos()));
    } else {
      listener.failed(trouble.fault(), trouble.detail());
      listener.settled(delivery.chunk(), new Result.Retry(Duration.ZERO, trouble.sent()));
    }
  }

  private void startedAnew(long now) {
    usedAt = now;
    maxIdle = cut(settings.maxIdle());
    connectedAt = now;
    maxAge = cut(settings.maxAge());
  }

  private long cut(Duration duration) {
    return (long) (duration.toNanos() * (1 - jitter.getAsDouble() / 4));
  }

  private long deadline(Delivery.Progress progress, Outgoing chunk) {
    return progress.since()
        + switch (progress.stage()) {
          case QUEUED -> START_NANOS;
          case CONNECTING -> settings.connectTimeout().toNanos();
          case WRITING ->
              settings.writeTimeout().toNanos() * Math.max(1, (chunk.length() + MIB - 1L) / MIB);
          case AWAITING_ACK -> settings.ackTimeout().toNanos();
        };
  }

  private Trouble late(Delivery.Stage stage) {
    return switch (stage) {
      case QUEUED -> new Trouble(Fault.UNREACHABLE, "Fluency did not start", false);
      case CONNECTING ->
          new Trouble(
              Fault.UNREACHABLE,
              "no connection in " + settings.connectTimeout().toMillis() + " ms",
              false);
      case WRITING ->
          new Trouble(
              Fault.WRITE_TIMEOUT,
              "a chunk was not taken within " + settings.writeTimeout().toMillis() + " ms",
              true);
      case AWAITING_ACK ->
          new Trouble(
              Fault.ACK_TIMEOUT,
              "no acknowledgement within " + settings.ackTimeout().toMillis() + " ms",
              true);
    };
  }

  /** Lets an idle or old connection go. */
  private int retireIfDue(long now) {
    if (courier == null || nanosToRetire(now) > 0) {
      return 0;
    }
    endCourier();
    return 1;
  }

  private long nanosToRetire(long now) {
    return Math.min(usedAt + maxIdle - now, connectedAt + maxAge - now);
  }

  private void endCourier() {
    Courier ending = courier;
    if (ending != null) {
      courier = null;
      ending.end();
      lost.add(ending);
    }
  }

  @Override
  public long idleNanos() {
    long now = nanoClock.getAsLong();
    Delivery current = underWay;
    if (current != null) {
      return deadline(current.progress(), current.chunk()) - now;
    }
    return courier == null ? Long.MAX_VALUE : nanosToRetire(now);
  }

  @Override
  public void await(long nanos) {
    sleeper.await(nanos);
  }

  @Override
  public void wakeUp(Thread runner) {
    LockSupport.unpark(runner);
  }

  @Override
  public void disconnect() {
    underWay = null;
    endCourier();
  }

  @Override
  public void close() {
    disconnect();
  }
}
