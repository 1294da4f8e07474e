package dev.shiplog.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * One thread logs 400,000 events as fast as it can to a {@link CountingEndpoint}: what a call costs
 * the caller, how fast the events arrive, how long the end takes once all have.
 *
 * <p>The rate is that of the first 95 in 100, so that nobody is charged for waiting a moment with
 * the last, unfilled chunk. Four rounds warm up, five count; the median of each column is told, and
 * all rounds are kept in the result.
 */
final class ForwardThroughput {
  private static final int EVENTS = 400_000;
  private static final int MARK = EVENTS / 100 * 95;
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 5;

  /** One round; the time of the caller's processor leaves out its waiting for one. */
  record Round(
      double callerNs,
      double callerCpuNs,
      double callerBytes,
      double deliveredPerSecond,
      double lastAfterMs,
      double closeMs,
      long delivered,
      double bytesPerEvent) {}

  private ForwardThroughput() {}

  /**
   * Measures the subject named by the first argument and prints a JSON object on stdout; the second
   * one, if there is, is how many milliseconds the endpoint takes to acknowledge.
   */
  public static void main(String[] arguments) throws IOException {
    String subject = arguments[0];
    int ackAfterMillis = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    List<Round> rounds = new ArrayList<>();
    try (EndpointProcess endpoint = new EndpointProcess(ackAfterMillis)) {
      for (int i = 0; i < WARM_UP + ROUNDS; i++) {
        Round round = round(subject, endpoint);
        if (i >= WARM_UP) {
          rounds.add(round);
        }
      }
    }
    Round median =
        new Round(
            Median.of(rounds, Round::callerNs),
            Median.of(rounds, Round::callerCpuNs),
            Median.of(rounds, Round::callerBytes),
            Median.of(rounds, Round::deliveredPerSecond),
            Median.of(rounds, Round::lastAfterMs),
            Median.of(rounds, Round::closeMs),
            (long) Median.of(rounds, Round::delivered),
            Median.of(rounds, Round::bytesPerEvent));
    record Result(String subject, int events, Round median, List<Round> rounds) {}
    System.out.println(
        new ObjectMapper().writeValueAsString(new Result(subject, EVENTS, median, rounds)));
    System.exit(0); // some peers leave a thread that is no daemon
  }

  private static Round round(String name, EndpointProcess endpoint) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ForwardSubject subject = ForwardSubjects.named(name, endpoint.port());
    boolean sends = !name.equals("nop");
    endpoint.start(sends ? MARK : 0, sends ? EVENTS : 0);
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long cpuBefore = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    for (int i = 0; i < EVENTS; i++) {
      subject.log(i & (SampleEvents.COUNT - 1));
    }
    long logged = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime() - cpuBefore;
    long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    EndpointProcess.Count count = endpoint.await();
    long beforeClose = System.nanoTime();
    subject.close();
    long closed = System.nanoTime();
    return new Round(
        (double) (logged - start) / EVENTS,
        (double) cpu / EVENTS,
        (double) allocated / EVENTS,
        sends ? MARK * 1e9 / (count.markedAt() - start) : 0,
        sends ? (count.lastAt() - start) / 1e6 : 0,
        (closed - beforeClose) / 1e6,
        count.events(),
        (double) count.bytes() / EVENTS);
  }
}
