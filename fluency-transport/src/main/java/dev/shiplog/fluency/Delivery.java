package dev.shiplog.fluency;

import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.PackedFrame;
import dev.shiplog.transport.TransportSettings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One chunk on its way. A courier says how far it is, the transport looks; after the outcome, or
 * once the transport has given it up, nobody reads the chunk any more.
 */
final class Delivery {
  /** How far it is, in order. */
  enum Stage {
    QUEUED,
    CONNECTING,
    WRITING,
    AWAITING_ACK
  }

  /** A stage and when it began. */
  record Progress(Stage stage, long since) {}

  /**
   * How it ended.
   *
   * @param trouble null if it arrived
   * @param nanos from the first byte written to the acknowledgement
   */
  record Outcome(@Nullable Trouble trouble, long nanos) {}

  private final Outgoing chunk;
  private final byte[] id;
  private final boolean ack;
  private final List<ByteBuffer> frame;
  private final LongSupplier nanoClock;
  private final Runnable onProgress;
  private volatile Progress progress;
  private volatile long writingSince;
  private volatile @Nullable String connectedTo;
  private volatile @Nullable Outcome outcome;

  /**
   * A delivery that nobody has begun.
   *
   * @param onProgress called after each change, by the thread that made it
   */
  Delivery(
      Outgoing chunk, TransportSettings settings, LongSupplier nanoClock, Runnable onProgress) {
    this.chunk = chunk;
    this.id = chunk.id();
    this.ack = settings.ack();
    // duplicates: a courier that was given up may still move their positions, and no others
    this.frame = new PackedFrame(chunk, ack).duplicates();
    this.nanoClock = nanoClock;
    this.onProgress = onProgress;
    this.progress = new Progress(Stage.QUEUED, nanoClock.getAsLong());
  }

  Outgoing chunk() {
    return chunk;
  }

  byte[] id() {
    return id;
  }

  /** Whether the endpoint is to acknowledge it. */
  boolean asksForAck() {
    return ack;
  }

  List<ByteBuffer> frame() {
    return frame;
  }

  Progress progress() {
    return progress;
  }

  void reached(Stage stage) {
    long now = nanoClock.getAsLong();
    if (stage == Stage.WRITING) {
      writingSince = now;
    }
    progress = new Progress(stage, now);
    onProgress.run();
  }

  void connectedTo(String address) {
    connectedTo = address;
  }

  /** The address of the connection that was made for it; null if there was one already. */
  @Nullable String connectedTo() {
    return connectedTo;
  }

  void arrived() {
    outcome = new Outcome(null, nanoClock.getAsLong() - writingSince);
    onProgress.run();
  }

  void failed(Trouble trouble) {
    outcome = new Outcome(trouble, 0);
    onProgress.run();
  }

  /** Null while it is under way. */
  @Nullable Outcome outcome() {
    return outcome;
  }
}
