package dev.shiplog.status;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which dropped events the stream has not been told of yet.
 *
 * <p>The pipeline asks {@link #due} at every event; when it says yes, it {@linkplain #take() takes}
 * the report and writes it into the stream as a record of its own. A report that was itself dropped
 * is {@linkplain #restore given back}, so that its counts are told with the next one.
 *
 * <p>Safe for any thread; costs two volatile reads while nothing is dropped.
 */
public final class Losses {
  private final Meters meters;
  private final long interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final long[][] told = new long[DropReason.values().length][Meters.LEVELS]; // under lock
  private long quietUntil; // guarded by lock
  private boolean everTold; // guarded by lock
  private long deliveredBefore = -1; // when untold losses were first seen; guarded by lock
  private final AtomicLong toldTotal = new AtomicLong();

  /**
   * @param intervalNanos the least time between two reports
   */
  public Losses(Meters meters, long intervalNanos) {
    this.meters = meters;
    this.interval = intervalNanos;
  }

  /** Whether anything was dropped that was not told: two reads, for the event path. */
  public boolean any() {
    return meters.lost() != toldTotal.get();
  }

  /**
   * Whether to take a report now: something was dropped that was not told, the last report is long
   * enough ago, and something was delivered since, so that a report has a chance to arrive. Says
   * yes to one caller an interval.
   *
   * @param nanoTime now, by {@code System.nanoTime()}
   */
  public boolean due(long nanoTime) {
    if (!any() || !lock.tryLock()) {
      return false;
    }
    try {
      long delivered = meters.delivered();
      if (deliveredBefore < 0) {
        deliveredBefore = delivered;
      }
      if (delivered == deliveredBefore || (everTold && nanoTime - quietUntil < 0)) {
        return false;
      }
      everTold = true;
      quietUntil = nanoTime + interval;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What was dropped since the last report; may be empty. */
  public Report take() {
    lock.lock();
    try {
      List<Loss> losses = new ArrayList<>();
      for (DropReason reason : DropReason.values()) {
        if (!reason.isLoss()) {
          continue;
        }
        long[] toldOfReason = told[reason.ordinal()];
        for (int level = 0; level < Meters.LEVELS; level++) {
          long untold = meters.dropped(reason, level) - toldOfReason[level];
          if (untold > 0) {
            toldOfReason[level] += untold;
            losses.add(new Loss(reason, level, untold));
          }
        }
      }
      Report report = new Report(List.copyOf(losses));
      toldTotal.addAndGet(report.total());
      deliveredBefore = -1;
      return report;
    } finally {
      lock.unlock();
    }
  }

  /** Makes a report untold again, because it did not arrive. */
  public void restore(Report report) {
    lock.lock();
    try {
      for (Loss loss : report.losses()) {
        told[loss.reason().ordinal()][loss.level()] -= loss.events();
      }
      toldTotal.addAndGet(-report.total());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Events of one severity that were dropped for one reason.
   *
   * @param level severity index, 0 (TRACE) to 4 (ERROR)
   */
  public record Loss(DropReason reason, int level, long events) {}

  /** What was dropped between two reports, by reason and then by level, lowest first. */
  public record Report(List<Loss> losses) {
    /** How many events were dropped. */
    public long total() {
      return losses.stream().mapToLong(Loss::events).sum();
    }

    /** Whether nothing was dropped. */
    public boolean isEmpty() {
      return losses.isEmpty();
    }
  }
}
