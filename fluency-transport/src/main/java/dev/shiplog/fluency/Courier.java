package dev.shiplog.fluency;

import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.komamitsu.fluency.fluentd.ingester.sender.TCPSender;

/**
 * A thread with a sender of Fluency's, whose calls block: it carries one delivery after the other
 * until it is told to end. An interrupt closes its connection, whatever it is waiting for.
 */
final class Courier {
  private static final int LEAST_MILLIS = 10;

  private final Endpoint endpoint;
  private final TransportSettings settings;
  private final Thread thread;
  private final BlockingQueue<Delivery> inbox = new ArrayBlockingQueue<>(1);
  private volatile boolean over;

  private Courier(Endpoint endpoint, TransportSettings settings, ThreadFactory threads) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.thread = threads.newThread(this::run);
  }

  static Courier start(Endpoint endpoint, TransportSettings settings, ThreadFactory threads) {
    Courier courier = new Courier(endpoint, settings, threads);
    courier.thread.start();
    return courier;
  }

  /** Carries it; only if the one before has its outcome. */
  void carry(Delivery delivery) {
    inbox.add(delivery);
  }

  /** Ends it and its connection at once. What it was carrying may still get an outcome. */
  void end() {
    over = true;
    thread.interrupt();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    WatchedSender sender = null;
    try {
      while (!over) {
        Delivery delivery = inbox.take();
        try {
          sender = sender == null ? new WatchedSender(config()) : sender;
          sender.send(delivery);
          delivery.arrived();
        } catch (Throwable e) {
          // nobody above could do better than tell it
          delivery.failed(Trouble.of(e, delivery.progress().stage()));
        }
      }
    } catch (InterruptedException e) {
      // told to end
    } finally {
      close(sender);
    }
  }

  private TCPSender.Config config() {
    TCPSender.Config config = new TCPSender.Config();
    config.setHost(endpoint.host());
    config.setPort(endpoint.port());
    config.setConnectionTimeoutMilli(millis(settings.connectTimeout()));
    config.setReadTimeoutMilli(millis(settings.ackTimeout()));
    config.setWaitBeforeCloseMilli(0);
    return config;
  }

  /** Fluency takes no less than 10 ms; the transport keeps shorter deadlines itself. */
  private static int millis(Duration timeout) {
    return (int) Math.max(LEAST_MILLIS, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
  }

  private static void close(@Nullable WatchedSender sender) {
    // what ended this thread must not keep Fluency from ending its own
    boolean unused = Thread.interrupted();
    if (sender != null) {
      try {
        sender.close();
      } catch (IOException | RuntimeException e) {
        // it is given up; whatever it has to say changes nothing
      }
    }
  }
}
