package dev.shiplog.capture;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A captured stream with nothing of the JVM's beneath it, whose worker is stepped. */
final class Printing {
  static final int MAX_EVENT_BYTES = 2_000;
  static final int MAX_TEXT_BYTES = 1_000;

  final Heard heard = new Heard();
  final ByteArrayOutputStream beneath = new ByteArrayOutputStream();
  final Outlet outlet = new Outlet();
  final AtomicBoolean ownWrite = new AtomicBoolean();
  final AtomicLong nanos = new AtomicLong();
  final Claim claim;
  final ThreadLines lines;
  final CapturedStream stream;
  Instant now = Instant.EPOCH;

  Printing(StandardStream kind) {
    this(kind, StandardCharsets.UTF_8);
  }

  Printing(StandardStream kind, Charset charset) {
    Captures captures = new Captures(() -> false);
    claim = new Claim(captures, "A", EnumSet.allOf(Source.class), heard, MAX_EVENT_BYTES, heard);
    outlet.owner(claim);
    Recursion recursion = new Recursion();
    PrintStream original = new PrintStream(beneath, true, charset);
    lines = new ThreadLines(kind, original, outlet, recursion, () -> now, nanos::get);
    stream = new CapturedStream(original, lines, outlet, recursion, ownWrite::get);
  }

  /** Lets the worker look, so much later that it hands over what is unfinished. */
  int later() {
    nanos.addAndGet(ThreadLines.PATIENCE_NANOS);
    return lines.doWork();
  }

  /** Runs in a thread of that name, to its end. */
  static void in(String thread, Runnable action) {
    Thread started = new Thread(action, thread);
    started.start();
    try {
      started.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
