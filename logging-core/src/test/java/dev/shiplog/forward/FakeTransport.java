package dev.shiplog.forward;

import dev.shiplog.transport.Fault;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.Result;
import dev.shiplog.transport.TransportListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A transport whose endpoint is the test: it says what becomes of each chunk. */
final class FakeTransport implements ForwardTransport {
  /** What the endpoint saw of a chunk. */
  record Sent(String id, String tag, int events, List<Long> numbers) {}

  private final int inFlight;
  private final List<Consumer<TransportListener>> news = new ArrayList<>();

  /** All that was ever submitted, in order. */
  final List<Sent> sent = new ArrayList<>();

  /** What is under way, oldest first. */
  final List<Outgoing> underWay = new ArrayList<>();

  /** Whether there is no connection. */
  boolean away;

  /** How often a connection was asked for. */
  int asked;

  boolean closed;
  int disconnects;

  FakeTransport(int inFlight) {
    this.inFlight = inFlight;
  }

  /** Acknowledges the chunk at this place of those under way. */
  void acknowledge(int index) {
    settle(index, new Result.Acked(1));
  }

  /** Acknowledges all that is under way. */
  void acknowledgeAll() {
    while (!underWay.isEmpty()) {
      acknowledge(0);
    }
  }

  void settle(int index, Result result) {
    Outgoing chunk = underWay.remove(index);
    news.add(listener -> listener.settled(chunk, result));
  }

  /** The connection breaks with all that is under way. */
  void fail(Fault fault, boolean sent) {
    news.add(listener -> listener.failed(fault, "the test wants it"));
    while (!underWay.isEmpty()) {
      settle(0, new Result.Retry(Duration.ZERO, sent));
    }
  }

  /** A new connection stands. */
  void connected() {
    away = false;
    news.add(listener -> listener.connected("test"));
  }

  Sent last() {
    return sent.get(sent.size() - 1);
  }

  @Override
  public boolean isConnected() {
    return !away;
  }

  @Override
  public void connect() {
    asked++;
  }

  @Override
  public boolean hasRoom() {
    return underWay.size() < inFlight;
  }

  @Override
  public void submit(Outgoing chunk) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < chunk.pages(); i++) {
      ByteBuffer page = chunk.page(i);
      byte[] copy = new byte[page.remaining()];
      page.get(copy);
      bytes.writeBytes(copy);
    }
    if (bytes.size() != chunk.length()) {
      throw new AssertionError(bytes.size() + " bytes in a chunk of " + chunk.length());
    }
    String id = new String(chunk.id(), StandardCharsets.US_ASCII);
    sent.add(new Sent(id, chunk.tag(), chunk.events(), Entries.numbers(bytes.toByteArray())));
    underWay.add(chunk);
  }

  @Override
  public int step(TransportListener listener) {
    int done = news.size();
    news.forEach(one -> one.accept(listener));
    news.clear();
    return done;
  }

  @Override
  public long idleNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void await(long nanos) {
    throw new AssertionError("a stepped worker does not wait");
  }

  @Override
  public void wakeUp(Thread runner) {}

  @Override
  public void disconnect() {
    disconnects++;
    underWay.clear();
    news.clear();
  }

  @Override
  public void close() {
    closed = true;
  }
}
