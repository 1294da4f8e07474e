package dev.shiplog.stdout;

import dev.shiplog.sink.Entry;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.util.Arrays;

/**
 * Whole records for one lane, one behind the other: what the worker writes in one system call.
 * Filled under the lock of its {@link PageQueue}, then read by the worker alone.
 */
final class Page {
  private final byte[] bytes;
  private final long[] eventsByLevel = new long[Meters.LEVELS];
  private Lane lane;
  private int size;
  private long events;
  private long number;

  Page(int capacity, Lane lane) {
    this.bytes = new byte[capacity];
    this.lane = lane;
  }

  /** Empties the page for another use. */
  Page reset(Lane lane) {
    this.lane = lane;
    size = 0;
    events = 0;
    Arrays.fill(eventsByLevel, 0);
    return this;
  }

  int capacity() {
    return bytes.length;
  }

  Lane lane() {
    return lane;
  }

  long events() {
    return events;
  }

  /** The page's place in the order of sealing. */
  long number() {
    return number;
  }

  void seal(long number) {
    this.number = number;
  }

  boolean hasRoomFor(int length) {
    return length <= bytes.length - size;
  }

  void add(Entry entry) {
    System.arraycopy(entry.bytes(), entry.offset(), bytes, size, entry.length());
    size += entry.length();
    eventsByLevel[entry.level()]++;
    events++;
  }

  /** Writes all records; returns whether all were written. */
  boolean write() {
    return lane.write(bytes, 0, size, events);
  }

  /** Counts all records as dropped. */
  void countDropped(DropReason reason, Meters meters) {
    for (int level = 0; level < Meters.LEVELS; level++) {
      if (eventsByLevel[level] > 0) {
        meters.dropped(reason, level, eventsByLevel[level]);
      }
    }
  }
}
