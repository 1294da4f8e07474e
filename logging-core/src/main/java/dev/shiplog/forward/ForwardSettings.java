package dev.shiplog.forward;

import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.TransportSettings;
import java.time.Duration;
import java.util.List;

/**
 * What the user wants of a forward sink; every value is checked already.
 *
 * @param endpoints at least one, in the order in which they are preferred
 * @param balance how they share the work
 * @param transport deadlines and limits of the connection
 * @param chunk when a chunk is complete
 * @param retry how long to wait after a failure
 * @param buffer how much may wait, and what happens beyond
 * @param tags how many tags there may be
 * @param drain what happens at stop
 */
public record ForwardSettings(
    List<Endpoint> endpoints,
    Balance balance,
    TransportSettings transport,
    Chunks chunk,
    Retries retry,
    Buffer buffer,
    Tags tags,
    Drain drain) {

  /**
   * When a chunk is complete.
   *
   * @param maxBytes no event is added beyond; a larger event is a chunk of its own
   * @param maxAge of its first event
   */
  public record Chunks(int maxBytes, Duration maxAge) {}

  /**
   * The back-off: a random time up to a cap that doubles with each failure in a row.
   *
   * @param initial the first cap
   * @param max the last cap
   */
  public record Retries(Duration initial, Duration max) {}

  /**
   * How much may wait.
   *
   * @param maxBytes in pages of 4 KB, of all tags together
   * @param overflow what happens beyond
   * @param disk what is kept where it outlives the process
   */
  public record Buffer(long maxBytes, Overflow overflow, Disk disk) {
    /** Memory alone. */
    public Buffer(long maxBytes, Overflow overflow) {
      this(maxBytes, overflow, Disk.NONE);
    }
  }

  /**
   * How many tags there may be.
   *
   * @param max different tags in the life of the sink
   * @param head the tag of events with yet another one
   */
  public record Tags(int max, String head) {}

  /**
   * What happens at stop.
   *
   * @param timeout for sending what is buffered
   * @param remainder what happens to the rest
   */
  public record Drain(Duration timeout, Remainder remainder) {}

  public ForwardSettings {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * How large a chunk may be among so many bytes: what is under way cannot make room, and must
   * leave half of them to what can.
   */
  int chunkLimit(long maxBytes) {
    long share = maxBytes / (2L * transport.inFlight());
    return (int) Math.min(chunk.maxBytes(), Math.max(Slab.PAGE, share));
  }

  /** How large a chunk in memory may be: with a spool, so that it finds room in one file. */
  int memoryChunkLimit() {
    int limit = chunkLimit(buffer.maxBytes());
    Disk.Spooling spool = buffer.disk().spool();
    return spool == null
        ? limit
        : Math.min(limit, Math.min(chunkLimit(spool.maxBytes()), spool.fileBytes() / 2));
  }

  /** What holds unless the user says otherwise. */
  public static ForwardSettings defaults(Endpoint endpoint, String headTag) {
    return new ForwardSettings(
        List.of(endpoint),
        Balance.FAILOVER,
        TransportSettings.defaults(),
        new Chunks(1 << 20, Duration.ofSeconds(1)),
        new Retries(Duration.ofMillis(500), Duration.ofSeconds(30)),
        new Buffer(32L << 20, Overflow.DROP_OLDEST),
        new Tags(256, headTag),
        new Drain(Duration.ofSeconds(5), Remainder.STDOUT));
  }

  /** The same to other endpoints. */
  public ForwardSettings with(List<Endpoint> others, Balance other) {
    return new ForwardSettings(others, other, transport, chunk, retry, buffer, tags, drain);
  }

  /** The same with other limits of the connection. */
  public ForwardSettings with(TransportSettings other) {
    return new ForwardSettings(endpoints, balance, other, chunk, retry, buffer, tags, drain);
  }

  /** The same with other chunks. */
  public ForwardSettings with(Chunks other) {
    return new ForwardSettings(endpoints, balance, transport, other, retry, buffer, tags, drain);
  }

  /** The same with another back-off. */
  public ForwardSettings with(Retries other) {
    return new ForwardSettings(endpoints, balance, transport, chunk, other, buffer, tags, drain);
  }

  /** The same with another bound. */
  public ForwardSettings with(Buffer other) {
    return new ForwardSettings(endpoints, balance, transport, chunk, retry, other, tags, drain);
  }

  /** The same with another bound of tags. */
  public ForwardSettings with(Tags other) {
    return new ForwardSettings(endpoints, balance, transport, chunk, retry, buffer, other, drain);
  }

  /** The same with another end. */
  public ForwardSettings with(Drain other) {
    return new ForwardSettings(endpoints, balance, transport, chunk, retry, buffer, tags, other);
  }
}
