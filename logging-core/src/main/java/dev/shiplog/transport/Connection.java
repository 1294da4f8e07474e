package dev.shiplog.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An open connection: frames go out one behind the other, acknowledgements come back in any order.
 * After a failure it is only good for being closed.
 */
final class Connection {
  private static final int MIB = 1 << 20;
  private static final int FORGIVEN = 16;

  /** A peer that takes connections without meaning it ends them sooner. */
  private static final long SURVIVAL_NANOS = 1_000_000_000;

  private final Link link;
  private final TransportSettings settings;
  private final AnswerDecoder decoder = new AnswerDecoder();
  private final Deque<PackedFrame> unwritten = new ArrayDeque<>();
  private final Deque<PackedFrame> unacknowledged = new ArrayDeque<>();

  /** Ids given up while the connection lived on: their late acknowledgement is no error. */
  private final Deque<byte[]> forgiven = new ArrayDeque<>();

  /** Whether the endpoint takes one chunk on a connection and no more. */
  private final boolean once;

  private final long retiresAt;
  private final long idleNanos;
  private long usedAt;
  private long lastAckAt;
  private boolean acknowledged;
  private boolean used;
  private boolean ended;
  private @Nullable Failure failure;

  /**
   * Takes over a connected link.
   *
   * @param jitter 0 to 1: how much of the quarter of age and idle time that is left to chance is
   *     cut
   */
  Connection(Link link, TransportSettings settings, long now, double jitter) {
    this.link = link;
    this.settings = settings;
    this.once = !link.keepsAlive();
    this.retiresAt = now + cut(settings.maxAge(), jitter);
    this.idleNanos = cut(settings.maxIdle(), jitter);
    this.usedAt = now;
    this.lastAckAt = now;
  }

  private static long cut(Duration duration, double jitter) {
    return (long) (duration.toNanos() * (1 - jitter / 4));
  }

  /** Whether chunks may go this way; an unused connection that was cut meanwhile says no. */
  boolean isUsable(long now) {
    return failure == null && !ended && !(once && used) && !isOld(now);
  }

  /** Whether its time is over. */
  boolean isOld(long now) {
    return now - retiresAt >= 0;
  }

  /** Whether the endpoint has acknowledged anything on it. */
  boolean isProven() {
    return acknowledged;
  }

  boolean isEmpty() {
    return unwritten.isEmpty() && unacknowledged.isEmpty();
  }

  int inFlight() {
    return unwritten.size() + unacknowledged.size();
  }

