package dev.shiplog.transport;

/**
 * Carries chunks to one forward endpoint: each goes in once and comes back once, as a {@link
 * Result}, unless {@link #disconnect} takes it back before.
 *
 * <p>One thread at a time calls everything but {@link #wakeUp}. Nothing but {@link #await} waits.
 * The transport keeps no chunk over a failure and never retries by itself: when to try again is the
 * sender's decision.
 */
public interface ForwardTransport {
  /** Whether another chunk may be submitted now. */
  boolean hasRoom();

  /** Takes a chunk; only if {@link #hasRoom()}. */
  void submit(Outgoing chunk);

  /** Whether a chunk could go out at once; a transport that cannot tell says yes. */
  default boolean isConnected() {
    return true;
  }

  /** Lets the next steps connect, though no chunk is there yet. */
  default void connect() {}

  /**
   * Does what can be done without waiting: connects, writes, reads, looks at deadlines.
   *
   * @return how much was done; 0 when there is nothing to do before a deadline or an answer
   */
  int step(TransportListener listener);

  /** How long until a deadline needs a {@link #step}, in nanoseconds. */
  long idleNanos();

  /** Waits until the network has something, {@link #wakeUp} is called, or {@code nanos} passed. */
  void await(long nanos);

  /** Ends the present or the next {@link #await}, that of {@code runner}. Safe for any thread. */
  void wakeUp(Thread runner);

  /** Ends the connection at once and forgets all chunks without a result. */
  void disconnect();

  /** {@link #disconnect}, and releases what is left. */
  void close();
}
