package dev.shiplog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkerThreadTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Sleeps for a day when there is nothing to do. */
  private record Sleepy(IntSupplier work, Runnable end) implements Worker {
    @Override
    public int doWork() {
      return work.getAsInt();
    }

    @Override
    public long idleNanos() {
      return TimeUnit.DAYS.toNanos(1);
    }

    @Override
    public void onClose() {
      end.run();
    }
  }

  @Test
  void thread_isADaemonWithoutLoaderOrThreadLocalsOfItsMaker() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("of the maker");
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<Thread> runner = new CompletableFuture<>();
    WorkerThread thread =
        new WorkerThread(
            "test-worker",
            new Sleepy(
                () -> {
                  seen.complete("" + local.get() + ShiplogThread.isCurrent());
                  runner.complete(Thread.currentThread());
                  return 0;
                },
                () -> {}),
            e -> {});
    thread.start(() -> {});

    assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("nulltrue");
    assertThat(runner.get().isDaemon()).isTrue();
    assertThat(runner.get().getName()).isEqualTo("test-worker");
    assertThat(runner.get().getContextClassLoader()).isNull();
    assertThat(ShiplogThread.isCurrent()).isFalse();
    assertThat(thread.stop(DEADLINE)).isTrue();
    assertThat(runner.get().isAlive()).isFalse();
  }

  @Test
  void wakeUp_endsTheSleep() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    CountDownLatch twice = new CountDownLatch(2);
    WorkerThread thread =
        new WorkerThread(
            "test-worker",
            new Sleepy(
                () -> {
                  steps.incrementAndGet();
                  return 0;
                },
                () -> {}),
            e -> {});
    thread.start(twice::countDown);
    while (steps.get() == 0) {
      Thread.onSpinWait();
    }
    thread.wakeUp();

    assertThat(twice.await(10, TimeUnit.SECONDS)).as("two heartbeats").isTrue();
    assertThat(thread.stop(DEADLINE)).isTrue();
  }

  @Test
  void thread_livesOnWhenAStepThrows() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    CountDownLatch ended = new CountDownLatch(1);
    WorkerThread thread =
        new WorkerThread(
            "test-worker",
            new Sleepy(
                () -> {
                  if (steps.incrementAndGet() == 1) {
                    throw new AssertionError("the test wants it");
                  }
                  return 0;
                },
                ended::countDown),
            told::complete);
    thread.start(() -> {});

    assertThat(told.get(10, TimeUnit.SECONDS)).hasMessage("the test wants it");
    thread.wakeUp();
    while (steps.get() < 2) {
      Thread.onSpinWait();
    }
    assertThat(thread.stop(DEADLINE)).isTrue();
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void stop_returnsInTimeWhenAStepHangs() {
    CountDownLatch hang = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    WorkerThread thread =
        new WorkerThread(
            "test-worker",
            new Sleepy(
                () -> {
                  entered.countDown();
                  awaitQuietly(hang);
                  return 0;
                },
                () -> {}),
            e -> {});
    thread.start(() -> {});
    awaitQuietly(entered);
    Thread.currentThread().interrupt();

    assertThat(thread.stop(Duration.ofMillis(50))).isFalse();

    assertThat(Thread.interrupted()).as("the caller's flag is kept").isTrue();
    hang.countDown();
    assertThat(thread.stop(DEADLINE)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