  /** Whether there is no reason to keep the connection: it ended, grew old or idle, or failed. */
  boolean isOver(long now) {
    return isEmpty() && (!isUsable(now) || now - (usedAt + idleNanos) >= 0);
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** Queues a chunk, as {@code compressor} makes it, or as it is. */
  void send(Outgoing chunk, @Nullable Compressor compressor) {
    used = true;
    unwritten.add(new PackedFrame(chunk, settings.ack(), compressor));
  }

  /** Reads, writes and looks at deadlines; returns how much was done. */
  int step(long now, TransportListener listener) {
    int done = 0;
    try {
      done += read(now, listener);
      done += write(now, listener);
    } catch (SecurityFailure e) {
      ended = true;
      failure = new Failure(e.fault(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      end(String.valueOf(e.getMessage()), now);
    }
    return done + lookAtDeadlines(now, listener);
  }

  private int read(long now, TransportListener listener) throws IOException {
    int done = 0;
    while (failure == null && !ended) {
      int n = link.read(decoder.room());
      if (n < 0) {
        end("closed by the endpoint", now);
      }
      if (n <= 0) {
        break;
      }
      done += understand(now, listener);
    }
    return done;
  }

  private int understand(long now, TransportListener listener) {
    int done = 0;
    while (failure == null) {
      switch (decoder.next()) {
        case INCOMPLETE -> {
          return done;
        }
        case ACK -> acknowledged(now, listener);
        case HELO ->
            failure =
                new Failure(
                    Fault.KEY_EXPECTED,
                    "it asks for a shared key (HELO), but auth.sharedKey is not set");
        case GARBAGE ->
            failure = new Failure(Fault.GARBAGE, "it answered with something else than an ack");
      }
      done++;
    }
    return done;
  }

  private void acknowledged(long now, TransportListener listener) {
    PackedFrame frame = takeAcknowledged();
    if (frame != null) {
      acknowledged = true;
      lastAckAt = now;
      usedAt = now;
      listener.settled(frame.chunk(), new Result.Acked(now - frame.startedAt()));
    } else if (forgiven.stream().noneMatch(decoder::idIs)) {
      failure = new Failure(Fault.UNKNOWN_ACK, "it acknowledged a chunk that it was not sent");
    }
  }

  private @Nullable PackedFrame takeAcknowledged() {
    for (Iterator<PackedFrame> i = unacknowledged.iterator(); i.hasNext(); ) {
      PackedFrame frame = i.next();
      if (decoder.idIs(frame.chunk().id())) {
        i.remove();
        return frame;
      }
    }
    return null;
  }

  private int write(long now, TransportListener listener) throws IOException {
    int done = 0;
    PackedFrame frame;
    while (failure == null && !ended && (frame = unwritten.peek()) != null) {
      long written = frame.write(link, now);
      if (!frame.isWritten()) {
        done += written > 0 ? 1 : 0;
        break;
      }
      done++;
      usedAt = now;
      unwritten.remove();
      if (settings.ack()) {
        unacknowledged.add(frame);
      } else {
        listener.settled(frame.chunk(), new Result.Acked(now - frame.startedAt()));
      }
    }
    link.wantsToWrite(!unwritten.isEmpty());
    return done;
  }

  private int lookAtDeadlines(long now, TransportListener listener) {
    PackedFrame writing = unwritten.peek();
    if (failure == null && writing != null && now - writeDeadline(writing) >= 0) {
      failure =
          new Failure(
              Fault.WRITE_TIMEOUT,
              "a chunk was not taken within " + settings.writeTimeout().toMillis() + " ms");
    }
    int done = 0;
    PackedFrame oldest;
    while (failure == null
        && (oldest = unacknowledged.peek()) != null
        && now - ackDeadline(oldest) >= 0) {
      if (lastAckAt - oldest.writtenAt() <= 0) {
        failure =
            new Failure(
                Fault.ACK_TIMEOUT,
                "no acknowledgement within " + settings.ackTimeout().toMillis() + " ms");
        break;
      }
      // others were acknowledged since: the connection is fine, this chunk is not
      unacknowledged.remove();
      forgive(oldest.chunk().id());
      listener.settled(oldest.chunk(), new Result.Retry(Duration.ZERO, true));
      done++;
    }
    return done;
  }

  private void forgive(byte[] id) {
    if (forgiven.size() == FORGIVEN) {
      forgiven.remove();
    }
    forgiven.add(id.clone());
  }

  private long writeDeadline(PackedFrame frame) {
    long mebibytes = (frame.chunk().length() + MIB - 1L) / MIB;
    return frame.startedAt() + settings.writeTimeout().toNanos() * Math.max(1, mebibytes);
  }

  private long ackDeadline(PackedFrame frame) {
    return frame.writtenAt() + settings.ackTimeout().toNanos();
  }

  /**
   * The other side is gone: a failure for what was under way, and if it never was a connection to
   * anybody: accepted and closed at once, or as soon as something came.
   */
  private void end(String why, long now) {
    ended = true;
    if (!isEmpty() || (!acknowledged && now - usedAt < SURVIVAL_NANOS)) {
      failure = new Failure(Fault.CLOSED, why);
    }
  }

  /** How long until a deadline needs a {@link #step}. */
  long idleNanos(long now) {
    if (isEmpty()) {
      return Math.min(usedAt + idleNanos - now, retiresAt - now);
    }
    PackedFrame writing = unwritten.peek();
    PackedFrame oldest = unacknowledged.peek();
    return Math.min(
        writing == null ? Long.MAX_VALUE : writeDeadline(writing) - now,
        oldest == null ? Long.MAX_VALUE : ackDeadline(oldest) - now);
  }

  /** Ends it without a word; what is unsettled is told to {@code listener}, oldest first. */
  void close(TransportListener listener) {
    link.close();
    settle(unacknowledged, listener);
    settle(unwritten, listener);
  }

  /** Ends it without a word and forgets what is unsettled. */
  void abandon() {
    link.close();
  }

  private static void settle(Deque<PackedFrame> frames, TransportListener listener) {
    PackedFrame frame;
    while ((frame = frames.poll()) != null) {
      listener.settled(frame.chunk(), new Result.Retry(Duration.ZERO, frame.isStarted()));
    }
  }
}
