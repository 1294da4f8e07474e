package dev.shiplog.forward;

import dev.shiplog.status.RateLimitedStatus;
import dev.shiplog.status.Status;
import dev.shiplog.transport.Fault;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.Result;
import dev.shiplog.transport.TransportListener;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint as the shipper sees it: its transport, and how far it is trusted. Used by the
 * shipper's thread alone.
 *
 * <p>After a failure it is left alone for a while that grows, then has to prove itself with one
 * chunk at a time. Proof is an acknowledgement; without acknowledgements, a chunk that was written
 * a second ago without anything failing since. A connect is none.
 */
final class Route implements TransportListener {
  /** An endpoint that accepts and closes, as a paused Fluent Bit, does so sooner. */
  private static final long SURVIVAL_NANOS = 1_000_000_000;

  private final String name;
  private final ForwardTransport transport;
  private final BackOff backOff;
  private final boolean ack;
  private final RateLimitedStatus health;

  /** What is worth knowing and no failure. */
  private final RateLimitedStatus notices;

  private final LongSupplier nanoClock;

  private @Nullable RouteListener listener;
  private boolean trusted = true;
  private boolean up;
  private boolean lost;
  private boolean paused;
  private long pausedUntil;
  private boolean connecting;
  private long connectingSince;
  private boolean onTrial;
  private long triedAt;
  private int underWay;
  private boolean carriesSuspect;
  private long lastAck;

  /**
   * A route that nothing is known about, which is trust enough to begin with.
   *
   * @param name of the endpoint, for messages
   * @param ack whether chunks are acknowledged
   */
  Route(
      String name,
      ForwardTransport transport,
      BackOff backOff,
      boolean ack,
      Status status,
      LongSupplier nanoClock) {
    this.name = name;
    this.transport = transport;
    this.backOff = backOff;
    this.ack = ack;
    this.health = new RateLimitedStatus(status, nanoClock);
    this.notices = new RateLimitedStatus(status, nanoClock);
    this.nanoClock = nanoClock;
  }

  String name() {
    return name;
  }

  ForwardTransport transport() {
    return transport;
  }

  /** Whether nothing failed since the last proof. */
  boolean isTrusted() {
    return trusted;
  }

  /** Whether the last that was heard of it was good. */
  boolean isUp() {
    return up;
  }

  /** Whether it is left alone at present. */
  boolean isPaused(long now) {
    return paused && now - pausedUntil < 0;
  }

  /** Whether a chunk would not have to wait for a connection. */
  boolean isReady() {
    return transport.isConnected();
  }

  /** Lets it connect; nothing is at stake until it has. Returns for how long it has been trying. */
  long connect(long now) {
    if (!connecting) {
      connecting = true;
      connectingSince = now;
      transport.connect();
    }
    return now - connectingSince;
  }

  /**
   * Whether it may have this chunk now. A suspect travels alone, so that a failure tells whose
   * fault it is; so does any chunk while the endpoint has to prove itself.
   */
  boolean hasRoomFor(Chunk chunk) {
    boolean alone = chunk.attempts().isSuspect() || carriesSuspect || !trusted;
    return transport.hasRoom() && !(alone && underWay > 0);
  }

  void submit(Chunk chunk) {
    underWay++;
    carriesSuspect = chunk.attempts().isSuspect();
    transport.submit(chunk);
  }

  int step(long now, RouteListener to) {
    listener = to;
    int done = transport.step(this);
    if (onTrial && now - triedAt >= SURVIVAL_NANOS) {
      works();
    }
    return done;
  }

  @Override
  public void connected(String address) {
    // says nothing about health: neither the back-off nor the endpoint's state changes
    connecting = false;
  }

  @Override
  public void failed(Fault fault, String detail) {
    lost = true;
    trusted = false;
    onTrial = false;
    long wait = pause(fault.isLasting() ? backOff.longest() : backOff.next());
    health.problem(
        fault.name(),
        name + ": " + detail + "; events are kept, next attempt in " + wait / 1_000_000 + " ms",
        null);
    healthIs(false);
  }

  @Override
  public void noticed(String detail) {
    notices.problem("NOTICE", name + ": " + detail, null);
  }

  private long pause(long wait) {
    pauseUntil(nanoClock.getAsLong() + wait);
    connecting = false;
    return wait;
  }

  private void pauseUntil(long then) {
    if (!paused || then - pausedUntil > 0) {
      pausedUntil = then;
    }
    paused = true;
  }

  @Override
  public void settled(Outgoing outgoing, Result result) {
    underWay--;
    carriesSuspect &= underWay > 0;
    if (result instanceof Result.Acked) {
      taken();
    } else if (result instanceof Result.Retry retry && !retry.after().isZero()) {
      pauseUntil(nanoClock.getAsLong() + retry.after().toNanos());
    }
    if (listener != null) {
      listener.settled(this, (Chunk) outgoing, result);
    }
  }

  private void taken() {
    if (ack || trusted) {
      works();
    } else if (!onTrial) {
      onTrial = true;
      triedAt = nanoClock.getAsLong();
    }
  }

  private void works() {
    backOff.reset();
    paused = false;
    trusted = true;
    onTrial = false;
    if (!up) {
      health.recovered(name + ": takes chunks again");
      healthIs(true);
    }
  }

  private void healthIs(boolean good) {
    up = good;
    if (listener != null) {
      listener.healthChanged(this);
    }
  }

  /** Notes that an acknowledgement, the {@code serial}th of all endpoints, was this one's. */
  void acknowledged(long serial) {
    lastAck = serial;
  }

  /** Which of all acknowledgements was the last one of this endpoint, 0 if it never gave any. */
  long lastAck() {
    return lastAck;
  }

  /** Whether a connection failed since this was asked last. */
  boolean takeLost() {
    boolean was = lost;
    lost = false;
    return was;
  }

  /** Lets the next attempt be made at once. */
  void hurry() {
    backOff.reset();
    paused = false;
  }

  /** Forgets what is under way and goes on after a pause. */
  void startAfresh() {
    disconnect();
    pause(backOff.next());
  }

  /** Ends the connection and forgets what is under way. */
  void disconnect() {
    transport.disconnect();
    underWay = 0;
    carriesSuspect = false;
    connecting = false;
    lost = false;
  }

  /**
   * How long until it wants to be looked at, besides what comes from the network.
   *
   * @param demand whether chunks wait
   * @param headStart how long others wait for it to connect
   */
  long idleNanos(long now, boolean demand, long headStart) {
    long idle = transport.idleNanos();
    if (demand && isPaused(now)) {
      idle = Math.min(idle, pausedUntil - now);
    }
    long left = connectingSince + headStart - now;
    return demand && connecting && left > 0 ? Math.min(idle, left) : idle;
  }
}
