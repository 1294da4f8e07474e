package dev.shiplog;

import dev.shiplog.forward.SpoolFrames;
import dev.shiplog.forward.SpoolFrames.EntryHead;
import dev.shiplog.forward.SpoolFrames.Seal;
import dev.shiplog.spool.SpoolView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a spool is still to be delivered, by chunk: entries that a seal speaks for, and those
 * that none does, by tag. Entries that are settled, or whose seal is, are left out. For one thread.
 */
final class SpoolContents {
  private static final int TIME_BYTES = 11;
  private static final long NANOS = 1_000_000_000;

  private final SpoolView view;
  private final Map<String, TreeMap<Long, Sealed>> seals = new HashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private long settled;
  private long strange;

  private record Sealed(Seal seal, boolean settled) {}

  /** Sees one entry after the other, as it goes over the wire; the array is used again. */
  interface EntryVisitor {
    void entry(byte[] bytes, int offset, int end);
  }

  /** A chunk, or the entries of one tag that are in none yet. */
  static final class Group {
    final String id;
    final String tag;
    long events;
    long bytes;

    /** Nanoseconds since 1970; the lowest and highest of the entries whose time is known. */
    long oldest = Long.MAX_VALUE;

    long newest = Long.MIN_VALUE;

    Group(String id, String tag) {
      this.id = id;
      this.tag = tag;
    }

    void count(byte[] bytes, int offset, int end) {
      events++;
      this.bytes += end - offset;
      boolean timed =
          end - offset >= TIME_BYTES
              && bytes[offset + 1] == (byte) 0xd7
              && bytes[offset + 2] == 0; // fixext 8 of type 0: EventTime
      if (timed) {
        ByteBuffer time = ByteBuffer.wrap(bytes, offset + 3, 8);
        long nanos = (time.getInt() & 0xffff_ffffL) * NANOS + (time.getInt() & 0xffff_ffffL);
        oldest = Math.min(oldest, nanos);
        newest = Math.max(newest, nanos);
      }
    }
  }

  private SpoolContents(SpoolView view) {
    this.view = view;
  }

  /** Goes through a spool and shows the entries that are still to be delivered, in order. */
  static SpoolContents of(SpoolView view, EntryVisitor visitor) throws IOException {
    SpoolContents contents = new SpoolContents(view);
    contents.read(visitor);
    return contents;
  }

  /** Seals first: each stands behind its entries. */
  private void read(EntryVisitor visitor) throws IOException {
    view.read(
        (position, kind, settled, bytes, offset, length) -> {
          Seal seal = kind == SpoolFrames.SEAL ? SpoolFrames.seal(bytes, offset, length) : null;
          if (seal != null) {
            seals
                .computeIfAbsent(seal.tag(), tag -> new TreeMap<>())
                .put(seal.from(), new Sealed(seal, settled));
          }
        });
    view.read(
        (position, kind, settled, bytes, offset, length) -> {
          if (kind == SpoolFrames.ENTRY) {
            entry(position, settled, bytes, offset, length, visitor);
          } else if (kind != SpoolFrames.SEAL) {
            strange++;
          }
        });
  }

  private void entry(
      long position, boolean done, byte[] bytes, int offset, int length, EntryVisitor visitor) {
    EntryHead head = SpoolFrames.entryHead(bytes, offset, length);
    if (head == null) {
      strange++;
      return;
    }
    Map.Entry<Long, Sealed> before =
        seals.getOrDefault(head.tag(), new TreeMap<>()).floorEntry(position);
    Sealed sealed =
        before == null || before.getValue().seal.to() <= position ? null : before.getValue();
    if (done || sealed != null && sealed.settled) {
      settled++;
      return;
    }
    String id = sealed == null ? "" : sealed.seal.id();
    int from = offset + head.length();
    groups
        .computeIfAbsent(id + ' ' + head.tag(), key -> new Group(id, head.tag()))
        .count(bytes, from, offset + length);
    visitor.entry(bytes, from, offset + length);
  }

  /** In the order in which they begin. */
  Collection<Group> groups() {
    return groups.values();
  }

  /** How many entries are delivered, or given up, and not yet released. */
  long settled() {
    return settled;
  }

  /** How many frames are whole and yet hold nothing that is known. */
  long strange() {
    return strange;
  }
}
