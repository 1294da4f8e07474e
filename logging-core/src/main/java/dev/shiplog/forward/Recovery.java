package dev.shiplog.forward;

import dev.shiplog.forward.SpoolFrames.EntryHead;
import dev.shiplog.forward.SpoolFrames.Seal;
import dev.shiplog.spool.Spool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunks of what a spool holds: the ones that were sealed as they were, with the same ids,
 * and new ones, by tag, of the entries that no seal speaks for. Reads the spool twice, seals first,
 * since a seal stands behind its entries. For one run, by one thread.
 */
final class Recovery {
  private final Journal journal;
  private final int chunkLimit;
  private final LongSupplier nanoClock;
  private final LongSupplier wallClock;
  private final Map<String, Track> tracks = new HashMap<>();
  private final List<Chunk> chunks = new ArrayList<>();

  /** The chunk of the entry just read. */
  private @Nullable Chunk last;

  private record Sealed(Seal seal, long position, boolean settled) {}

  /** What is known of one tag, at the position that has been reached. */
  private static final class Track {
    final List<Sealed> seals = new ArrayList<>();
    int next;
    @Nullable Chunk chunk;
  }

  private Recovery(
      Journal journal, int chunkLimit, LongSupplier nanoClock, LongSupplier wallClock) {
    this.journal = journal;
    this.chunkLimit = chunkLimit;
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
  }

  /**
   * The chunks of a journal into which nobody writes, in the order in which they began; none that
   * was settled is among them.
   *
   * @param wallClock nanoseconds since 1970: how long events were in the spool is told by the time
   *     of their file, or by their own where that is later. Their own alone would not do: it may be
   *     of a clock that was not set yet, or long before they were logged
   */
  static List<Chunk> of(
      Journal journal, int chunkLimit, LongSupplier nanoClock, LongSupplier wallClock) {
    Recovery recovery = new Recovery(journal, chunkLimit, nanoClock, wallClock);
    recovery.read();
    return recovery.chunks;
  }

  private void read() {
    Spool spool = journal.spool();
    spool.read(spool.start(), spool.end(), this::seal);
    for (Track track : tracks.values()) {
      track.seals.sort(Comparator.comparingLong(one -> one.seal().from()));
    }
    spool.read(spool.start(), spool.end(), this::entry);
    endLast(spool.end());
    long now = nanoClock.getAsLong();
    long wall = wallClock.getAsLong();
    for (Chunk chunk : chunks) {
      // until here it was the time of its last event, or when that was written at the latest
      chunk.openedAt(now - Math.max(0, wall - chunk.openedAt()));
    }
  }

  private void seal(
      long position, byte kind, boolean settled, byte[] bytes, int offset, int length) {
    Seal seal = kind == SpoolFrames.SEAL ? SpoolFrames.seal(bytes, offset, length) : null;
    // without an id it is there to be settled: then the process died just before
    if (seal != null && (settled || !seal.id().isEmpty())) {
      track(seal.tag()).seals.add(new Sealed(seal, position, settled));
    }
  }

  private void entry(
      long position, byte kind, boolean settled, byte[] bytes, int offset, int length) {
    endLast(position);
    EntryHead head =
        kind == SpoolFrames.ENTRY ? SpoolFrames.entryHead(bytes, offset, length) : null;
    if (head == null || settled) {
      return;
    }
    Track track = track(head.tag());
    int size = length - head.length();
    Chunk chunk = chunkAt(track, head.tag(), position, size);
    if (chunk != null) {
      journal.include(chunk, position, position, size, head.level());
      last = chunk;
      long logged = EventTime.nanos(bytes, offset + head.length(), size);
      long written = journal.spool().writtenAt(position);
      chunk.openedAt(Math.max(chunk.openedAt(), Math.max(logged, written)));
    }
  }

  /** Where a frame ends is known when the next one comes. */
  private void endLast(long position) {
    if (last != null) {
      last.berth.reach(position, position);
      last = null;
    }
  }

  private Track track(String tag) {
    return tracks.computeIfAbsent(tag, any -> new Track());
  }

  /** The chunk of the entry at this position; null if it was settled. */
  private @Nullable Chunk chunkAt(Track track, String tag, long position, int size) {
    while (track.next < track.seals.size() && track.seals.get(track.next).seal().to() <= position) {
      track.next++;
      track.chunk = null;
    }
    Sealed next = track.next < track.seals.size() ? track.seals.get(track.next) : null;
    Chunk chunk = track.chunk;
    if (next != null && next.seal().from() <= position) {
      if (next.settled()) {
        track.chunk = null;
        return null;
      }
      if (chunk == null || !chunk.berth.isSealed()) {
        chunk = open(track, tag);
        chunk.id(next.seal().id().getBytes(StandardCharsets.US_ASCII));
        chunk.berth.sealedAt(next.position());
      }
    } else if (chunk == null || chunk.length() + (long) size > chunkLimit) {
      chunk = open(track, tag);
    }
    return chunk;
  }

  private Chunk open(Track track, String tag) {
    Chunk chunk = new Chunk();
    chunk.open(tag, 0, journal);
    chunks.add(chunk);
    track.chunk = chunk;
    return chunk;
  }
}
