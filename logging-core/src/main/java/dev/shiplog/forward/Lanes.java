package dev.shiplog.forward;

import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tags seen so far and their open chunks. Beyond the bound of tags events go under the head, so
 * that a tag made from a request's data cannot fill the memory, or the store behind the endpoint.
 * Guarded by the lock of its {@link ChunkBuffer}, but for {@link #known}.
 */
final class Lanes {
  private final int max;
  private final long maxAge;
  private final Backlog backlog;
  private final Chunks chunks;
  private final Meters meters;
  private final LongSupplier nanoClock;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Lane head;

  Lanes(
      ForwardSettings settings,
      Backlog backlog,
      Chunks chunks,
      Meters meters,
      LongSupplier nanoClock) {
    this.max = settings.tags().max();
    this.maxAge = settings.chunk().maxAge().toNanos();
    this.backlog = backlog;
    this.chunks = chunks;
    this.meters = meters;
    this.nanoClock = nanoClock;
    this.head = new Lane(settings.tags().head());
    lanes.put(head.tag(), head);
  }

  /** The lane of a tag that was seen before, else null; without the lock. */
  @Nullable Lane known(String tag) {
    return lanes.get(tag);
  }

  /** The lane for the events of a tag: its own, or the head's if there is no room for more. */
  Lane of(String tag) {
    Lane lane = lanes.get(tag);
    if (lane != null) {
      return lane;
    }
    // the head's own lane is not one of the tags that are counted
    if (lanes.size() > max) {
      meters.retagged();
      return head;
    }
    Lane added = new Lane(tag);
    lanes.put(tag, added);
    return added;
  }

  /** Opens a chunk in a lane that has none; in memory unless {@code journal} is given. */
  Chunk open(Lane lane, @Nullable Journal journal) {
    Chunk chunk = chunks.blank();
    chunk.open(lane.tag(), nanoClock.getAsLong(), journal);
    lane.open = chunk;
    return chunk;
  }

  /** Lets the open chunk of a lane wait to be sent. */
  void seal(Lane lane, Chunk open) {
    lane.open = null;
    backlog.add(open);
  }

  void sealAll() {
    for (Lane lane : lanes.values()) {
      Chunk open = lane.open;
      if (open != null) {
        seal(lane, open);
      }
    }
  }

  /** Seals the chunks in memory. */
  void sealMemory() {
    for (Lane lane : lanes.values()) {
      Chunk open = lane.open;
      if (open != null && !open.isSpooled()) {
        seal(lane, open);
      }
    }
  }

  /** Seals what is old enough at {@code now}; returns when the next one may be. */
  long sealAged(long now) {
    // a chunk opened from now on is due later than this
    long next = now + maxAge;
    for (Lane lane : lanes.values()) {
      Chunk open = lane.open;
      if (open == null) {
        continue;
      }
      long due = open.openedAt() + maxAge;
      if (now - due >= 0) {
        seal(lane, open);
      } else if (due - next < 0) {
        next = due;
      }
    }
    return next;
  }

  /** Drops the chunk in memory that was opened first; false if none is open. */
  boolean dropOldestInMemory() {
    Lane lane = null;
    Chunk oldest = null;
    for (Lane candidate : lanes.values()) {
      Chunk open = candidate.open;
      if (open != null
          && !open.isSpooled()
          && (oldest == null || open.openedAt() - oldest.openedAt() < 0)) {
        lane = candidate;
        oldest = open;
      }
    }
    if (lane == null || oldest == null) {
      return false;
    }
    lane.open = null;
    chunks.dropped(oldest, DropReason.OVERFLOW);
    return true;
  }

  /** Drops a chunk if it is open. */
  boolean dropOpen(Chunk chunk) {
    Lane lane = lanes.get(chunk.tag());
    if (lane == null || lane.open != chunk) {
      return false;
    }
    lane.open = null;
    chunks.dropped(chunk, DropReason.OVERFLOW);
    return true;
  }

  /** How many events are in open chunks, counted chunk by chunk. */
  long events() {
    long events = 0;
    for (Lane lane : lanes.values()) {
      @Nullable Chunk open = lane.open;
      events += open == null ? 0 : open.events();
    }
    return events;
  }
}
