package dev.shiplog.forward;

import dev.shiplog.transport.Result;

/** Hears what comes of a route, on the thread that steps it. */
interface RouteListener {
  /** The result of a chunk; the route has forgotten it. */
  void settled(Route route, Chunk chunk, Result result);

  /** The route has failed, or works again. */
  void healthChanged(Route route);
}
