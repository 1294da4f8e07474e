package dev.shiplog.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole call, {@code logger.info(pattern, three arguments)} with 6 MDC entries, through the
 * appender to descriptor 1, which {@code benchmarks/run} points at /dev/null for every subject.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StdoutCallBenchmark {
  /** Which appender. */
  @Param({
    "floor",
    "console-floor",
    "logstash",
    "ecs",
    "logback-json",
    "boot-ecs",
    "shiplog-ecs",
    "shiplog-logstash"
  })
  public String appender = "";

  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final Logger logger = context.getLogger(SampleEvents.LOGGER);

  /** Attaches the appender to a context of its own. */
  @Setup
  public void start() {
    DevNull.require();
    context.setMDCAdapter(mdc);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(StdoutAppenders.named(appender, context));
  }

  /** Stops it. */
  @TearDown
  public void stop() {
    context.stop();
  }

  /** What a calling thread has of its own. */
  @State(Scope.Thread)
  public static class Caller {
    private final Object[][] arguments = new Object[SampleEvents.COUNT][];
    private int next;

    /** Fills the thread's MDC and boxes the arguments, whose cost is the application's. */
    @Setup
    public void start(StdoutCallBenchmark benchmark) {
      Thread.currentThread().setName(SampleEvents.THREAD);
      SampleEvents.MDC.forEach(benchmark.mdc::put);
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = SampleEvents.arguments(i);
      }
    }

    private Object[] next() {
      return arguments[next++ & (SampleEvents.COUNT - 1)];
    }
  }

  /** One thread calls. */
  @Benchmark
  @Threads(1)
  public void oneThread(Caller caller) {
    logger.info(SampleEvents.PATTERN, caller.next());
  }

  /** Two threads call at once; the time is that of a call, as each of them sees it. */
  @Benchmark
  @Threads(2)
  public void twoThreads(Caller caller) {
    logger.info(SampleEvents.PATTERN, caller.next());
  }
}
