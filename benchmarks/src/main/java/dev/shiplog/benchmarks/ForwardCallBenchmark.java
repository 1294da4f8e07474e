package dev.shiplog.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a logging call costs its caller when events go to a forward endpoint, in bursts that every
 * subject's buffer holds; between bursts all of it is delivered. The bytes that the profiler counts
 * are those of all threads, senders included; {@link ForwardThroughput} has the caller's alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 15)
@Measurement(iterations = 15)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class ForwardCallBenchmark {
  private static final int BURST = 20_000;

  /** Which way; {@code nop} is Logback alone, with an appender that does nothing. */
  @Param({
    "nop",
    "fluency",
    "fluency-ack",
    "more-fluency",
    "more-fluent-logger",
    "shiplog",
    "shiplog-spool"
  })
  public String way = "";

  private EndpointProcess endpoint;
  private ForwardSubject subject;

  /** Starts the endpoint and what sends to it. */
  @Setup
  public void start() throws IOException {
    endpoint = new EndpointProcess(0);
    subject = ForwardSubjects.named(way, endpoint.port());
  }

  /** Counts a burst from naught. */
  @Setup(Level.Iteration)
  public void count() throws IOException {
    long expected = way.equals("nop") ? 0 : BURST;
    endpoint.start(expected, expected);
  }

  /** One burst. */
  @Benchmark
  @OperationsPerInvocation(BURST)
  public void call() throws IOException {
    for (int i = 0; i < BURST; i++) {
      subject.log(i & (SampleEvents.COUNT - 1));
    }
  }

  /** All of the burst must have arrived before the next one, or the measurement means nothing. */
  @TearDown(Level.Iteration)
  public void delivered() throws IOException {
    EndpointProcess.Count count = endpoint.await();
    if (!way.equals("nop") && count.events() != BURST) {
      throw new IllegalStateException(way + " delivered " + count.events() + " of " + BURST);
    }
  }

  /** Ends both. */
  @TearDown
  public void stop() throws IOException {
    subject.close();
    endpoint.close();
  }
}
