package dev.shiplog.transport;

import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Makes transports of another kind than the built-in one; found by {@link java.util.ServiceLoader}.
 */
public interface TransportProvider {
  /** The value of {@code fluentd.transport} that asks for it. */
  String name();

  /**
   * What the names of the loggers begin with that the client itself logs to: a pipeline that sends
   * through it must not take such events.
   */
  String ownLoggers();

  /**
   * A transport to each endpoint; nothing is connected yet. They sleep as one, so that awaiting any
   * of them is enough. Whoever cannot do all that the settings say of security throws: nothing may
   * leave with less.
   *
   * @param threads for what may block: disposable, daemons
   * @throws RuntimeException if there can be none, with the reason in the operator's words
   */
  List<? extends ForwardTransport> open(
      List<Endpoint> endpoints, TransportSettings settings, ThreadFactory threads);
}
