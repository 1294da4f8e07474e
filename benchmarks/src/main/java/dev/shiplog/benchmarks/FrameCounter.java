package dev.shiplog.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the forward frames of one connection, counts their events and acknowledges chunks.
 *
 * <p>It walks every entry, since the {@code size} option cannot be trusted (Fluency writes bytes
 * there), and keeps nothing. Used by one thread.
 */
final class FrameCounter {
  /** Told what each frame held. */
  interface Tally {
    void add(int events, int bytes);
  }

  private static final byte[] CHUNK = "\u00a5chunk".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ACK = {(byte) 0x81, (byte) 0xa3, 'a', 'c', 'k'};

  private final InputStream in;
  private final OutputStream out;
  private final Tally tally;
  private byte[] buffer = new byte[2 << 20];
  private int at;
  private int end;

  FrameCounter(InputStream in, OutputStream out, Tally tally) {
    this.in = in;
    this.out = out;
    this.tally = tally;
  }

  /** Runs until the peer closes. */
  void run() throws IOException {
    while (at < end || fill()) {
      int frameEnd = MsgpackSkip.skip(buffer, at, end);
      if (frameEnd >= 0) {
        frame(frameEnd);
        at = frameEnd;
      } else if (!fill()) {
        throw new IOException("closed within a frame");
      }
    }
  }

  /** {@code [tag, entries, option?]} or {@code [tag, time, map, option?]}: the second one tells. */
  private void frame(int frameEnd) throws IOException {
    int members = buffer[at] & 0x0f;
    int second = MsgpackSkip.skip(buffer, at + 1, frameEnd);
    int third = MsgpackSkip.skip(buffer, second, frameEnd);
    int head = buffer[second] & 0xff;
    int option = members > 2 ? third : frameEnd;
    int events;
    if (head >= 0xc4 && head <= 0xc6) {
      events = MsgpackSkip.count(buffer, second + 1 + (1 << (head - 0xc4)), third);
    } else if (head >= 0xd9 && head <= 0xdb) {
      events = MsgpackSkip.count(buffer, second + 1 + (1 << (head - 0xd9)), third);
    } else if (head >= 0xa0 && head < 0xc0) {
      events = MsgpackSkip.count(buffer, second + 1, third);
    } else if (head >= 0x90 && head < 0xa0) {
      events = head & 0x0f;
    } else if (head == 0xdc || head == 0xdd) {
      events = (int) MsgpackSkip.unsigned(buffer, second + 1, head == 0xdc ? 2 : 4);
    } else {
      events = 1;
      option = members > 3 ? MsgpackSkip.skip(buffer, third, frameEnd) : frameEnd;
    }
    // counted before it is acknowledged: who sees the acknowledgement may ask for the count
    tally.add(events, frameEnd - at);
    acknowledge(option, frameEnd);
  }

  private void acknowledge(int option, int frameEnd) throws IOException {
    for (int key = option + 1; option < frameEnd && key < frameEnd; ) {
      int value = MsgpackSkip.skip(buffer, key, frameEnd);
      int next = MsgpackSkip.skip(buffer, value, frameEnd);
      if (Arrays.equals(buffer, key, value, CHUNK, 0, CHUNK.length)) {
        byte[] answer = Arrays.copyOf(ACK, ACK.length + next - value);
        System.arraycopy(buffer, value, answer, ACK.length, next - value);
        out.write(answer);
      }
      key = next;
    }
  }

  private boolean fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = in.read(buffer, end, buffer.length - end);
    end += Math.max(count, 0);
    return count > 0;
  }
}
