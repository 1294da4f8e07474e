package dev.shiplog.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shiplog.Shiplog;
import dev.shiplog.status.Meters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long {@code logger.info(…)} takes at a steady rate while the endpoint is up, stalled or down.
 * One thread logs {@value #PER_SECOND} events a second by a schedule that does not wait for
 * anybody; a call that takes longer than the schedule's period is charged with the calls that it
 * delays (coordinated omission): HdrHistogram adds one for each period.
 *
 * <p>Between calls the thread sleeps, as an application's does. What it oversleeps is not counted:
 * that is the machine's. What the machine adds within a call is told by the subject {@code nop},
 * the control: Logback and an appender that does nothing, by the same schedule.
 */
final class CallLatency {
  private static final int PER_SECOND = 5_000;
  private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos() / PER_SECOND;
  private static final int WARM_UP_SECONDS = 10;
  private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();
  private static final int DIGITS = 3;
  private static final int TICKS = 5;

  /** A point of the curve: so many calls in a hundred took at most so long. */
  record Point(double percentile, long nanos) {}

  /** One case; times in nanoseconds, events as the appender's meters have them at the end. */
  record Result(
      String subject,
      String endpoint,
      int perSecond,
      long calls,
      long p50,
      long p99,
      long p999,
      long max,
      long delivered,
      long pending,
      long dropped,
      List<Point> curve) {}

  private CallLatency() {}

  /**
   * Measures the subject against the endpoint's state for so many seconds; prints a JSON object.
   */
  public static void main(String[] arguments) throws IOException {
    EndpointState state = EndpointState.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    int seconds = Integer.parseInt(arguments[2]);
    try (Endpoint endpoint = state.open()) {
      ForwardSubject subject = ForwardSubjects.named(arguments[0], endpoint.port());
      log(subject, WARM_UP_SECONDS);
      Histogram times = log(subject, seconds);
      System.out.println(
          new ObjectMapper().writeValueAsString(result(arguments[0], arguments[1], times)));
      subject.close();
    }
    System.exit(0);
  }

  private static Histogram log(ForwardSubject subject, int seconds) throws IOException {
    Histogram times = new Histogram(LONGEST_NANOS, DIGITS);
    int calls = seconds * PER_SECOND;
    long start = System.nanoTime() + PERIOD_NANOS;
    for (int i = 0; i < calls; i++) {
      long due = start + i * PERIOD_NANOS;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      long called = System.nanoTime();
      subject.log(i & (SampleEvents.COUNT - 1));
      times.recordValueWithExpectedInterval(System.nanoTime() - called, PERIOD_NANOS);
    }
    return times;
  }

  private static Result result(String subject, String endpoint, Histogram times) {
    List<Point> curve = new ArrayList<>();
    for (HistogramIterationValue value : times.percentiles(TICKS)) {
      curve.add(new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
    }
    long delivered = 0;
    long pending = 0;
    long dropped = 0;
    for (Meters.Snapshot meters : Shiplog.meters().values()) { // of the one appender, if it is ours
      delivered += meters.delivered();
      pending += meters.pending();
      dropped += meters.dropped().values().stream().mapToLong(Long::longValue).sum();
    }
    return new Result(
        subject,
        endpoint,
        PER_SECOND,
        times.getTotalCount(),
        times.getValueAtPercentile(50),
        times.getValueAtPercentile(99),
        times.getValueAtPercentile(99.9),
        times.getMaxValue(),
        delivered,
        pending,
        dropped,
        curve);
  }
}
