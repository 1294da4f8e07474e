package dev.shiplog.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The built-in client: one endpoint, one connection at a time, made when there is something to send
 * or when it is asked for. A step tries everything, since nothing it tries can wait.
 */
public final class BuiltinTransport implements ForwardTransport {
  private final Endpoint endpoint;
  private final TransportSettings settings;
  private final Resolver resolver;
  private final ThreadFactory threads;
  private final LongSupplier nanoClock;
  private final DoubleSupplier jitter;

  /** Chunks that are on no connection yet. */
  private final Deque<Outgoing> waiting = new ArrayDeque<>();

  private final Sleeper sleeper;
  private final AddressOrder order = new AddressOrder();
  private @Nullable Lookup lookup;
  private @Nullable Connector connector;
  private @Nullable Connection connection;
  private @Nullable InetAddress address;
  private @Nullable Compressor compressor;
  private boolean wanted;

  /**
   * A client that connects when the first chunk comes.
   *
   * @param threads for looking up host names and for TLS's tasks: disposable, daemons
   * @param nanoClock such as {@code System::nanoTime}
   * @param jitter random numbers from 0 to 1
   */
  public BuiltinTransport(
      Endpoint endpoint,
      TransportSettings settings,
      Resolver resolver,
      ThreadFactory threads,
      LongSupplier nanoClock,
      DoubleSupplier jitter) {
    this(endpoint, settings, resolver, threads, nanoClock, jitter, new Sleeper());
  }

  private BuiltinTransport(
      Endpoint endpoint,
      TransportSettings settings,
      Resolver resolver,
      ThreadFactory threads,
      LongSupplier nanoClock,
      DoubleSupplier jitter,
      Sleeper sleeper) {
    this.sleeper = sleeper;
    this.endpoint = endpoint;
    this.settings = settings;
    this.resolver = resolver;
    this.threads = threads;
    this.nanoClock = nanoClock;
    this.jitter = jitter;
  }

  /** A client for each endpoint; they sleep as one, so that awaiting any of them is enough. */
  public static List<BuiltinTransport> toEach(
      List<Endpoint> endpoints,
      TransportSettings settings,
      Resolver resolver,
      ThreadFactory threads,
      LongSupplier nanoClock,
      DoubleSupplier jitter) {
    Sleeper shared = new Sleeper();
    return endpoints.stream()
        .map(
            one ->
                new BuiltinTransport(one, settings, resolver, threads, nanoClock, jitter, shared))
        .toList();
  }

  @Override
  public boolean isConnected() {
    return connection != null && connection.isUsable(nanoClock.getAsLong());
  }

  @Override
  public void connect() {
    wanted = true;
  }

  @Override
  public boolean hasRoom() {
    return waiting.size() + (connection == null ? 0 : connection.inFlight()) < settings.inFlight();
  }

  @Override
  public void submit(Outgoing chunk) {
    waiting.add(chunk);
  }

  @Override
  public int step(TransportListener listener) {
    long now = nanoClock.getAsLong();
    return stepConnection(now, listener) + stepConnector(now, listener);
  }

  private int stepConnection(long now, TransportListener listener) {
    Connection current = connection;
    if (current == null) {
      return 0;
    }
    int done = 0;
    if (current.isEmpty()) {
      // an unused connection may have been cut: only what a read has just shown alive is used
      done += current.step(now, listener);
    }
    while (!waiting.isEmpty() && current.isUsable(now)) {
      current.send(waiting.remove(), compressor());
    }
    done += current.step(now, listener);
    Failure failure = current.failure();
    if (failure != null) {
      connection = null;
      listener.failed(failure.fault(), failure.detail());
      current.close(listener);
      giveBack(listener);
      noteAddress(current.isProven(), true);
      sleeper.deregister();
      return done + 1;
    }
    if (current.isOver(now)) {
      connection = null;
      current.close(listener);
      noteAddress(current.isProven(), false);
      if (current.isOld(now)) {
        order.forget();
      }
      sleeper.deregister();
      return done + 1;
    }
    return done;
  }

  private int stepConnector(long now, TransportListener listener) {
    if (connection != null || (waiting.isEmpty() && !wanted)) {
      return 0;
    }
    int done = 0;
    Connector current = connector;
    if (current == null) {
      current =
          new Connector(
              endpoint,
              lookup(),
              order,
              sleeper.selector(),
              settings.connectTimeout().toNanos(),
              new Connector.Wrapping(settings.security(), threads, sleeper::wakeUp),
              now);
      connector = current;
      done++;
    }
    Link link = current.step(now);
    String news = settings.security().news();
    if (news != null) {
      listener.noticed(news);
    }
    if (link != null) {
      address = current.inetAddress();
      connector = null;
      lookup = null;
      wanted = false;
      connection = new Connection(link, settings, now, jitter.getAsDouble());
      listener.connected(link.address());
      return done + 1 + stepConnection(now, listener);
    }
    Failure failure = current.failure();
    if (failure != null) {
      endConnector();
      wanted = false;
      listener.failed(failure.fault(), failure.detail());
      giveBack(listener);
      return done + 1;
    }
    return done;
  }

  private @Nullable Compressor compressor() {
    if (compressor == null) {
      compressor = Compressor.of(settings.compression());
    }
    return compressor;
  }

  private void noteAddress(boolean proven, boolean failed) {
    if (address != null && proven) {
      order.worked(address);
    } else if (address != null && failed) {
      order.failed(address);
    }
  }

  /**
   * A look-up that is still under way is waited for again, so that a dead resolver costs one
   * thread.
   */
  private @Nullable Lookup lookup() {
    if (lookup == null && endpoint.socket() == null) {
      lookup = Lookup.start(endpoint.host(), resolver, threads, sleeper::wakeUp);
    }
    return lookup;
  }

  private void giveBack(TransportListener listener) {
    Outgoing chunk;
    while ((chunk = waiting.poll()) != null) {
      listener.settled(chunk, new Result.Retry(Duration.ZERO, false));
    }
  }

  private void endConnector() {
    if (connector != null) {
      connector.close();
      connector = null;
      sleeper.deregister();
    }
    if (lookup != null && lookup.isDone()) {
      lookup = null;
    }
  }

  @Override
  public long idleNanos() {
    long now = nanoClock.getAsLong();
    if (connection != null) {
      return connection.idleNanos(now);
    }
    if (connector != null) {
      return connector.deadline() - now;
    }
    return wanted ? 0 : Long.MAX_VALUE;
  }

  @Override
  public void await(long nanos) {
    sleeper.await(nanos);
  }

  @Override
  public void wakeUp(Thread runner) {
    sleeper.wakeUp(runner);
  }

  @Override
  public void disconnect() {
    waiting.clear();
    wanted = false;
    if (connection != null) {
      connection.abandon();
      connection = null;
    }
    endConnector();
    sleeper.deregister();
  }

  @Override
  public void close() {
    disconnect();
    sleeper.close();
    if (compressor != null) {
      compressor.close();
      compressor = null;
    }
  }
}
