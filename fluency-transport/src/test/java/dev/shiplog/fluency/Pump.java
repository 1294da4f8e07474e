package dev.shiplog.fluency;

import dev.shiplog.transport.Fault;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.Result;
import dev.shiplog.transport.TransportListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Steps a transport as the shipper does, and writes down what it says, as {@code acked A}, {@code
 * retry B}, {@code failed CLOSED}. Used by one thread.
 */
final class Pump implements TransportListener {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  final List<String> said = new ArrayList<>();
  private final ForwardTransport transport;
  private int settled;
  private Duration slowestStep = Duration.ZERO;

  Pump(ForwardTransport transport) {
    this.transport = transport;
  }

  /** Submits these and steps until each has its result; returns what was said meanwhile. */
  List<String> send(Outgoing... chunks) {
    said.clear();
    settled = 0;
    int next = 0;
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (settled < chunks.length) {
      while (next < chunks.length && transport.hasRoom()) {
        transport.submit(chunks[next++]);
      }
      long before = System.nanoTime();
      int done = transport.step(this);
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      slowestStep = took.compareTo(slowestStep) > 0 ? took : slowestStep;
      if (done == 0) {
        transport.await(
            Math.max(0, Math.min(transport.idleNanos(), TimeUnit.MILLISECONDS.toNanos(100))));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain: " + said);
      }
    }
    return List.copyOf(said);
  }

  /** How long the longest step took: it must not wait for anything. */
  Duration slowestStep() {
    return slowestStep;
  }

  @Override
  public void connected(String address) {
    said.add("connected");
  }

  @Override
  public void failed(Fault fault, String detail) {
    said.add("failed " + fault);
  }

  @Override
  public void settled(Outgoing chunk, Result result) {
    settled++;
    if (result instanceof Result.Acked) {
      said.add("acked " + chunk);
    } else if (result instanceof Result.Retry retry) {
      said.add("retry " + chunk + (retry.sent() ? "" : " unsent"));
    } else {
      said.add("rejected " + chunk);
    }
  }
}
