package dev.shiplog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggerRatesTest {
  private static final long SECOND = 1_000_000_000;

  private static long admitted(LoggerRates rates, String logger, int events, long nanoTime) {
    return IntStream.range(0, events).filter(i -> rates.admits(logger, nanoTime)).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, SECOND, Long.MAX_VALUE - SECOND / 2, Long.MIN_VALUE, -SECOND / 2})
  void logger_hasAPeriodsWorthAtOnceAndThenItsRate(long start) {
    LoggerRates rates = new LoggerRates(3, Duration.ofSeconds(1));

    assertThat(admitted(rates, "a", 10, start)).isEqualTo(3);
    assertThat(admitted(rates, "a", 10, start + SECOND / 4)).isZero();
    assertThat(admitted(rates, "a", 10, start + SECOND / 2)).isEqualTo(1);
    assertThat(admitted(rates, "a", 10, start + 7 * SECOND)).isEqualTo(3);
  }

  @Test
  void oneEventAPeriod_isPossible() {
    LoggerRates rates = new LoggerRates(1, Duration.ofHours(1));

    assertThat(admitted(rates, "a", 2, 0)).isEqualTo(1);
    assertThat(admitted(rates, "a", 2, 3_599 * SECOND)).isZero();
    assertThat(admitted(rates, "a", 2, 3_600 * SECOND)).isEqualTo(1);
  }

  @Test
  void loggersOfOneHash_haveTheirOwn() {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    LoggerRates rates = new LoggerRates(5, Duration.ofSeconds(1));

    assertThat(admitted(rates, "Aa", 10, 0)).isEqualTo(5);
    assertThat(admitted(rates, "BB", 10, 0)).isEqualTo(5);
    assertThat(admitted(rates, new String("Aa"), 10, 0)).isZero();
  }

  @Test
  void loggerForEachEvent_costsNobodyAnEventAndTheBusyOneStaysLimited() {
    LoggerRates rates = new LoggerRates(10, Duration.ofHours(1));

    assertThat(admitted(rates, "busy", 20, 0)).isEqualTo(10);
    for (int i = 0; i < 100_000; i++) {
      assertThat(rates.admits("request-" + i, i)).isTrue();
    }
    assertThat(admitted(rates, "busy", 10, 100_000)).isZero();
  }

  @Test
  void threads_haveTheRateTogether() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 50; round++) {
        LoggerRates rates = new LoggerRates(1_000, Duration.ofSeconds(1));
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          tasks.add(() -> admitted(rates, "a", 500, 7));
        }
        long all = 0;
        for (Future<Long> part : pool.invokeAll(tasks)) {
          all += part.get();
        }
        assertThat(all).isEqualTo(1_000);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
