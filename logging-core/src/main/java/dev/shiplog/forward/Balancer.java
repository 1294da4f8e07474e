package dev.shiplog.forward;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the endpoint for each chunk. Used by the shipper's thread alone.
 *
 * <p>Chunks go to connected endpoints only, and are kept by the backlog while none is: one that
 * cannot be reached costs others nothing but a moment, and costs a chunk nothing at all. An
 * endpoint whose pause after a failure is over is connected to beside the ones that work.
 *
 * <p>The transports of all routes sleep as one: awaiting or waking the first is enough.
 */
final class Balancer {
  /** So long the others wait for a preferred endpoint that connects, if it was all right so far. */
  static final long HEAD_START_NANOS = 250_000_000;

  private final List<Route> routes;
  private final Balance balance;
  private int turn;

  Balancer(List<Route> routes, Balance balance) {
    this.routes = List.copyOf(routes);
    this.balance = balance;
  }

  List<Route> routes() {
    return routes;
  }

  /** Where this chunk may go now, null if nowhere; lets endpoints connect that may be of use. */
  @Nullable Route routeFor(Chunk chunk, long now) {
    return balance == Balance.FAILOVER ? firstFor(chunk, now) : nextFor(chunk, now);
  }

  private @Nullable Route firstFor(Chunk chunk, long now) {
    for (Route route : routes) {
      if (route.isPaused(now)) {
        continue;
      }
      if (route.isReady()) {
        if (route.hasRoomFor(chunk)) {
          return route;
        }
        if (route.isTrusted()) {
          // full, not failed: that is no reason to leave it
          return null;
        }
      } else if (route.connect(now) < HEAD_START_NANOS && route.isTrusted()) {
        return null;
      }
    }
    return null;
  }

  private @Nullable Route nextFor(Chunk chunk, long now) {
    Route chosen = null;
    int after = turn;
    for (int i = 0; i < routes.size(); i++) {
      int index = (turn + i) % routes.size();
      Route route = routes.get(index);
      if (route.isPaused(now)) {
        continue;
      }
      if (!route.isReady()) {
        route.connect(now);
      } else if (chosen == null && route.hasRoomFor(chunk)) {
        chosen = route;
        after = (index + 1) % routes.size();
      }
    }
    turn = after;
    return chosen;
  }

  /** Whether any endpoint works. */
  boolean isAnyUp() {
    return routes.stream().anyMatch(Route::isUp);
  }

  /** How long until a route wants to be looked at; {@code demand}: whether chunks wait. */
  long idleNanos(long now, boolean demand) {
    long idle = Long.MAX_VALUE;
    for (Route route : routes) {
      idle = Math.min(idle, route.idleNanos(now, demand, HEAD_START_NANOS));
    }
    return idle;
  }

  void await(long nanos) {
    routes.get(0).transport().await(nanos);
  }

  void wakeUp(Thread runner) {
    routes.get(0).transport().wakeUp(runner);
  }

  void hurry() {
    routes.forEach(Route::hurry);
  }

  void disconnect() {
    routes.forEach(Route::disconnect);
  }

  void startAfresh() {
    routes.forEach(Route::startAfresh);
  }

  void close() {
    routes.forEach(route -> route.transport().close());
  }

  @Override
  public String toString() {
    return routes.stream().map(Route::name).collect(Collectors.joining(", "));
  }
}
