package dev.shiplog.capture;

import static java.util.Objects.requireNonNull;

import dev.shiplog.worker.WorkerThread;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Puts a {@link CapturedStream} in the place of one of the JVM's streams. */
final class StreamHook implements Hook {
  private final StandardStream stream;
  private final Outlet outlet;
  private final Recursion recursion;
  private final BooleanSupplier ownWrite;
  private @Nullable InPlace inPlace;

  private record InPlace(CapturedStream stream, ThreadLines lines, WorkerThread worker) {}

  StreamHook(StandardStream stream, Outlet outlet, Recursion recursion, BooleanSupplier ownWrite) {
    this.stream = stream;
    this.outlet = outlet;
    this.recursion = recursion;
    this.ownWrite = ownWrite;
  }

  @Override
  public void install() {
    PrintStream original = stream.current();
    ThreadLines lines =
        new ThreadLines(
            stream, original, outlet, recursion, InstantSource.system(), System::nanoTime);
    WorkerThread worker =
        new WorkerThread("shiplog-" + stream.logger() + "-lines", lines, failure -> {});
    lines.onWork(worker::wakeUp);
    CapturedStream captured = new CapturedStream(original, lines, outlet, recursion, ownWrite);
    inPlace = new InPlace(captured, lines, worker);
    worker.start(() -> {});
    stream.replace(captured);
  }

  @Override
  public boolean isInPlace() {
    return stream.current() == requireNonNull(inPlace).stream();
  }

  @Override
  public void restore() {
    InPlace installed = requireNonNull(inPlace);
    if (isInPlace()) {
      stream.replace(installed.stream().original());
    }
    // not waited for: it may be held up by a pipe that nobody reads
    boolean unused = installed.worker().stop(Duration.ZERO);
  }

  @Override
  public void flush(Claim to) {
    requireNonNull(inPlace).lines().flush(to);
  }

  @Override
  public void exiting() {
    requireNonNull(inPlace).lines().exiting();
  }
}
