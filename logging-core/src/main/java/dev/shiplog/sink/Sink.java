package dev.shiplog.sink;

import java.time.Duration;

/**
 * Takes encoded events. Safe for any number of threads.
 *
 * <p>{@code accept} never throws into the application for anything that the outside world does: a
 * full buffer, a closed descriptor and a dead endpoint are outcomes, counted in the meters.
 */
public interface Sink {
  /** How much longer than its timeout {@link #retire} may take. */
  Duration OVERTIME = Duration.ofSeconds(3);

  /**
   * Begins to work, where that takes a thread; called once.
   *
   * @param heartbeat run on that thread now and then, when there is nothing else to do
   */
  default void start(Runnable heartbeat) {}

  /** Takes one whole entry; keeps nothing of it but a copy of its bytes. */
  Outcome accept(Entry entry);

  /** Hands over what is buffered as far as it goes within {@code timeout}; stays open. */
  void drain(Duration timeout);

  /**
   * For the end of the JVM: drains, and from then on buffers nothing that could be lost with the
   * process. Stays open. May take up to {@link #OVERTIME} longer than {@code timeout} to save what
   * could not be handed over by then: after it there is nobody left to do that.
   */
  default void retire(Duration timeout) {
    drain(timeout);
  }

  /** Drains within {@code timeout}, then releases threads and descriptors. May be called twice. */
  void close(Duration timeout);
}
