package dev.shiplog.forward;

import dev.shiplog.status.Meters;
import dev.shiplog.transport.Outgoing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one tag, and what is known about them. The entries are in pages of the slab, or in a
 * spool from one position to another and in pages only while they travel.
 *
 * <p>Belongs to {@link ChunkBuffer} and is written under its lock; once sealed its entries no
 * longer change and the shipper's thread reads them without. Released chunks are used again.
 */
final class Chunk implements Outgoing {
  private static final byte[] NO_ID = {};
  private static final int LEVEL_BITS = 3;

  private final Pages pages = new Pages();

  /** One int an entry in memory: its length and, in the lowest three bits, its level. */
  private int[] entries = new int[16];

  private int length;
  private int events;
  private final int[] byLevel = new int[Meters.LEVELS];
  private String tag = "";
  private byte[] id = NO_ID;
  private long openedAt;
  private long serial;

  private Attempts attempts = new Attempts();

  /** Where its entries are, if not in memory. */
  final Berth berth = new Berth();

  /** Starts anew, empty; in memory unless {@code journal} is given. */
  void open(String tag, long now, @Nullable Journal journal) {
    this.tag = tag;
    openedAt = now;
    length = 0;
    events = 0;
    Arrays.fill(byLevel, 0);
    id = NO_ID;
    serial = 0;
    attempts.reset();
    berth.open(journal);
  }

  /** Becomes, with the same entries in another place, what the other one was. */
  void takePlaceOf(Chunk other) {
    serial = other.serial;
    id = other.id;
    Attempts mine = attempts;
    attempts = other.attempts;
    other.attempts = mine;
  }

  /** What the shipper knows of earlier attempts. */
  Attempts attempts() {
    return attempts;
  }

  /** Whether its entries are in a spool. */
  boolean isSpooled() {
    return berth.journal() != null;
  }

  /** How many more pages an entry of {@code bytes} takes. */
  int pagesToAdd(int bytes) {
    return pages.missingFor(bytes);
  }

  /** Appends an entry in memory; the pages it takes must have been reserved. */
  void append(Slab slab, byte[] source, int offset, int bytes, int level) {
    if (events == entries.length) {
      entries = Arrays.copyOf(entries, 2 * events);
    }
    pages.grow(slab, bytes);
    pages.append(source, offset, bytes);
    // counted last: whatever failed above has left no trace
    entries[events] = bytes << LEVEL_BITS | level;
    count(bytes, level);
  }

  /** Counts an entry that is in the spool. */
  void count(int bytes, int level) {
    length += bytes;
    events++;
    byLevel[level]++;
  }

  /** Takes the pages that the entries of a spooled chunk travel in; they must be reserved. */
  void makeRoom(Slab slab) {
    pages.grow(slab, length);
  }

  /** Brings the next entry of a spooled chunk in, uncounted. */
  void load(byte[] source, int offset, int bytes) {
    pages.append(source, offset, bytes);
  }

  /** Counts what was brought in: less than before, where the spool was damaged. */
  void loaded(int[] found) {
    length = pages.length();
    events = 0;
    for (int level = 0; level < found.length; level++) {
      byLevel[level] = found[level];
      events += found[level];
    }
  }

  /** Gives its pages back. */
  void release(Slab slab) {
    pages.release(slab);
  }

  /** Shows each entry in memory, in order, as long as the visitor wants more. */
  boolean forEachEntry(EntryVisitor visitor) {
    byte[] copy = new byte[Slab.PAGE];
    int from = 0;
    for (int i = 0; i < events; i++) {
      int bytes = entries[i] >>> LEVEL_BITS;
      if (bytes > copy.length) {
        copy = new byte[bytes];
      }
      pages.read(from, copy, bytes);
      if (!visitor.entry(copy, bytes, entries[i] & (1 << LEVEL_BITS) - 1)) {
        return false;
      }
      from += bytes;
    }
    return true;
  }

  /** Sees one entry after the other; the array is used again. */
  interface EntryVisitor {
    /** Returns whether the next one is wanted. */
    boolean entry(byte[] bytes, int length, int level);
  }

  void seal(long serial) {
    this.serial = serial;
  }

  long serial() {
    return serial;
  }

  long openedAt() {
    return openedAt;
  }

  /** Makes it as old as its events are. */
  void openedAt(long then) {
    openedAt = then;
  }

  int eventsOf(int level) {
    return byLevel[level];
  }

  boolean hasId() {
    return id.length > 0;
  }

  void id(byte[] id) {
    this.id = id;
  }

  @Override
  public String tag() {
    return tag;
  }

  @Override
  public byte[] id() {
    return id;
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int pages() {
    return pages.count();
  }

  @Override
  public ByteBuffer page(int index) {
    return pages.page(index);
  }
}
