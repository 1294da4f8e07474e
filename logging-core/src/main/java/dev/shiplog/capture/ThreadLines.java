package dev.shiplog.capture;

import dev.shiplog.worker.Worker;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines that threads are printing on one stream, a {@link LineAssembly} for each that has one
 * under way. Safe for any thread.
 *
 * <p>Whoever takes an assembly out of the map has it to himself: the thread that prints, or the
 * worker, which hands over what has waited for its end for {@link #PATIENCE_NANOS}. So no lock is
 * held while an event is written.
 */
final class ThreadLines implements Worker {
  /** Longer than a busy machine keeps a thread from its next line, shorter than a person waits. */
  static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LOOK_EVERY_NANOS = PATIENCE_NANOS / 4;
  private static final long NOTHING_TO_LOOK_AFTER_NANOS = TimeUnit.HOURS.toNanos(1);

  private final StandardStream stream;
  private final PrintStream original;
  private final Charset charset;
  private final Outlet outlet;
  private final Recursion recursion;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Map<Thread, LineAssembly> unfinished = new ConcurrentHashMap<>();
  private volatile Runnable wakeWorker = () -> {};
  private volatile boolean dozing;
  private volatile boolean exiting;

  /**
   * Lines of {@code stream}.
   *
   * @param original takes what nobody wants any more
   */
  ThreadLines(
      StandardStream stream,
      PrintStream original,
      Outlet outlet,
      Recursion recursion,
      InstantSource clock,
      LongSupplier nanoClock) {
    this.stream = stream;
    this.original = original;
    this.charset = stream.charset(original);
    this.outlet = outlet;
    this.recursion = recursion;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  Charset charset() {
    return charset;
  }

  void print(String text, boolean newLine, Claim to) {
    use(to, lines -> lines.print(text, newLine, to.maxTextBytes(), event -> tell(event, to)));
  }

  void printTrace(String text, Throwable failure, Claim to) {
    use(to, lines -> lines.printTrace(text, failure, event -> tell(event, to)));
  }

  void write(byte[] bytes, int offset, int length, Claim to) {
    use(
        to,
        lines ->
            lines.write(
                bytes, offset, length, charset, to.maxTextBytes(), event -> tell(event, to)));
  }

  private void use(Claim to, Consumer<LineAssembly> act) {
    Thread caller = Thread.currentThread();
    LineAssembly mine = unfinished.remove(caller);
    LineAssembly lines = mine == null ? new LineAssembly(stream, clock, caller.getName()) : mine;
    try {
      act.accept(lines);
    } finally {
      if (!lines.isEmpty()) {
        keep(caller, lines, to);
      }
    }
  }

  private void keep(Thread caller, LineAssembly lines, Claim to) {
    if (recursion.isWithin()) {
      flush(lines, to); // what is printed while an event is taken: another line is under way
      return;
    }
    lines.touch(nanoClock.getAsLong());
    unfinished.put(caller, lines);
    Claim owner = outlet.owner();
    if (owner == null || exiting) {
      // whoever hands over what is left may have been here already
      if (unfinished.remove(caller, lines)) {
        flush(lines, owner);
      }
    } else if (dozing) {
      dozing = false;
      wakeWorker.run();
    }
  }

  /** Hands over everything that is unfinished. */
  void flush(@Nullable Claim to) {
    int unused = flush(lines -> true, to);
  }

  private int flush(Predicate<LineAssembly> due, @Nullable Claim to) {
    int[] flushed = new int[1];
    unfinished.forEach(
        (thread, lines) -> {
          if (due.test(lines) && unfinished.remove(thread, lines)) {
            flush(lines, to);
            flushed[0]++;
          }
        });
    return flushed[0];
  }

  private void flush(LineAssembly lines, @Nullable Claim to) {
    lines.flush(to == null ? Integer.MAX_VALUE : to.maxTextBytes(), event -> tell(event, to));
  }

  private void tell(CapturedEvent event, @Nullable Claim to) {
    if (to == null) {
      original.println(event.message());
    } else {
      recursion.within(() -> to.target().relay(event));
    }
  }

  /** The JVM ends: no line waits any more. */
  void exiting() {
    exiting = true;
  }

  /** How the worker's thread is woken. */
  void onWork(Runnable wakeWorker) {
    this.wakeWorker = wakeWorker;
  }

  @Override
  public int doWork() {
    long now = nanoClock.getAsLong();
    return flush(lines -> now - lines.touchedNanos() >= PATIENCE_NANOS, outlet.owner());
  }

  /** It brings what the application printed, which waits as the application would. */
  @Override
  public boolean mayWait() {
    return true;
  }

  @Override
  public long idleNanos() {
    dozing = true;
    if (unfinished.isEmpty()) {
      return NOTHING_TO_LOOK_AFTER_NANOS;
    }
    dozing = false;
    return LOOK_EVERY_NANOS;
  }
}
