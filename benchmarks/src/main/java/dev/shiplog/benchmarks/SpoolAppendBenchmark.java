package dev.shiplog.benchmarks;

import dev.shiplog.spool.Spool;
import dev.shiplog.spool.SpoolFolder;
import dev.shiplog.spool.SpoolSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the spool adds to an event of 500 bytes: a frame in a mapped file, against a copy of the
 * same bytes into memory. Both go round in 64 MB, whose pages are there after the warm-up, as those
 * of a spool that is in use are; the system writes the file's pages back meanwhile.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class SpoolAppendBenchmark {
  private static final int ROUND = 64 << 20;
  private static final byte KIND = 'E';

  private final byte[] head = new byte[30];
  private final byte[] body = new byte[500];
  private ByteBuffer memory;
  private int at;
  private Path dir;
  private Spool spool;

  /** A spool with all its segments made. */
  @Setup
  public void open() throws IOException {
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    memory = ByteBuffer.allocateDirect(ROUND);
    dir = Files.createTempDirectory("spool-append");
    spool = SpoolFolder.in(dir, "service", "appender", SpoolSettings.of(ROUND)).openOwn();
    while (append(0) != Spool.FULL) {
      spool.prepare();
    }
  }

  /** Checksum and frame; a full log is emptied, which puts its segments to use again. */
  @Benchmark
  public long appendWithChecksum() {
    return append(Spool.checksum(KIND, head, head.length, body, 0, body.length));
  }

  /** The frame alone: what happens under the owner's lock. */
  @Benchmark
  public long append() {
    return append(1);
  }

  /** The checksum alone. */
  @Benchmark
  public int checksum() {
    return Spool.checksum(KIND, head, head.length, body, 0, body.length);
  }

  /** The same bytes into memory of the same size. */
  @Benchmark
  public int copy() {
    int to = at + head.length + body.length > ROUND ? 0 : at;
    memory.put(to, head, 0, head.length);
    memory.put(to + head.length, body, 0, body.length);
    at = to + head.length + body.length;
    return at;
  }

  private long append(int checksum) {
    long position = spool.append(KIND, head, head.length, body, 0, body.length, checksum);
    if (position == Spool.FULL && checksum != 0) {
      spool.release(spool.end());
      position = spool.append(KIND, head, head.length, body, 0, body.length, checksum);
    }
    return position;
  }

  /** Leaves nothing behind. */
  @TearDown
  public void delete() throws IOException {
    spool.delete();
    Path service = dir.resolve("service");
    Files.delete(service.resolve("appender"));
    Files.delete(service);
    Files.delete(dir);
  }
}
