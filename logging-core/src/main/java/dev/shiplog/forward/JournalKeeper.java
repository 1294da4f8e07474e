package dev.shiplog.forward;

import dev.shiplog.spool.Spool;
import dev.shiplog.spool.SpoolFolder;
import dev.shiplog.status.RateLimitedStatus;
import dev.shiplog.status.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the spools of a sink, since whoever does may have to wait for the disk: opens this
 * process's own, keeps a segment ready, forces, takes in what dead processes left behind, and gives
 * up what is too old or has no room. Whatever fails is told and tried again; meanwhile events are
 * kept in memory, and go into the spool when it is back.
 *
 * <p>Stepped by one thread; only {@link #bytes} is for others.
 */
final class JournalKeeper {
  /** How soon an opening that failed is tried again, orphans are looked for, and ages looked at. */
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How soon forcing that failed is tried again. */
  private static final long FORCE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ChunkBuffer buffer;
  private final SpoolFolder folder;
  private final Disk.Spooling settings;
  private final int chunkLimit;

  /** The own spool's health, which may recover. */
  private final RateLimitedStatus health;

  private final RateLimitedStatus damages;
  private final RateLimitedStatus syncs;
  private final LongSupplier nanoClock;
  private final LongSupplier wallClock;
  private final List<Journal> adopted = new CopyOnWriteArrayList<>();
  private volatile @Nullable Journal own;
  private long roundAt;
  private long forceAt;
  private long forcedMark;
  private long forcedEnd;

  /**
   * A keeper that has done nothing yet.
   *
   * @param wallClock nanoseconds since 1970
   */
  JournalKeeper(
      ChunkBuffer buffer,
      SpoolFolder folder,
      Disk.Spooling settings,
      int chunkLimit,
      Status status,
      LongSupplier nanoClock,
      LongSupplier wallClock) {
    this.buffer = buffer;
    this.folder = folder;
    this.settings = settings;
    this.chunkLimit = chunkLimit;
    this.health = new RateLimitedStatus(status, nanoClock);
    this.damages = new RateLimitedStatus(status, nanoClock);
    this.syncs = new RateLimitedStatus(status, nanoClock);
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
    this.roundAt = nanoClock.getAsLong();
    this.forceAt = roundAt;
  }

  /** Does what there is to do; returns how much that was. */
  int step() {
    long now = nanoClock.getAsLong();
    int done = 0;
    boolean round = now - roundAt >= 0;
    if (round) {
      roundAt = now + EVERY_NANOS;
      done += open();
    }
    done += attend();
    done += force(now);
    if (round) {
      done += adopt();
      done += buffer.backlog().dropExpired(now - settings.maxAge().toNanos());
    }
    if (buffer.moveFromMemory()) {
      forcedMark = -1; // it was sealed before it came
      done++;
    }
    done += settle();
    return done + discard();
  }

  private int open() {
    if (own != null) {
      return 0;
    }
    try {
      Journal opened = new Journal(folder.openOwn());
      own = opened;
      forcedEnd = opened.spool().end();
      buffer.spoolInto(opened, chunkLimit);
      return 1;
    } catch (IOException e) {
      tellTrouble(String.valueOf(e), e);
      return 0;
    }
  }

  private void tellTrouble(String trouble, @Nullable Exception cause) {
    health.problem(
        "SPOOL",
        "spool in "
            + folder.path()
            + ": "
            + trouble
            + "; what it cannot take is kept in memory alone",
        cause);
  }

  /** Makes segments ready where one is wanted. */
  private int attend() {
    Journal journal = own;
    if (journal == null) {
      return 0;
    }
    Spool spool = journal.spool();
    boolean wanted = spool.wantsPrepare();
    boolean did = makeRoom(spool);
    did |= spool.prepare();
    String trouble = spool.trouble();
    buffer.attended(journal, trouble == null, wanted && !did);
    if (trouble == null) {
      health.recovered("spool in " + folder.path() + ": is used again");
    } else {
      tellTrouble(trouble, null);
    }
    return did ? 1 : 0;
  }

  /**
   * Lets the bound hold for the own spool and all that was taken over: of that, files without
   * frames make room first, then the oldest chunks.
   */
  private boolean makeRoom(Spool spool) {
    boolean did = false;
    boolean more = true;
    spool.elsewhere(bytes(adopted));
    while (more && spool.isCrowded()) {
      more = spool.trim(1) || trimAdopted() || buffer.dropFirstOf(adopted);
      did |= more;
      int unused = discard();
      spool.elsewhere(bytes(adopted));
    }
    return did;
  }

  private boolean trimAdopted() {
    boolean did = false;
    for (Journal journal : adopted) {
      did |= journal.spool().trim(0);
    }
    return did;
  }

  /** What failed stays due, and is tried again after a pause. */
  private int force(long now) {
    Journal journal = own;
    if (journal == null || now - forceAt < 0) {
      return 0;
    }
    long mark = buffer.youngest();
    long end = journal.spool().end();
    boolean due =
        switch (settings.sync()) {
          case NONE -> false;
          case CHUNK -> mark != forcedMark;
          case INTERVAL -> end != forcedEnd;
        };
    if (!due) {
      return 0;
    }
    boolean isInterval = settings.sync() == Disk.Sync.INTERVAL;
    try {
      journal.spool().force();
      forcedMark = mark;
      forcedEnd = end;
      forceAt = isInterval ? now + settings.interval().toNanos() : now;
      syncs.recovered("spool in " + folder.path() + ": is forced to disk again");
      return 1;
    } catch (IOException e) {
      forceAt = now + (isInterval ? settings.interval().toNanos() : FORCE_AGAIN_NANOS);
      syncs.problem("SYNC", "spool in " + folder.path() + ": cannot be forced to disk: " + e, e);
      return 0;
    }
  }

  private int adopt() {
    int done = 0;
    List<Spool> orphans = folder.adoptOrphans();
    for (String refusal : folder.refusals()) {
      damages.problem("REFUSAL", "what another process left is not taken over: " + refusal, null);
    }
    for (Spool orphan : orphans) {
      String damage = orphan.damage();
      if (damage != null) {
        damages.problem("DAMAGE", "spool in " + orphan + ": " + damage, null);
      }
      Journal journal = new Journal(orphan);
      orphan.elsewhere(bytes());
      List<Chunk> chunks = Recovery.of(journal, chunkLimit, nanoClock, wallClock);
      if (orphan.wantsPrepare() && chunks.stream().anyMatch(chunk -> !chunk.hasId())) {
        // for the seals that are still to be written
        orphan.prepare();
      }
      adopted.add(journal);
      buffer.recovered(chunks);
      done++;
    }
    return done;
  }

  /** Lets what has ended in a spool end for all lives: most of it does so by itself. */
  private int settle() {
    int done = 0;
    for (Journal journal : all()) {
      done += buffer.settle(journal) ? 1 : 0;
    }
    return done;
  }

  private List<Journal> all() {
    List<Journal> all = new ArrayList<>(adopted);
    Journal journal = own;
    if (journal != null) {
      all.add(journal);
    }
    return all;
  }

  /** Removes the spools of others of which nothing is left to send. */
  private int discard() {
    List<Journal> empty = adopted.stream().filter(buffer::isEmpty).toList();
    adopted.removeAll(empty);
    for (Journal journal : empty) {
      journal.spool().delete();
    }
    return empty.size();
  }

  /** How long the thread may sleep: others wake it when they need it. */
  long idleNanos() {
    long now = nanoClock.getAsLong();
    long idle = roundAt - now;
    if (forceAt - now > 0) {
      idle = Math.min(idle, forceAt - now);
    } else if (settings.sync() == Disk.Sync.INTERVAL) {
      idle = Math.min(idle, settings.interval().toNanos());
    }
    return idle;
  }

  /** How many bytes are on disk; for any thread. */
  long bytes() {
    Journal journal = own;
    return bytes(adopted) + (journal == null ? 0 : journal.spool().bytes());
  }

  private static long bytes(List<Journal> journals) {
    long bytes = 0;
    for (Journal journal : journals) {
      bytes += journal.spool().bytes();
    }
    return bytes;
  }

  /** Unlocks all spools and leaves what they hold to whoever comes next; empty ones go. */
  void close() {
    List<Journal> all = all();
    adopted.clear();
    if (own != null) {
      own = null;
      buffer.spoolInto(null, chunkLimit);
    }
    for (Journal one : all) {
      if (buffer.isEmpty(one)) {
        one.spool().delete();
      } else {
        while (buffer.settle(one)) {}
        one.spool().close();
      }
    }
  }
}
