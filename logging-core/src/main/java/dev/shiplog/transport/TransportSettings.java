package dev.shiplog.transport;

import java.time.Duration;

/**
 * What the built-in client is told.
 *
 * @param ack whether a chunk counts as delivered only once the endpoint has said its id
 * @param inFlight how many chunks may be under way at once, 1 or more
 * @param connectTimeout for looking up the host, and again for each of its addresses
 * @param writeTimeout for handing one chunk to the kernel, for each MiB it has
 * @param ackTimeout from the last byte written to the acknowledgement
 * @param maxAge a connection is not used for longer; up to a quarter less by chance
 * @param maxIdle a connection is not kept for longer unused; up to a quarter less by chance
 * @param compression of the entries, made anew for each sending
 * @param security what stands between an open socket and the first chunk
 */
public record TransportSettings(
    boolean ack,
    int inFlight,
    Duration connectTimeout,
    Duration writeTimeout,
    Duration ackTimeout,
    Duration maxAge,
    Duration maxIdle,
    Compression compression,
    Security security) {

  /** Without compression, TLS and handshake. */
  public TransportSettings(
      boolean ack,
      int inFlight,
      Duration connectTimeout,
      Duration writeTimeout,
      Duration ackTimeout,
      Duration maxAge,
      Duration maxIdle) {
    this(
        ack,
        inFlight,
        connectTimeout,
        writeTimeout,
        ackTimeout,
        maxAge,
        maxIdle,
        Compression.NONE,
        Security.none());
  }

  /** The same with another security. */
  public TransportSettings with(Security other) {
    return new TransportSettings(
        ack,
        inFlight,
        connectTimeout,
        writeTimeout,
        ackTimeout,
        maxAge,
        maxIdle,
        compression,
        other);
  }

  /** What holds unless the user says otherwise. */
  public static TransportSettings defaults() {
    return new TransportSettings(
        true,
        4,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10),
        Duration.ofSeconds(30));
  }

  /** The same without acknowledgements. */
  public TransportSettings withoutAck() {
    return new TransportSettings(
        false,
        inFlight,
        connectTimeout,
        writeTimeout,
        ackTimeout,
        maxAge,
        maxIdle,
        compression,
        security);
  }

  /** The same with another way of compressing. */
  public TransportSettings with(Compression other) {
    return new TransportSettings(
        ack, inFlight, connectTimeout, writeTimeout, ackTimeout, maxAge, maxIdle, other, security);
  }

  /** The same with another life of connections. */
  public TransportSettings with(Duration otherAge, Duration otherIdle) {
    return new TransportSettings(
        ack,
        inFlight,
        connectTimeout,
        writeTimeout,
        ackTimeout,
        otherAge,
        otherIdle,
        compression,
        security);
  }
}
