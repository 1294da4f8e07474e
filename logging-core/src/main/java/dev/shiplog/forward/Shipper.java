package dev.shiplog.forward;

import dev.shiplog.sink.EventCount;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.status.RateLimitedStatus;
import dev.shiplog.status.Status;
import dev.shiplog.transport.Result;
import dev.shiplog.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves sealed chunks to the endpoints and decides what each result means: forget, try again later,
 * give up. Stepped by one thread; only {@link #hurry}, {@link #finishBy} and {@link #wakeUp} are
 * for others.
 */
final class Shipper implements Worker, RouteListener {
  /** The longest sleep, so that whoever hangs on the heartbeat is not forgotten. */
  private static final long MAX_IDLE_NANOS = 1_000_000_000;

  /** How long the rest may wait for the disk to make room for it in the spool. */
  private static final long KEEPER_NANOS = 100_000_000;

  /** A chunk that comes back from a route, and whether the endpoint may have seen it. */
  private record Returned(Chunk chunk, boolean sent) {}

  private final ChunkBuffer buffer;
  private final Backlog backlog;
  private final Balancer balancer;
  private final Supplier<byte[]> ids;
  private final Remainder remainder;
  private final Meters meters;

  /** What cannot be made undone. */
  private final RateLimitedStatus losses;

  private final LongSupplier nanoClock;

  private final List<Returned> returned = new ArrayList<>();
  private @Nullable Route chosen;
  private long acks;
  private long retaggedTold;

  private volatile boolean hurried;
  private volatile boolean finishing;
  private volatile long finishAt;

  Shipper(
      ChunkBuffer buffer,
      Balancer balancer,
      Supplier<byte[]> ids,
      ForwardSettings settings,
      Meters meters,
      Status status,
      LongSupplier nanoClock) {
    this.buffer = buffer;
    this.backlog = buffer.backlog();
    this.balancer = balancer;
    this.ids = ids;
    this.remainder = settings.drain().remainder();
    this.meters = meters;
    this.losses = new RateLimitedStatus(status, nanoClock);
    this.nanoClock = nanoClock;
  }

  /** Lets the next attempt be made at once, whatever the back-off says. */
  void hurry() {
    hurried = true;
  }

  /** Gives what is buffered until {@code deadline}; the rest then follows the remainder's way. */
  void finishBy(long deadline) {
    finishAt = deadline;
    finishing = true;
    hurried = true;
  }

  @Override
  public int doWork() {
    long now = nanoClock.getAsLong();
    if (finishing && now - finishAt >= 0) {
      return disposeOfRemainder(now - finishAt < KEEPER_NANOS);
    }
    if (hurried) {
      hurried = false;
      balancer.hurry();
    }
    int done = 0;
    for (Route route : balancer.routes()) {
      done += route.step(now, this);
      done += sortReturned(route);
    }
    done += buffer.sealAged(now);
    return done + send(now);
  }

  private int send(long now) {
    int sent = 0;
    Chunk chunk;
    while ((chunk = backlog.take(next -> choose(next, now))) != null) {
      if (!chunk.hasId()) {
        chunk.id(ids.get());
      }
      if (backlog.stage(chunk)) {
        Objects.requireNonNull(chosen).submit(chunk);
      }
      sent++;
    }
    return sent;
  }

  private boolean choose(Chunk next, long now) {
    chosen = balancer.routeFor(next, now);
    return chosen != null;
  }

  @Override
  public void healthChanged(Route route) {
    meters.endpointUp(balancer.isAnyUp());
  }

  @Override
  public void settled(Route route, Chunk chunk, Result result) {
    if (result instanceof Result.Acked acked) {
      route.acknowledged(++acks);
      meters.chunkAcked(acked.nanos());
      backlog.delivered(chunk);
    } else if (result instanceof Result.Retry retry) {
      returned.add(new Returned(chunk, retry.sent()));
    } else if (result instanceof Result.Rejected rejected) {
      giveUp(route, chunk, rejected.why());
    }
  }

  /**
   * Puts what one endpoint gave back in one step where it belongs: what was not sent in front
   * again; what went down together in front, to be sent one at a time; what failed alone behind the
   * others from the second time on, so that it does not bar their way.
   */
  private int sortReturned(Route route) {
    boolean connectionLost = route.takeLost();
    int done = returned.size();
    if (done > 0) {
      long sent = returned.stream().filter(Returned::sent).count();
      for (int i = done - 1; i >= 0; i--) {
        Returned one = returned.get(i);
        if (one.sent()) {
          meters.chunkRetried();
        }
        sort(route, one, sent == 1, connectionLost);
      }
      returned.clear();
    }
    return done;
  }

  private void sort(Route route, Returned one, boolean alone, boolean connectionLost) {
    Chunk chunk = one.chunk();
    Attempts attempts = chunk.attempts();
    boolean inFront = true;
    if (one.sent() && alone) {
      inFront = !attempts.hasFailedAlone();
      attempts.failedAlone(route.lastAck(), acks, connectionLost);
    } else if (one.sent()) {
      attempts.failedInCompany();
    }
    if (attempts.isHopeless()) {
      giveUp(
          route, chunk, Attempts.MAX_FAILURES + " failures, while other chunks were acknowledged");
    } else {
      backlog.giveBack(chunk, inFront);
    }
  }

  private void giveUp(Route route, Chunk chunk, String why) {
    meters.chunkRejected();
    losses.problem(
        "REJECTED",
        route.name() + ": a chunk of " + EventCount.of(chunk.events()) + " is given up: " + why,
        null);
    buffer.giveUp(chunk);
  }

  /** One chunk a step, since stdout may be slow. What is in a spool, or can get there, stays. */
  private int disposeOfRemainder(boolean mayWait) {
    balancer.disconnect();
    backlog.giveBackAll();
    if (buffer.moveFromMemory()) {
      return 1;
    }
    Chunk chunk = mayWait && buffer.callKeeper() ? null : backlog.takeFromMemory();
    if (chunk == null) {
      return 0;
    }
    if (remainder == Remainder.STDOUT) {
      backlog.spill(chunk);
    } else {
      backlog.dropped(chunk, DropReason.STOPPED);
    }
    return 1;
  }

  @Override
  public long idleNanos() {
    tellRetagged();
    long now = nanoClock.getAsLong();
    long idle = Math.min(MAX_IDLE_NANOS, balancer.idleNanos(now, backlog.hasWaiting()));
    idle = Math.min(idle, buffer.nanosToAge(now));
    if (finishing && finishAt + KEEPER_NANOS - now > 0) {
      idle = Math.min(idle, finishAt - now > 0 ? finishAt - now : finishAt + KEEPER_NANOS - now);
    }
    return Math.max(0, idle);
  }

  private void tellRetagged() {
    long retagged = meters.retaggedTotal();
    if (retagged != retaggedTold) {
      retaggedTold = retagged;
      losses.problem(
          "TAGS", "more tags than fluentd.maxTags: " + retagged + " events under the head", null);
    }
  }

  /** Starts afresh after something that should not have happened: nothing under way is lost. */
  void recover(@Nullable Throwable cause) {
    balancer.startAfresh();
    returned.clear();
    backlog.giveBackAll();
    losses.problem("BUG", "the shipper of " + balancer + " starts afresh", cause);
  }

  @Override
  public void idle(long nanos) {
    balancer.await(nanos);
  }

  @Override
  public void wakeUp(Thread runner) {
    balancer.wakeUp(runner);
  }

  /** However long stdout takes: nobody waits for this thread any more. */
  @Override
  public void onClose() {
    try {
      // whoever closed may have stopped waiting for a slow stdout; it gets the rest all the same
      while (finishing && disposeOfRemainder(false) > 0) {}
    } finally {
      balancer.close();
    }
  }
}
