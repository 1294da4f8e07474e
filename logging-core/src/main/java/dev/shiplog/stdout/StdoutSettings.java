package dev.shiplog.stdout;

import java.time.Duration;

/**
 * What the {@code stdout.*} keys came to, parsed and checked.
 *
 * @param stderrThreshold severity index from which events go to stderr; {@link #OFF} for none
 * @param async whether a worker writes, from a buffer of {@code bufferBytes}
 * @param bufferBytes bytes of memory that the buffer may hold; read in async mode alone
 * @param overflow what happens to an event that finds the buffer full; async mode alone
 * @param drainTimeout how long closing may wait for the reader
 */
public record StdoutSettings(
    Target target,
    int stderrThreshold,
    Via via,
    boolean async,
    int bufferBytes,
    Overflow overflow,
    Duration drainTimeout) {

  /** A threshold that no event reaches. */
  public static final int OFF = Integer.MAX_VALUE;

  /** What holds when nothing is configured. */
  public static final StdoutSettings DEFAULTS =
      new StdoutSettings(
          Target.STDOUT, OFF, Via.AUTO, false, 8 << 20, Overflow.BLOCK, Duration.ofSeconds(5));

  /** Which stream takes the events below the threshold. */
  public enum Target {
    STDOUT,
    STDERR
  }

  /** How the stream is reached. */
  public enum Via {
    /** The descriptor in a container while the JVM's own stream is in place, else the stream. */
    AUTO,
    /** The descriptor itself: every error is seen. */
    FD,
    /** {@code System.out}, looked up at each write: test frameworks capture it. */
    SYSTEM_OUT
  }

  /**
   * Who waits for room in a full buffer.
   *
   * @param waitsFrom severity index from which events wait; those below it are dropped
   */
  public record Overflow(int waitsFrom) {
    /** Everyone waits. */
    public static final Overflow BLOCK = new Overflow(0);

    /** No one waits: the event that finds no room is dropped. */
    public static final Overflow DROP_NEWEST = new Overflow(OFF);
  }
}
