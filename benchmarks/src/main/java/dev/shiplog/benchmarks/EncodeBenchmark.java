package dev.shiplog.benchmarks;

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
import org.openjdk.jmh.annotations.Warmup;

/** From a prepared event to the bytes of its record, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
  /** The event that succeeded. */
  @State(Scope.Thread)
  public static class Plain {
    @Param({
      "floor",
      "logstash",
      "logstash-stream",
      "ecs",
      "logback-json",
      "log4j-ecs",
      "log4j-ecs-parts",
      "boot-ecs",
      "shiplog-ecs",
      "shiplog-ecs-requests",
      "shiplog-logstash",
      "shiplog-msgpack",
      "shiplog-encoder",
      "shiplog-log4j",
      "shiplog-log4j-parts",
    })
    public String subject = "";

    EncodeSubject encoder = Subjects.NONE;
    int next;

    /** Makes the subject, and has its record judged. */
    @Setup
    public void start() {
      encoder = Subjects.named(subject, false);
    }
  }

  /** The event that failed, with its trace. */
  @State(Scope.Thread)
  public static class Failed {
    @Param({
      "logstash",
      "logstash-stream",
      "ecs",
      "logback-json",
      "log4j-ecs",
      "boot-ecs",
      "shiplog-ecs",
      "shiplog-logstash",
      "shiplog-msgpack",
      "shiplog-encoder",
      "shiplog-log4j",
    })
    public String subject = "";

    EncodeSubject encoder = Subjects.NONE;
    int next;

    /** Makes the subject, and has its record judged. */
    @Setup
    public void start() {
      encoder = Subjects.named(subject, true);
    }
  }

  /** About 480 bytes of JSON. */
  @Benchmark
  public Object plain(Plain state) {
    return state.encoder.encode(state.next++ & (SampleEvents.COUNT - 1));
  }

  /** About 3.7 KB of JSON. */
  @Benchmark
  public Object failed(Failed state) {
    return state.encoder.encode(state.next++ & (SampleEvents.COUNT - 1));
  }
}
