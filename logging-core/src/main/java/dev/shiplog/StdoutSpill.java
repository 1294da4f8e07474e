package dev.shiplog;

import dev.shiplog.capture.Captures;
import dev.shiplog.forward.Spill;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.EntryTranscoder;
import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.stdout.ProcessStreams;
import dev.shiplog.stdout.StdoutSettings;
import dev.shiplog.stdout.StdoutSink;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a forward endpoint will not get to stdout, each event as a JSON line that a container
 * runtime does not cut. Safe for any thread.
 */
final class StdoutSpill implements Spill {
  /** Docker and containerd cut a line at 16 KiB. */
  private static final int MAX_LINE_BYTES = 16 * 1024;

  private final Sink stdout;
  private final AtomicReference<@Nullable Line> spare = new AtomicReference<>();

  StdoutSpill(boolean inContainer, Status status) {
    // The forward pipeline counts these events; that stdout took them is not counted twice.
    stdout =
        StdoutSink.open(
            StdoutSettings.DEFAULTS,
            ProcessStreams.asFirstSeen(inContainer, Captures::beneath),
            new Meters(),
            status);
  }

  @Override
  public void spill(String tag, byte[] entry, int offset, int length, int level) {
    Line line = spare.getAndSet(null);
    if (line == null) {
      line = new Line();
    }
    if (line.transcoder.transcode(entry, offset, offset + length) < 0) {
      throw new IllegalArgumentException("no entry of the forward protocol");
    }
    Outcome outcome =
        stdout.accept(line.entry.set(line.writer.buffer(), 0, line.writer.position(), tag, level));
    if (outcome != Outcome.ACCEPTED) {
      throw new IllegalStateException("stdout does not take it");
    }
    spare.set(line);
  }

  /** What it takes to make one line after the other. */
  private static final class Line {
    final JsonWriter writer = new JsonWriter();
    final EntryTranscoder transcoder = new EntryTranscoder(writer, MAX_LINE_BYTES);
    final Entry entry = new Entry();
  }
}
