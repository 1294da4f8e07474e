package dev.shiplog.transport;

/** Hears what a transport has to say, on the thread that steps it. Must not throw. */
public interface TransportListener {
  /** A connection stands. That says nothing about the endpoint's health. */
  void connected(String address);

  /**
   * A connection failed, or could not be made; the chunks it had are reported right after, each as
   * {@link Result.Retry}. An unused connection that ends is no failure and is not reported.
   */
  void failed(Fault fault, String detail);

  /** Something is wrong that does not hinder this connection, such as a renewed file. */
  default void noticed(String detail) {}

  /** The result of a chunk; the transport has forgotten it. */
  void settled(Outgoing chunk, Result result);
}
