package dev.shiplog.stdout;

import dev.shiplog.sink.Entry;
import dev.shiplog.sink.EventCount;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.worker.WorkerThread;
import java.time.Duration;

/**
 * Puts records into a bounded buffer, from which a worker writes many at a time.
 *
 * <p>When {@link #accept} returns, the record is in the buffer, or the overflow policy has decided.
 * {@link #close} returns within its timeout even if nobody reads the pipe: the worker, a daemon, is
 * left behind and what it could not write is counted as stopped. After a close that wrote
 * everything, a record is written by its caller, so that nothing logged late in the life of a
 * process is lost.
 */
final class AsyncStdoutSink implements Sink {
  private final PageQueue queue;
  private final Lanes lanes;
  private final StdoutSink direct;
  private final Meters meters;
  private final Status status;
  private final WorkerThread thread;

  AsyncStdoutSink(Lanes lanes, StdoutSettings settings, Meters meters, Status status) {
    this.lanes = lanes;
    this.direct = new StdoutSink(lanes, meters);
    this.meters = meters;
    this.status = status;
    this.queue =
        new PageQueue(
            settings.bufferBytes(), settings.overflow().waitsFrom(), meters, this::wakeWorker);
    this.thread =
        new WorkerThread(
            "shiplog-stdout",
            new PageWriter(queue),
            error -> status.error("the stdout worker failed and goes on", error));
    meters.gauges(queue::pending, queue::usedBytes, () -> 0);
  }

  private void wakeWorker() {
    thread.wakeUp();
  }

  @Override
  public void start(Runnable heartbeat) {
    thread.start(heartbeat);
  }

  @Override
  public Outcome accept(Entry entry) {
    return switch (queue.add(entry, lanes.of(entry.level()))) {
      case BUFFERED -> Outcome.ACCEPTED;
      case DROPPED -> Outcome.DROPPED;
      case CLOSED -> direct.accept(entry);
      case ABANDONED -> {
        meters.refused();
        yield Outcome.REFUSED;
      }
    };
  }

  @Override
  public void drain(Duration timeout) {
    queue.drain(timeout);
  }

  /** Closes: what comes after is written by its caller. */
  @Override
  public void retire(Duration timeout) {
    close(timeout);
  }

  @Override
  public void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    long givenUp = queue.close(timeout);
    if (givenUp > 0) {
      status.warn(
          EventCount.of(givenUp)
              + " could not be written to stdout within "
              + timeout
              + ": given up",
          null);
    }
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    boolean unused = thread.stop(left); // a worker stuck in a write is a daemon: it may stay
  }
}
