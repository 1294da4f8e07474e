package dev.shiplog.stdout;

import java.io.IOException;

/** One of the two streams that a sink writes to, and how it fares. Safe for any thread. */
final class Lane {
  private final Output output;
  private final WriteTrouble trouble;

  Lane(Output output, WriteTrouble trouble) {
    this.output = output;
    this.trouble = trouble;
  }

  /** Writes {@code events} whole records; returns whether all of it was written. */
  boolean write(byte[] bytes, int offset, int length, long events) {
    try {
      output.write(bytes, offset, length);
    } catch (IOException e) {
      trouble.failed(events, e);
      return false;
    }
    trouble.succeeded();
    return true;
  }
}
