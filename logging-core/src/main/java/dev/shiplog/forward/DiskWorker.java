package dev.shiplog.forward;

import dev.shiplog.status.DropReason;
import dev.shiplog.status.RateLimitedStatus;
import dev.shiplog.status.Status;
import dev.shiplog.worker.Worker;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that may have to wait for a disk, so that neither callers nor the shipper do: the keeper of
 * the spools, and the dead letters. Stepped by one thread.
 */
final class DiskWorker implements Worker {
  private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Backlog backlog;
  private final @Nullable JournalKeeper keeper;
  private final @Nullable DeadLetters letters;
  private final RateLimitedStatus status;

  DiskWorker(
      Backlog backlog,
      @Nullable JournalKeeper keeper,
      @Nullable DeadLetters letters,
      Status status,
      LongSupplier nanoClock) {
    this.backlog = backlog;
    this.keeper = keeper;
    this.letters = letters;
    this.status = new RateLimitedStatus(status, nanoClock);
  }

  @Override
  public int doWork() {
    int done = bury();
    return keeper == null ? done : done + keeper.step();
  }

  private int bury() {
    Chunk chunk = backlog.condemned();
    if (chunk == null) {
      return 0;
    }
    if (letters != null) {
      letters.keep(chunk);
    }
    backlog.dropped(chunk, DropReason.REJECTED);
    return 1;
  }

  @Override
  public long idleNanos() {
    long idle = keeper == null ? MAX_IDLE_NANOS : Math.min(MAX_IDLE_NANOS, keeper.idleNanos());
    return Math.max(0, idle);
  }

  /** Tells what should not have happened; the next step tries again. */
  void recover(Throwable cause) {
    status.problem("BUG", "what keeps events on disk starts afresh", cause);
  }

  /** How many bytes the spools have on disk; for any thread. */
  long bytes() {
    return keeper == null ? 0 : keeper.bytes();
  }

  @Override
  public void onClose() {
    while (bury() > 0) {}
    if (keeper != null) {
      keeper.close();
    }
  }
}
