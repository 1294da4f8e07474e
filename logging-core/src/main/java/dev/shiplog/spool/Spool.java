package dev.shiplog.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One log of opaque frames in one folder that this process holds.
 *
 * <p>What {@link #append} took is in a mapped file when it returns, and survives the process. A
 * position says where a frame begins; positions rise for the life of the log.
 *
 * <p>Threads: the owner's lock serialises {@link #append}, {@link #settle} and {@link #release}.
 * {@link #read} needs no lock as long as nothing of what it reads is released and the positions
 * come from under that lock. {@link #prepare}, {@link #trim} and {@link #force} are one worker's;
 * {@link #close} and {@link #delete} too, or of whoever has stopped it, with the lock. All else is
 * for any thread.
 */
public final class Spool implements AutoCloseable {
  /** All of maxBytes is in use, here or elsewhere, or no segment could ever hold the frame. */
  public static final long FULL = -1;

  /** No prepared segment: the disk is full, gone or slow. The owner uses its memory. */
  public static final long NOT_READY = -2;

  private final SegmentSupply supply;
  private final int segmentBytes;
  private final Damage damage;
  private final AtomicLong end = new AtomicLong();
  private final AtomicLong start = new AtomicLong();

  /** By sequence, the oldest first; written under the owner's lock, never changed in place. */
  private volatile Segment[] live;

  private @Nullable Segment current;
  private long lastSequence;
  private long forced;
  private volatile boolean closed;

  /** Sees one frame after the other. */
  public interface Visitor {
    /**
     * A whole frame.
     *
     * @param position where it begins
     * @param settled whether {@link Spool#settle} was called for it
     * @param bytes used again for the next frame
     */
    void frame(long position, byte kind, boolean settled, byte[] bytes, int offset, int length);
  }

  private Spool(
      SegmentSupply supply, int segmentBytes, Segment[] live, long lastSequence, Damage damage) {
    this.supply = supply;
    this.segmentBytes = segmentBytes;
    this.live = live;
    this.lastSequence = lastSequence;
    this.damage = damage;
    long last = live.length == 0 ? -1 : live[live.length - 1].base() + live[live.length - 1].end();
    end.set(last < 0 ? (lastSequence + 1) * segmentBytes + SegmentFormat.FRAMES : last);
    start.set(end.get());
    forced = end.get();
  }

  /** A new log in an empty folder. */
  static Spool create(LockedFolder folder, SpoolSettings settings, Quarantine quarantine) {
    int segmentBytes = settings.segmentBytes();
    SegmentSupply supply =
        new SegmentSupply(folder, settings, segmentBytes, List.of(), 0, 0, quarantine);
    return new Spool(supply, segmentBytes, new Segment[0], 0, Damage.NONE);
  }

  /** The log that is in a folder. */
  static Spool recover(LockedFolder folder, SpoolSettings settings, Quarantine quarantine)
      throws IOException {
    Recovery found = Recovery.of(folder.path(), quarantine);
    int segmentBytes = found.segmentBytes() == 0 ? settings.segmentBytes() : found.segmentBytes();
    SegmentSupply supply =
        new SegmentSupply(
            folder,
            settings,
            segmentBytes,
            found.spares(),
            found.bytes(),
            found.lastNumber(),
            quarantine);
    Spool spool =
        new Spool(supply, segmentBytes, found.live(), found.lastSequence(), found.damage());
    spool.start.set(Math.min(found.start(), spool.end()));
    return spool;
  }

  /**
   * The checksum that {@link #append} wants: of a part that the owner computes before it takes its
   * lock.
   */
  public static int checksum(
      byte kind, byte[] head, int headLength, byte[] body, int offset, int length) {
    return SegmentFormat.checksum(kind, head, headLength, body, offset, length);
  }

  /** Whether a frame with {@code length} bytes of head and body can ever be appended. */
  public boolean fits(int length) {
    return length <= SegmentFormat.maxPayload(segmentBytes);
  }

  /**
   * Whether so many frames with so many bytes of head and body in all can be appended before the
   * next {@link #prepare}: in the file in use, or however little that can take, in the next one.
   */
  public boolean hasRoom(long payload, int frames) {
    long bytes = payload + (long) frames * SegmentFormat.frameBytes(1);
    Segment here = current;
    return !closed
        && ((here != null && supply.isCurrent(here) && here.hasRoom(bytes))
            || (supply.isReady() && bytes <= SegmentFormat.maxFrames(segmentBytes)));
  }

  /**
   * Appends a frame. Never waits, but for the write-back of a page.
   *
   * @param kind not 0
   * @param checksum as {@link #checksum} computes it of the same
   * @return its position, or {@link #FULL} or {@link #NOT_READY}
   */
  public long append(
      byte kind, byte[] head, int headLength, byte[] body, int offset, int length, int checksum) {
    int payload = headLength + length;
    int size = SegmentFormat.frameBytes(payload);
    Segment to = current;
    if (to == null || !supply.isCurrent(to) || !to.hasRoom(size)) {
      if (!fits(payload)) {
        return FULL;
      }
      to = roll();
      if (to == null) {
        return !closed && supply.isFull() ? FULL : NOT_READY;
      }
    }
    long position = to.base() + to.end();
    to.append(kind, head, headLength, body, offset, length, checksum);
    end.setRelease(position + size);
    return position;
  }

  private @Nullable Segment roll() {
    Segment next = closed ? null : supply.take(lastSequence + 1);
    if (next != null) {
      lastSequence++;
      Segment[] more = Arrays.copyOf(live, live.length + 1);
      more[live.length] = next;
      live = more;
      current = next;
    }
    return next;
  }

  /** Where the next frame would begin, or behind the last one if that does not fit there. */
  public long end() {
    return end.getAcquire();
  }

  /** Where the file ends that this position is in: {@link #read} may stop there, and begin. */
  public long endOfFile(long position) {
    return (position / segmentBytes + 1) * segmentBytes;
  }

  /** The oldest position that is not released. */
  public long start() {
    return start.getAcquire();
  }

  /**
   * Shows the whole, undamaged frames that begin from {@code from}, which is the position of a
   * frame or the end of a file, to before {@code to}.
   */
  public void read(long from, long to, Visitor visitor) {
    byte[] array = new byte[1 << 12];
    for (Segment segment : live) {
      long base = segment.base();
      if (base + segmentBytes <= from || base >= to) {
        continue;
      }
      int first = (int) Math.max(SegmentFormat.FRAMES, from - base);
      FrameWalk walk = segment.walk(first, (int) Math.min(segmentBytes, to - base), array);
      while (walk.next()) {
        visitor.frame(
            base + walk.offset(), walk.kind(), walk.settled(), walk.bytes(), 0, walk.length());
      }
      array = walk.bytes();
    }
  }

  /** Marks the frame at this position as done with, for whoever recovers the log. */
  public void settle(long position) {
    Segment segment = position < start() ? null : segmentAt(position);
    if (segment != null) {
      segment.settle((int) (position - segment.base()));
    }
  }

  private @Nullable Segment segmentAt(long position) {
    Segment[] all = live;
    int low = 0;
    int high = all.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      long at = position - all[middle].base();
      if (at >= 0 && at < segmentBytes) {
        return all[middle];
      }
      low = at < 0 ? low : middle + 1;
      high = at < 0 ? middle : high;
    }
    return null;
  }

  /**
   * When the file that this position is in was written to last before this log was recovered, in
   * nanoseconds since 1970: a frame is no younger. 0 if it was not found with frames in it.
   */
  public long writtenAt(long position) {
    Segment segment = segmentAt(position);
    return segment == null ? 0 : segment.writtenAt();
  }

  /**
   * Forgets all frames before {@code before}, which is the position of a frame or {@link #end}; the
   * segments that held no others are used again.
   */
  public void release(long before) {
    long limit = Math.min(before, end());
    if (limit <= start()) {
      return;
    }
    Segment[] all = live;
    int done = 0;
    while (done < all.length && isDone(all[done], limit)) {
      done++;
    }
    if (done > 0) {
      live = Arrays.copyOfRange(all, done, all.length);
    }
    start.setRelease(limit);
    for (int i = 0; i < done; i++) {
      supply.giveBack(all[i]);
    }
    if (done < all.length && limit > all[done].base()) {
      all[done].release((int) (limit - all[done].base()));
    }
  }

  private boolean isDone(Segment segment, long before) {
    return segment != current && segment.base() + segment.end() <= before;
  }

  /** Whether {@link #prepare} has something to do: then the owner wakes its worker. */
  public boolean wantsPrepare() {
    return !closed && supply.wants();
  }

  /**
   * Makes a segment ready, so that there is one ahead of need, and looks now and then whether the
   * folder is still there. May take as long as the disk does. A recovered log that is only read
   * does not need it.
   *
   * @return whether it did something
   */
  public boolean prepare() {
    return !closed && supply.prepare();
  }

  /**
   * Says how much of maxBytes the owner's other logs take: this one makes no file for which there
   * is no room beside them.
   */
  public void elsewhere(long bytes) {
    supply.elsewhere(bytes);
  }

  /** Whether this log and what is elsewhere do not have room side by side. */
  public boolean isCrowded() {
    return !closed && supply.isCrowded();
  }

  /**
   * Deletes files that hold no frames, so that what was released makes room for other logs.
   *
   * @param kept how many are left that were prepared
   * @return whether there were any
   */
  public boolean trim(int kept) {
    return !closed && supply.trim(kept);
  }

  /**
   * Why {@link #prepare} failed last; null when there is a segment to append to. It tries again by
   * itself, at most once a second.
   */
  public @Nullable String trouble() {
    return supply.trouble();
  }

  /** What was found damaged when this log was recovered, for people; null if nothing was. */
  public @Nullable String damage() {
    return damage.text();
  }

  /**
   * Makes what was appended before the call safe from a loss of power.
   *
   * @throws IOException if the disk does not take it; the next call tries again
   */
  public void force() throws IOException {
    long to = end();
    try {
      for (Segment segment : live) {
        long base = segment.base();
        int first = (int) Math.max(0, forced - base);
        int last = (int) Math.min(segmentBytes, to - base);
        if (first < last) {
          segment.force(supply.disk(), first, last);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    supply.forceNames();
    forced = to;
  }

  /** Whether nothing was found in it: no frame, and no damage to tell of. */
  boolean isEmpty() {
    return live.length == 0 && damage.isNone();
  }

  /** How many bytes its files have, prepared ones included. */
  public long bytes() {
    return supply.bytes();
  }

  /** The folder's name, for messages. */
  @Override
  public String toString() {
    return String.valueOf(supply.path());
  }

  /** Unlocks the folder and keeps its files: another process, or this one, may adopt it. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      current = null;
      supply.close();
    }
  }

  /** Closes, and removes the folder; what was damaged is kept apart. */
  public void delete() {
    if (!closed) {
      closed = true;
      current = null;
      supply.delete(live);
    }
  }
}
