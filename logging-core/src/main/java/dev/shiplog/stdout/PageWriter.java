package dev.shiplog.stdout;

import dev.shiplog.worker.Worker;
import java.util.concurrent.TimeUnit;

/**
 * Writes the pages of a queue.
 *
 * <p>After work it naps, so that callers need not pay for waking it while events keep coming; only
 * when nothing has come for a while does it sleep until it is called. A write waits for as long as
 * the reader makes it wait: closing the queue does not wait for it.
 */
final class PageWriter implements Worker {
  private static final long NAP = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SLEEP = TimeUnit.SECONDS.toNanos(10);

  private final PageQueue queue;

  PageWriter(PageQueue queue) {
    this.queue = queue;
  }

  @Override
  public int doWork() {
    Page page = queue.take();
    if (page == null) {
      return 0;
    }
    int events = Math.toIntExact(page.events());
    boolean written = false;
    try {
      written = page.write();
    } finally {
      queue.done(page, written); // from here on the page belongs to the queue
    }
    return events;
  }

  @Override
  public long idleNanos() {
    return queue.workerSleeps() ? SLEEP : NAP;
  }
}
